import { PlumblineError } from '../../../src/errors/index.ts';
import { known, lit } from '../sql.ts';
import { hasWord } from './header.ts';
import { type Column, type Look, percent, rowsWord } from './look.ts';
import type { OpenOption } from './open-point.ts';
import { guessRole, type TimeRole } from './time-roles.ts';

/** Time columns that can be read, nothing else: a name alone never makes a stamp. */
function readableTimes(look: Look): Column[] {
  return look.free().filter((column) => look.readings.has(column.column));
}

interface Candidate {
  readonly column: Column;
  readonly score: number;
}

function candidates(look: Look, role: TimeRole): Candidate[] {
  return readableTimes(look)
    .map((column) => ({ column, guess: guessRole(column.header) }))
    .filter((one) => one.guess.role === role && one.guess.score > 0)
    .map((one) => ({ column: one.column, score: one.guess.score }))
    .sort(
      (a, b) => b.score - a.score || daysOf(look, a.column) - daysOf(look, b.column) || b.column.known - a.column.known,
    );
}

/** Whether most values are days without a time of day: of two times that are named alike the one that tells more is taken. */
function daysOf(look: Look, column: Column): number {
  const reading = look.readings.get(column.column);
  return reading !== undefined && reading.dateOnly * 2 > reading.values ? 1 : 0;
}

function best(look: Look, role: TimeRole): Candidate | undefined {
  return candidates(look, role)[0];
}

/** A score under which a person must say. */
const SURE = 6;

/** The change stamp of a log: of the times that move inside a ticket the one that is named so, else the one that moves most. */
export function findChangeStamp(look: Look): void {
  if (look.mode !== 'events' || look.draft.events.at !== undefined) return;
  const moving = readableTimes(look)
    .filter((column) => (look.constant.get(column.column) ?? 1) < 0.9)
    .map((column) => ({
      column,
      named: hasWord(column.header, [
        'updated',
        'modified',
        'changed',
        'change',
        'timestamp',
        'event',
        'at',
        'complete',
      ]),
      ends: ['created_at', 'solved_at', 'closed_at', 'first_reply_at', 'due'].includes(guessRole(column.header).role),
      constant: look.constant.get(column.column) ?? 1,
    }))
    .sort((a, b) => Number(a.ends) - Number(b.ends) || a.constant - b.constant || Number(b.named) - Number(a.named));
  const at = moving[0]?.column ?? readableTimes(look).sort((a, b) => constantOf(look, a) - constantOf(look, b))[0];
  if (at === undefined)
    throw new PlumblineError(
      'BAD_MAPPING',
      'Ids come several times, and no column holds readable times: nothing tells when a row was written.',
      'Export the log with the time of each change; write a mapping file if the times are written in a form of their own.',
    );
  look.event(
    'at',
    { column: at.column },
    `the time that changes most inside a ticket (the same on all rows in ${percent(constantOf(look, at))} of tickets)`,
  );
}

function constantOf(look: Look, column: Column): number {
  return look.constant.get(column.column) ?? 1;
}

/** Chooses creation, reply, ends and last change by what headers say and values bear out; what is weak or contradicted is asked. */
export async function findTimes(look: Look): Promise<void> {
  findCreated(look);
  for (const role of ['solved_at', 'closed_at', 'first_reply_at'] as const) await findEnd(look, role);
  const updated = best(look, 'updated_at');
  if (look.mode === 'tickets' && updated !== undefined && !look.has('updated_at') && updated.score >= SURE)
    look.ticket(
      'updated_at',
      { column: updated.column.column },
      `a time, named after the last change; ${on(updated.column)}`,
    );
}

/** Words of the column that are no times: the mapping takes them for "unknown", and it is said. */
function oddOf(look: Look, column: Column): string {
  const odd = look.odd.get(column.column) ?? [];
  return odd.length === 0 ? '' : `; ${odd.map((word) => JSON.stringify(word)).join(', ')} in it count as unknown`;
}

function on(column: Column): string {
  return `on ${rowsWord(column.known)}`;
}

function findCreated(look: Look): void {
  if (look.has('created_at')) return;
  const found = best(look, 'created_at');
  const times = readableTimes(look);
  if (found !== undefined && found.score >= SURE && found.column.known >= look.rows * 0.9) {
    look.ticket(
      'created_at',
      { column: found.column.column },
      `a time, named so; ${on(found.column)}${oddOf(look, found.column)}`,
    );
    return;
  }
  const options: OpenOption[] = [];
  if (look.mode === 'events') {
    look.ticket(
      'created_at',
      { first_event: true },
      'no column is named like a creation time: the first row of each ticket',
    );
    options.push({
      label: 'the first row of each ticket',
      evidence: 'no column is named like a creation time',
      patch: [{ path: ['ticket', 'created_at'], value: { first_event: true } }],
    });
  }
  for (const column of times.filter((one) => !['due', 'updated_at'].includes(guessRole(one.header).role)).slice(0, 8))
    options.push({
      label: `"${column.column}"`,
      evidence: on(column),
      patch: [{ path: ['ticket', 'created_at'], value: { column: column.column } }],
    });
  if (options.length === 0)
    for (const column of times.slice(0, 8))
      options.push({
        label: `"${column.column}"`,
        evidence: `${on(column)}, named like a ${guessRole(column.header).role === 'due' ? 'deadline' : 'stamp of the last change'}`,
        patch: [{ path: ['ticket', 'created_at'], value: { column: column.column } }],
      });
  if (options.length === 0)
    throw new PlumblineError(
      'BAD_MAPPING',
      `No column holds times that can be read${reasonsOf(look)}: nothing tells when a ticket was created.`,
      'Export the file with the time of creation; a form of its own can be read with date_format in a mapping file, e.g. %d.%m.%y %H:%M.',
    );
  const only = options.length === 1 && look.mode === 'tickets' ? times[0] : undefined;
  if (only !== undefined)
    look.ticket('created_at', { column: only.column }, `the only time of the file that can be one; ${on(only)}`);
  // The first row is the only reading that is left: nothing to ask.
  if (look.mode === 'events' && options.length === 1) return;
  look.points.push({
    id: 'created',
    target: 'ticket.created_at',
    question: 'No column is clearly named like a creation time. When was a ticket created?',
    options,
    samples: times.slice(0, 2).flatMap((column) => look.samples(column, 1)),
  });
}

function reasonsOf(look: Look): string {
  const reasons = [...look.reasons]
    .filter(([, reason]) => /^(mixes|has years|named like)/.test(reason))
    .map(([column, reason]) => `"${column}" ${reason}`);
  for (const column of look.columns)
    if (column.rounded !== null && guessRole(column.header).score >= 6)
      reasons.push(`"${column.column}" holds numbers that a spreadsheet has rounded, such as ${column.rounded}`);
  return reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
}

async function findEnd(look: Look, role: 'solved_at' | 'closed_at' | 'first_reply_at'): Promise<void> {
  if (look.has(role)) return;
  let first: { readonly column: Column; readonly doubt: string } | null = null;
  // A deadline may be named like the end that it is for: the one whose values bear out its name goes before it.
  for (const { column, score } of candidates(look, role)) {
    const doubt = score < SURE ? `its name is not clear` : await doubtOf(look, column, role);
    if (doubt === null) {
      look.ticket(role, { column: column.column }, `a time, named so; ${on(column)}${oddOf(look, column)}`);
      break;
    }
    first ??= { column, doubt };
  }
  if (first !== null) askForEnd(look, role, first);
}

/** Asks what a time is that is named like an end and does not behave so. Where another one is the end already, it is no longer in question. */
function askForEnd(
  look: Look,
  role: 'solved_at' | 'closed_at' | 'first_reply_at',
  { column, doubt }: { readonly column: Column; readonly doubt: string },
): void {
  const field = { column: column.column };
  look.take(column.column);
  const metric = role === 'first_reply_at' ? 'first_reply' : 'resolution';
  const what = { solved_at: 'solution', closed_at: 'closure', first_reply_at: 'first reply' }[role];
  look.reasons.set(column.column, `may be the ${what} or a deadline: open point`);
  look.points.push({
    id: `${role}:${column.column}`,
    target: `ticket.${role}`,
    question: look.has(role)
      ? `Is "${column.column}" the deadline of the ${what}? ${doubt}.`
      : `Is "${column.column}" the time of the ${what}? ${doubt}.`,
    options: [
      ...(look.has(role)
        ? []
        : [
            {
              label: `the time of the ${what}`,
              evidence: `named like one, ${on(column)}`,
              patch: [{ path: ['ticket', role], value: field }],
            },
          ]),
      {
        label: 'a deadline',
        evidence: doubt,
        patch: [{ path: ['sla', `due:${column.column}`], value: { metric, due_at: field } }],
      },
      { label: 'neither: leave it out', evidence: '', patch: [] },
    ],
    samples: look.samples(column),
  });
}

/** What in the values speaks against an end: it stands on open tickets as well, or before the ticket was created. */
async function doubtOf(look: Look, column: Column, role: string): Promise<string | null> {
  const reading = look.readings.get(column.column);
  const created = look.sqlOf(look.draft.ticket.created_at);
  if (reading === undefined) return null;
  if (created !== null) {
    const rows = await look.stage.query(
      `select count(*) filter (where e < c) as early, count(e) as n from (select ${reading.sql} as e, ${created} as c from raw)`,
    );
    const [early, n] = [Number(rows[0]?.early), Number(rows[0]?.n)];
    if (n > 0 && early > n * 0.2) return `${early} of ${n} values lie before the creation of their ticket`;
  }
  if (role === 'first_reply_at' || look.mode === 'events') return null;
  const open = openWords(look);
  if (open === null) return null;
  const rows = await look.stage.query(`select count(*) as n, count(${reading.sql}) as filled from raw where ${open}`);
  const [n, filled] = [Number(rows[0]?.n), Number(rows[0]?.filled)];
  return n > 0 && filled >= Math.max(2, n * 0.5) ? `${filled} of ${n} open tickets carry it as well` : null;
}

/** SQL condition for rows whose status says that work goes on; null without a known status. */
function openWords(look: Look): string | null {
  const status = look.draft.ticket.status as { column?: string; values?: Record<string, unknown> } | undefined;
  if (status?.column === undefined || status.values === undefined) return null;
  const words = Object.entries(status.values).filter(([, value]) =>
    ['new', 'open', 'pending', 'hold'].includes(String(value)),
  );
  if (words.length === 0) return null;
  const list = words.map(([word]) => lit(word.toLowerCase())).join(', ');
  return `lower(${known(status.column, [])}) in (${list})`;
}

/** A time that is the same on all rows of a ticket and later than the row that carries it was written there afterwards. */
export async function markBackFilled(look: Look): Promise<void> {
  const stamp = look.sqlOf(look.draft.events.at);
  if (look.mode === 'tickets' || stamp === null) return;
  for (const role of ['solved_at', 'closed_at'] as const) {
    const field = look.draft.ticket[role];
    const sql = look.sqlOf(field);
    if (field?.column === undefined || sql === null) continue;
    const rows = await look.stage.query(
      `select count(*) filter (where ${sql} > ${stamp}) as ahead, count(${sql}) as n from raw`,
    );
    const [ahead, n] = [Number(rows[0]?.ahead), Number(rows[0]?.n)];
    if (ahead === 0 || (look.constant.get(field.column) ?? 0) < 0.95) continue;
    look.ticket(
      role,
      { ...field, back_filled: true },
      `the same on all rows in ${percent(look.constant.get(field.column))} of tickets, and on ${ahead} of ${n} rows later than the row itself: written there afterwards`,
    );
  }
}
