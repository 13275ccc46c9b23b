import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryBatch } from '../../src/domain/telemetry.ts';
import { checkTimes, settleCreation } from './check-times.ts';
import { deriveTicket, orderRows, readTicketRow } from './derive-ticket.ts';
import type { Plan } from './plan.ts';
import { noteCell, type SourceRow } from './source-row.ts';

/** What became of all rows of one ticket. Every row is kept or in `aside`; `cells` are values left out of rows that are kept. */
export interface TakenTicket {
  readonly records: TelemetryBatch;
  /** Rows whose content is in the records; those that repeat another to the letter included. */
  readonly kept: number;
  /** Rows that repeat another to the letter. */
  readonly repeated: number;
  readonly aside: readonly SetAside[];
  readonly cells: readonly SetAside[];
}

/** Codes of rows that are left out because a newer row of the same ticket stands: nothing of the ticket is lost. */
export const SUPERSEDED = 'OLDER_ROW';

/** Records of one ticket from its converted rows. `until` is epoch milliseconds, inclusive. No rows give no records. */
export function takeTicket(plan: Plan, rows: readonly SourceRow[], until: number): TakenTicket {
  const settled = settleCreation(plan, rows, until);
  const aside: SetAside[] = [...settled.aside];
  const cells: SetAside[] = [];
  const good = settled.rows.flatMap((row) => {
    const checked = checkTimes(plan, row, until);
    for (const note of checked.notes) (checked.row === null ? aside : cells).push(note);
    return checked.row === null ? [] : [checked.row];
  });
  const first = good[0];
  if (first === undefined) return { records: {}, kept: 0, repeated: 0, aside, cells };
  const early = takeEarlyChanges(aside, good.length);
  for (const note of early) cells.push(note);
  if (plan.mode === 'tickets') return chooseRow(plan, good, { aside, cells, until });
  const { records, repeated, rejected } = deriveTicket(plan, first.key, good, until);
  return { records, kept: good.length + early.length, repeated, aside, cells: [...cells, ...rejected] };
}

/**
 * Changes that are stamped before the creation of their ticket, taken out of `aside` when the ticket has at least as many others: they cost the
 * change (clocks set back in autumn, a skewed clock), and the ticket goes on without it. Where they are most of a ticket, the columns are
 * doubtful and the rows stay set aside.
 */
function takeEarlyChanges(aside: SetAside[], others: number): SetAside[] {
  const isEarly = (note: SetAside): boolean => note.code === 'NEGATIVE_DURATION' && note.path === 'events.at';
  const early = aside.filter(isEarly);
  if (early.length === 0 || early.length > others) return [];
  const rest = aside.filter((note) => !isEarly(note));
  aside.splice(0, aside.length, ...rest);
  return early.map((note) => noteCell(note.ref, note.code, note.path, `${note.detail}; this change is left out`));
}

/** Rows of one id: equal ones are one; of different ones the newest counts when an update stamp tells which it is, else none. */
function chooseRow(
  plan: Plan,
  rows: readonly SourceRow[],
  { aside, cells, until }: { aside: SetAside[]; cells: SetAside[]; until: number },
): TakenTicket {
  const ordered = orderRows(rows);
  const stamp = (row: SourceRow): number => (row.values['ticket.updated_at'] as number | null | undefined) ?? -1;
  const newest = Math.max(...ordered.map(stamp));
  const best = ordered.filter((row) => stamp(row) === newest);
  const chosen = best.every((row) => row.content === best[0]?.content) ? best[0] : undefined;
  let kept = 0;
  for (const row of ordered) {
    if (chosen !== undefined && row.content === chosen.content) {
      kept += 1;
      continue;
    }
    aside.push({
      stream: 'rows',
      ref: row.ref,
      code: chosen === undefined ? 'DUPLICATE_ID' : SUPERSEDED,
      path: plan.mapping.ticket.id,
      detail:
        chosen === undefined
          ? 'several rows of this ticket differ and no update stamp tells which one is right'
          : 'an older row of a ticket that has a newer one',
    });
  }
  const derived = chosen === undefined ? null : readTicketRow(plan, chosen, until);
  return {
    records: derived?.records ?? {},
    kept,
    repeated: Math.max(0, kept - 1),
    aside,
    cells: [...cells, ...(derived?.rejected ?? [])],
  };
}
