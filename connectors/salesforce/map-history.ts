import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { saysEscalation } from '../../src/kit/recognise-escalation.ts';
import {
  codeChange,
  escalation,
  type Present,
  rankText,
  type Change as Said,
  toEvents,
} from '../../src/kit/records/history.ts';
import { categoryOf, codeOf, type Desk, isQueue, isUser } from './desk.ts';
import type { Change } from './history.ts';
import type { Case, CaseHistory, CaseState } from './schema.ts';
import { type Side, sideOf } from './staff.ts';
import { rankOf } from './words.ts';

/** Events of one case: the values that it was created with, worked out backwards from its changes, and then those. */
export function eventsOf(
  row: Case,
  createdBy: Side,
  changes: readonly Change[],
  reach: Reach,
  desk: Desk,
): TicketEvent[] {
  return toEvents(
    {
      ticketId: row.Id,
      createdAt: row.CreatedDate,
      actor: actorOf(createdBy),
      actor_id: createdBy === 'agent' ? row.CreatedById : null,
      present: presentOf(row, changes, reach, desk),
    },
    changes.map((change) => {
      const side = sideOf(change.by, change.byType, desk.staff, desk.context.settings);
      // Rules move owners in the name of whoever saved the case.
      const byRule = change.how === 'escalated';
      return {
        id: change.id,
        at: change.at,
        actor: byRule ? 'automation' : actorOf(side),
        actor_id: side === 'agent' && !byRule ? change.by : null,
        changes: saidOf(change, row, desk),
      };
    }),
  );
}

function actorOf(side: Side): TicketEvent['actor'] {
  return side === 'machine' ? 'automation' : side;
}

/**
 * How far back the past of a case is known. A history begins with the creation; it is cut off after 18 months at the earliest, so that one which does not say
 * so is whole in younger cases. States begin with the creation, or some time later where the vendor did not keep them yet.
 */
export function reachOf(
  row: Case,
  histories: readonly CaseHistory[] | null,
  states: readonly CaseState[] | null,
  until: Date,
): Reach {
  const ageMs = until.getTime() - row.CreatedDate.getTime();
  const told = histories?.some(({ Field }) => /^created$/i.test(Field)) === true;
  const first = Math.min(...(states ?? []).map((state) => state.LastModifiedDate.getTime()));
  return {
    history: told || ((histories ?? []).length > 0 && ageMs < KEPT_MS),
    states: first <= row.CreatedDate.getTime() + 60_000,
  };
}

interface Reach {
  readonly history: boolean;
  readonly states: boolean;
}

const KEPT_MS = 540 * 86_400_000;

/** The present value of a field that the org does not keep changes of says nothing of the beginning, nor does a past that does not reach it. */
function presentOf(row: Case, changes: readonly Change[], reach: Reach, desk: Desk): Present[] {
  const owner = changes.find(({ field }) => field === 'Owner');
  const first = owner === undefined ? row.OwnerId : owner.from;
  const kept = (field: string) =>
    (reach.states && (field === 'Status' || field === 'Owner')) ||
    (reach.history && (desk.tracked?.has(field) === true || changes.some((one) => one.field === field)));
  const one = (field: string, present: Present): Present => (kept(field) ? present : { ...present, born: null });
  return [
    one('Status', { kind: 'status', value: categoryText(row.Status, row, desk) }),
    one('Priority', { kind: 'priority', value: rankText(rankOf(row.Priority, desk.words)) }),
    // The queue that a person took the case from stays responsible for it.
    one('Owner', { kind: 'group', value: row.OwnerId, born: isQueue(first) ? first : null }),
    one('Owner', {
      kind: 'assignee',
      value: isUser(row.OwnerId) ? row.OwnerId : null,
      born: isUser(first) ? first : null,
    }),
    ...[...desk.fields.codes.values()].map((field) => one(field, { kind: 'field', field, value: codeOf(row, field) })),
  ];
}

/** The present status is closed or not by what the case says; one of the past by what the org says of it now. */
function categoryText(status: string | null, row: Case, desk: Desk): string | null {
  return status === null ? null : categoryOf(status, status === row.Status ? row.IsClosed : null, desk);
}

function saidOf({ field, from, to, how }: Change, row: Case, desk: Desk): Said[] {
  const marked = [escalation('field:IsEscalated=true')];
  switch (field) {
    case 'Status': {
      const marks = saysEscalation(to) && !saysEscalation(from) ? [escalation(`state:${to}`)] : [];
      const [before, after] = [categoryText(from, row, desk), categoryText(to, row, desk)];
      return [{ kind: 'status', from: before, to: after }, ...marks];
    }
    case 'Priority':
      return [{ kind: 'priority', from: rankText(rankOf(from, desk.words)), to: rankText(rankOf(to, desk.words)) }];
    case 'Owner':
      return [
        // What the queue was before is carried forward: a person may have had the case in between.
        ...(isQueue(to) ? [{ kind: 'group', to } as const] : []),
        { kind: 'assignee', from: isUser(from) ? from : null, to: isUser(to) ? to : null },
        ...(how === 'escalated' ? marked : []),
      ];
    case 'IsEscalated':
      return to === 'true' && from !== 'true' ? marked : [];
    default:
      return [...desk.fields.codes.values()].includes(field) ? codeChange(field, null, from, to) : [];
  }
}
