import { isTime } from './find-key.ts';
import { type Header, hasPhrase, hasWord } from './header.ts';
import { type Column, type Look, rowsWord } from './look.ts';
import { profileRise } from './profile.ts';
import { flagOf } from './vocabulary.ts';

const FIELDS: Readonly<Record<string, (header: Header) => boolean>> = {
  reopens: (header) => hasWord(header, ['reopens', 'reopen', 'reopened', 'reopenings']),
  reassignments: (header) => hasWord(header, ['reassignment', 'reassignments', 'reassign', 'reassigned']),
  replies: (header) =>
    ['agent interactions', 'agent messages', 'outbound messages'].some((phrase) => hasPhrase(header, phrase)) ||
    (hasWord(header, ['replies', 'responses', 'reply', 'response']) &&
      !hasWord(header, ['customer', 'requester', 'user', 'time', 'status', 'first', 'sla', 'wait', 'reopens'])),
};

/** Fields of which a file often tells only whether they happened at all. */
const WHETHER = ['reopens', 'reassignments'];

/** Yes and no under the name of a count: a yes counts as one, which is all that shares of tickets ask for. In a log changes tell more. */
function findWhether(look: Look): void {
  if (look.mode === 'events') return;
  for (const field of WHETHER) {
    if (look.has(field)) continue;
    const column = look.free().find((one) => FIELDS[field]?.(one.header) === true && !isTime(one));
    if (column === undefined || column.distinct > column.top.length) continue;
    const flags = column.top
      .filter(({ value }) => !column.doubtful.some((other) => other.word === value))
      .map(({ value }) => [value, flagOf(value)] as const);
    if (flags.length === 0 || flags.some(([, flag]) => flag === null)) continue;
    const values = Object.fromEntries(flags.map(([word, flag]) => [word, Number(flag)]));
    look.ticket(
      field,
      { column: column.column, values },
      `tells whether, not how often: a yes counts as one; on ${rowsWord(column.known)}`,
    );
  }
}

/** Numbers that count: the order of rows in a log, reopenings, reassignments, replies of the desk. */
export async function findCounts(look: Look): Promise<void> {
  const numbers = look.free().filter((column) => column.integer && !column.negative && column.header.unit === null);
  const stamp = look.sqlOf(look.draft.events.at);
  if (stamp !== null && look.draft.events.order === undefined) await findOrder(look, numbers, stamp);
  const order = look.draft.events.order?.column ?? null;
  for (const [field, fits] of Object.entries(FIELDS)) {
    if (look.has(field)) continue;
    const column = numbers.find((one) => look.isFree(one.column) && fits(one.header));
    if (column === undefined) continue;
    if (stamp === null) {
      look.ticket(field, { column: column.column }, `a count, and named so; on ${rowsWord(column.known)}`);
      continue;
    }
    const rise = await profileRise(look.stage, look.key, column.column, stamp, order);
    const total = rise.falls === 0;
    look.ticket(
      field,
      total ? { column: column.column, running_total: true } : { column: column.column },
      total
        ? `never falls inside a ticket, rises in ${rise.rises}: a running total`
        : `a count; falls in ${rise.falls} tickets, so it is no running total`,
    );
  }
  findWhether(look);
}

/** Numbers that order rows of one instant: they rise from row to row and (nearly) never fall. */
async function findOrder(look: Look, numbers: readonly Column[], stamp: string): Promise<void> {
  const rising: { column: string; rises: number; keys: number }[] = [];
  for (const { column, distinct } of numbers) {
    // A code of few values rises by chance: an activity number is no order.
    if (distinct <= 2) continue;
    const rise = await profileRise(look.stage, look.key, column, stamp, column);
    if (rise.falls <= Math.max(1, rise.keys / 100) && rise.rises > Math.max(rise.falls, rise.keys / 2))
      rising.push({ column, ...rise });
  }
  const best = rising.sort((a, b) => b.rises - a.rises)[0];
  if (best === undefined) return;
  look.event(
    'order',
    { column: best.column },
    `rises from row to row in ${best.rises} of ${best.keys} tickets: orders rows of one instant`,
  );
}
