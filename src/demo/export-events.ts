import { formatInstant } from './calendar.ts';
import type { MetricEvent } from './clocks.ts';
import { showId } from './vendor-json.ts';
import type { LogValue, SimAudit, SimEvent, SimTicket, SimVia } from './world.ts';

/** The export of ticket events names channels as its screens do, not as the rest of the interface does. */
const VIA_TITLES: Readonly<Record<string, string>> = {
  web: 'Web form',
  email: 'Mail',
  api: 'Web service',
  chat: 'Chat',
  native_messaging: 'Messaging',
  voice: 'Phone call (inbound)',
  rule: 'Rule',
  sample_ticket: 'Sample ticket',
};
const CUSTOM_FIELD = /^\d+$/;
const ID_FIELDS: ReadonlySet<string> = new Set([
  'group_id',
  'assignee_id',
  'requester_id',
  'organization_id',
  'brand_id',
  'ticket_form_id',
  'problem_id',
  'custom_status_id',
]);

/** One update in the form of `/tickets/{id}/audits`. */
export function showAudit(ticket: SimTicket, audit: SimAudit): Record<string, unknown> {
  return {
    id: audit.id,
    ticket_id: ticket.id,
    created_at: formatInstant(audit.at),
    author_id: audit.author === null ? -1 : showId(audit.author.id),
    metadata: { system: { client: 'Demo', location: 'Nowhere', latitude: 0, longitude: 0 }, custom: {} },
    events: audit.events.map((event, index) => showAuditEvent(audit, event, audit.id + 1 + index)),
    via: showVia(audit.via),
  };
}

function showVia(via: SimVia): Record<string, unknown> {
  return { channel: via.channel, source: { from: via.from ?? {}, to: {}, rel: via.rel } };
}

function showAuditEvent(audit: SimAudit, event: SimEvent, id: number): Record<string, unknown> {
  switch (event.kind) {
    case 'create':
      return { id, type: 'Create', field_name: event.field, value: event.value };
    case 'change':
      return {
        id,
        type: 'Change',
        field_name: event.field,
        value: event.to,
        previous_value: event.from,
        ...(event.rule === null
          ? {}
          : {
              via: showVia({
                channel: 'rule',
                rel: event.rule.kind,
                from: { deleted: false, title: event.rule.title, id: event.rule.id },
              }),
            }),
      };
    case 'comment':
      return {
        id,
        type: 'Comment',
        author_id: showId(event.author.id),
        body: event.text,
        html_body: htmlOf(event.text),
        plain_body: event.text,
        public: event.public,
        attachments: [],
        audit_id: audit.id,
      };
    case 'notification':
      return {
        id,
        type: 'Notification',
        subject: 'Re: your request',
        body: event.text,
        recipients: [showId(event.to.id)],
        via: showVia({
          channel: 'rule',
          rel: event.rule.kind,
          from: { deleted: false, title: event.rule.title, id: event.rule.id },
        }),
      };
    case 'macro':
      return {
        id,
        type: 'AgentMacroReference',
        macro_id: String(event.macro.id),
        macro_title: event.macro.title,
        macro_deleted: false,
      };
  }
}

/** One update in the form of `/incremental/ticket_events`; comments are whole only with the `comment_events` sideload. */
export function showTicketEvent(ticket: SimTicket, audit: SimAudit, withComments: boolean): Record<string, unknown> {
  return {
    id: audit.id,
    ticket_id: ticket.id,
    timestamp: audit.at,
    created_at: formatInstant(audit.at),
    updater_id: audit.author === null ? -1 : showId(audit.author.id),
    via: VIA_TITLES[audit.via.channel] ?? 'Web form',
    via_reference_id: audit.via.channel === 'rule' ? (audit.via.from?.id ?? null) : null,
    system: { client: 'Demo', location: 'Nowhere', latitude: 0, longitude: 0 },
    event_type: 'Audit',
    child_events: audit.events.map((event, index) => showChild(audit, event, audit.id + 1 + index, withComments)),
    ...(audit.via.rel === 'merge' ? { merged_ticket_ids: [audit.via.from?.ticket_id] } : {}),
  };
}

function showChild(audit: SimAudit, event: SimEvent, id: number, withComments: boolean): Record<string, unknown> {
  const by = (rule: { id: number } | null): Record<string, unknown> =>
    rule === null
      ? {
          via: VIA_TITLES[audit.via.channel] ?? 'Web form',
          via_reference_id: audit.via.channel === 'rule' ? (audit.via.from?.id ?? null) : null,
        }
      : { via: 'Rule', via_reference_id: rule.id };
  switch (event.kind) {
    case 'create':
      return { id, ...by(null), ...showField(event.field, event.value), event_type: 'Create' };
    case 'change':
      return {
        id,
        ...by(event.rule),
        ...showField(event.field, event.to),
        ...showTagSteps(event),
        event_type: 'Change',
        previous_value: showValue(event.field, event.from),
      };
    case 'comment':
      return withComments
        ? {
            id,
            via: showVia(audit.via),
            via_reference_id: null,
            type: 'Comment',
            author_id: showId(event.author.id),
            body: event.text,
            html_body: htmlOf(event.text),
            plain_body: event.text,
            public: event.public,
            attachments: [],
            audit_id: audit.id,
            created_at: formatInstant(audit.at),
            event_type: 'Comment',
          }
        : { id, ...by(null), comment_present: true, comment_public: event.public, event_type: 'Comment' };
    case 'notification':
      return {
        id,
        ...by(event.rule),
        subject: 'Re: your request',
        body: event.text,
        recipients: [showId(event.to.id)],
        event_type: 'Notification',
      };
    case 'macro':
      return {
        id,
        ...by(null),
        macro_id: event.macro.id,
        macro_title: event.macro.title,
        event_type: 'AgentMacroReference',
      };
  }
}

function showField(field: string, value: LogValue): Record<string, unknown> {
  return CUSTOM_FIELD.test(field) ? { custom_ticket_fields: { [field]: value } } : { [field]: showValue(field, value) };
}

function showValue(field: string, value: LogValue): unknown {
  return typeof value === 'string' && ID_FIELDS.has(field) ? showId(value) : value;
}

function showTagSteps(event: Extract<SimEvent, { kind: 'change' }>): Record<string, unknown> {
  if (event.field !== 'tags' || !Array.isArray(event.to) || !Array.isArray(event.from)) return {};
  const before: readonly string[] = event.from;
  const after: readonly string[] = event.to;
  return {
    added_tags: after.filter((tag) => !before.includes(tag)),
    removed_tags: before.filter((tag) => !after.includes(tag)),
  };
}

function htmlOf(text: string): string {
  const linked = text.replace(/https:\/\/\S+/g, (url) => `<a href="${url}">${url}</a>`);
  return `<div class="zd-comment" dir="auto"><p dir="auto">${linked}</p></div>`;
}

/** One event of the vendor's clocks. */
export function showMetricEvent(event: MetricEvent): Record<string, unknown> {
  const sla = event.sla && {
    target: event.sla.minutes,
    target_in_seconds: event.sla.minutes * 60,
    business_hours: event.sla.businessHours,
    policy: event.sla.policy,
  };
  return {
    id: event.id,
    ticket_id: event.ticket,
    metric: event.metric,
    instance_id: event.instance,
    type: event.type,
    time: formatInstant(event.at),
    ...(sla === undefined ? {} : { [event.type === 'apply_group_sla' ? 'group_sla' : 'sla']: sla }),
    ...(event.status === undefined ? {} : { status: event.status }),
    ...(event.deleted === undefined ? {} : { deleted: event.deleted }),
  };
}
