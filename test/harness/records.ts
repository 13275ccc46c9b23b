import { FirstSnapshot } from '../../src/domain/snapshot.ts';
import type { Message, TelemetryRecord, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';

export const at = (iso: string): Date => new Date(iso);

/** An ordinary open ticket; everything that may be unknown is. */
export function aTicket(more: Partial<Ticket> & { id: string }): Ticket {
  return {
    created_at: at('2026-01-05T09:00:00Z'),
    updated_at: null,
    status: 'open',
    vendor_status: null,
    priority_rank: null,
    vendor_priority: null,
    type: null,
    channel: null,
    vendor_channel: null,
    form: null,
    group_id: null,
    assignee_id: null,
    requester_key: null,
    requester_is_agent: null,
    organisation_id: null,
    brand: null,
    product: null,
    category: null,
    severity: null,
    cause_code: null,
    support_line: null,
    created_by: null,
    created_on_behalf: null,
    calendar_id: null,
    follow_up_of: null,
    problem_id: null,
    merged_into: null,
    deleted: false,
    spam: false,
    test: false,
    tags: null,
    reference_keys: null,
    filled_fields: null,
    billable_s: null,
    reported_first_reply_at: null,
    reported_solved_at: null,
    reported_closed_at: null,
    reported_reopens: null,
    reported_reassignments: null,
    reported_replies: null,
    reported_first_reply_calendar_s: null,
    reported_first_reply_business_s: null,
    reported_first_resolution_calendar_s: null,
    reported_first_resolution_business_s: null,
    reported_full_resolution_calendar_s: null,
    reported_full_resolution_business_s: null,
    reported_waiting_customer_s: null,
    reported_waiting_other_s: null,
    ...more,
  };
}

/** A change of status by an agent, unless said otherwise. */
export function anEvent(more: Partial<TicketEvent> & { id: string; ticket_id: string }): TicketEvent {
  return {
    at: at('2026-01-05T10:00:00Z'),
    seq: 0,
    kind: 'status',
    field: null,
    from_value: null,
    to_value: null,
    initial: false,
    actor: 'agent',
    actor_id: null,
    rule_id: null,
    ...more,
  };
}

/** A public message of an agent, unless said otherwise. */
export function aMessage(more: Partial<Message> & { id: string; ticket_id: string }): Message {
  return {
    at: at('2026-01-05T10:00:00Z'),
    seq: 1,
    author: 'agent',
    author_id: null,
    public: true,
    channel: null,
    auto_reply: false,
    template_id: null,
    article_ids: null,
    promised_reply_s: null,
    promise_business_hours: null,
    through_api: null,
    ...more,
  };
}

/** The smallest snapshot of schema 1: nothing measured, nothing placed. */
export function aSnapshot(more: { digest: string; as_of: string }): FirstSnapshot {
  const placement = {
    model: 'six-stages',
    model_version: 1,
    stage: null,
    assured: null,
    atLeast: [],
    probabilities: [],
    floor: null,
    ceiling: null,
    coverage: 0,
    status: 'not_placed',
    frontier: null,
    blockers: [],
  };
  return FirstSnapshot.parse({
    schema: 'plumbline.snapshot/1',
    workspace: 'default',
    window: { from: '2025-11-01T00:00:00.000Z', to: more.as_of },
    model: { id: 'six-stages', version: 1, title: 'Six stages', source: 'https://x.example' },
    placement,
    readings: { seen: placement, said: null },
    criteria: [],
    areas: [],
    area_stages: [],
    findings: [],
    ledger: [],
    answers_used: [],
    comparison: null,
    path: null,
    provenance: { plumbline: '0.1.0', model_hash: 'm', rules_hash: 'r', telemetry: [] },
    ...more,
  });
}

/** An organisation of a desk or a record of a customer, of which nothing but the id is known. */
export function aCustomer(more: Partial<TelemetryRecord<'organisation'>> & { id: string }) {
  return { ...blank('organisation'), ...more };
}
