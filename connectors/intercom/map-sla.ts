import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Account } from './account.ts';
import { recordOf, textOf } from './map-events.ts';
import type { Conversation, Part } from './schema.ts';
import { WORDS } from './words.ts';

type Clock = TelemetryRecord<'sla_clock'>;
/** A run of a target, with the vendor's word for the target. */
interface Run {
  readonly word: string;
  readonly clock: Clock;
}

/**
 * Promises on a conversation. Each application of a policy begins a run of every target that it names; without named targets there is one run of the
 * whole. The vendor states no due time, and says that a promise was missed only when a teammate answers next: an open one has no outcome. When the
 * conversation is closed every miss is told, so that what was not told was kept.
 */
export function toClocks(row: Conversation, parts: readonly Part[], account: Account): Clock[] {
  const runs: Run[] = [];
  for (const part of parts) follow(part, row.id, runs, account);
  const status = row.sla_applied?.sla_status?.toLowerCase() ?? null;
  if (runs.length === 0) return row.sla_applied === null || status === null ? [] : [wholeRun(row, status, account)];
  const inForce = runs.filter(({ clock }) => !clock.voided);
  const missed = inForce.some(({ clock }) => clock.met === false);
  const isTold = status === 'hit' || (status === 'missed' && missed);
  // While work goes on one status for several targets does not tell which of them were kept.
  if (isTold && (isClosed(row) || inForce.length === 1)) for (const { clock } of inForce) clock.met ??= true;
  return runs.map(({ clock }) => clock);
}

function isClosed({ state, open }: Conversation): boolean {
  return WORDS.status(state) === 'closed' || (state === null && open === false);
}

function follow(part: Part, ticketId: string, runs: Run[], account: Account): void {
  const details = part.event_details ?? {};
  switch (/^conversation_sla_(applied|removed|target_missed)/i.exec(part.part_type)?.[1]?.toLowerCase()) {
    case 'applied':
      // A policy goes in the place of the one before it.
      withdraw(runs);
      runs.push(...begun(part, ticketId, runs, account));
      return;
    case 'removed':
      withdraw(runs);
      return;
    case 'target_missed': {
      const word = textOf(details.sla_target_type);
      const missed = runs.findLast((run) => run.word === word && !run.clock.voided);
      if (missed !== undefined) missed.clock.met = false;
      return;
    }
    default:
  }
}

function withdraw(runs: readonly Run[]): void {
  for (const { clock } of runs) if (clock.met === null) clock.voided = true;
}

/** Runs of the targets that a policy names when it is put on. */
function begun(part: Part, ticketId: string, before: readonly Run[], account: Account): Run[] {
  const { sla_name: name, sla_definition: targets } = part.event_details ?? {};
  return Object.entries(recordOf(targets)).flatMap(([word, seconds]): Run[] => {
    const metric = WORDS.target(word);
    if (metric === null || typeof seconds !== 'number' || seconds <= 0) return [];
    const instance = before.filter(({ clock }) => clock.metric === metric).length + 1;
    const clock = {
      ...run(ticketId, word, metric, instance),
      policy_id: policyOf(textOf(name), account),
      applied_at: part.created_at,
      target_s: Math.round(seconds),
    };
    return [{ word, clock }];
  });
}

/** The one status of a conversation whose targets are not told. */
function wholeRun(row: Conversation, status: string, account: Account): Clock {
  return {
    ...run(row.id, 'whole', 'overall', 1),
    policy_id: policyOf(row.sla_applied?.sla_name ?? null, account),
    voided: status === 'cancelled',
    met: status === 'hit' ? true : status === 'missed' ? false : null,
  };
}

/** The vendor gives policies by name only, and a name may be free text. */
function policyOf(name: string | null, { context }: Account): string | null {
  return name === null ? null : context.pseudonymise('reference', name);
}

function run(ticketId: string, word: string, metric: Clock['metric'], instance: number): Clock {
  return {
    ...blank('sla_clock'),
    id: `${ticketId}:${word}:${instance}`,
    ticket_id: ticketId,
    metric,
    scope: 'ticket',
    instance,
    voided: false,
  };
}
