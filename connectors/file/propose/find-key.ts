import { PlumblineError } from '../../../src/errors/index.ts';
import { hasPhrase, hasWord } from './header.ts';
import { type Column, type Look, rowsWord } from './look.ts';
import { profileWithinKey } from './profile.ts';
import { guessRole } from './time-roles.ts';

const KEYS = ['id', 'key', 'number', 'ref', 'reference', 'uid', 'uuid', 'identifier'];
/** Records that are not the ticket: their id is not its id. */
const FOREIGN = [
  ...['requester', 'requestor', 'assignee', 'user', 'contact', 'account', 'company', 'organization', 'group', 'parent'],
  ...['problem', 'project', 'owner', 'customer', 'caller', 'external', 'linked', 'product', 'form', 'brand', 'agent'],
  ...['activity', 'event', 'resource', 'reporter', 'creator', 'submitter', 'team', 'department', 'phone', 'version'],
  ...['message', 'article', 'session', 'asset', 'ci', 'change', 'order', 'sprint', 'epic', 'serial', 'category'],
];
const TEXTS = ['name', 'subject', 'title', 'summary', 'description', 'url', 'link', 'email'];
const RECORD_WORDS = ['ticket', 'case', 'issue', 'incident', 'conversation'];

/** How much a header looks like the key of a ticket; below 6 it does not. */
function scoreKey(column: Column): number {
  if (/^case:concept:name$/i.test(column.column)) return 20;
  const { header } = column;
  let score = 0;
  if (hasWord(header, KEYS)) score += 10;
  else if (header.words.length === 1 && RECORD_WORDS.includes(header.words[0] ?? '')) score += 8;
  if (header.words.length === 1 && score > 0) score += 4;
  if (header.record && score > 0) score += 3;
  if (hasWord(header, FOREIGN)) score -= 20;
  // "Number of reopenings" counts.
  if (hasPhrase(header, 'number of') || hasWord(header, ['count', 'total'])) score -= 20;
  if (hasWord(header, TEXTS)) score -= 9;
  return score - Math.max(0, header.words.length - 2);
}

/**
 * Chooses the column that tells tickets apart (by name, and filled on every row) and what one row is. A name, a subject or the id of
 * another record is never a key while a better column is there. Errors: BAD_MAPPING when no column can be one.
 */
export async function findKey(look: Look, given: string | null): Promise<void> {
  // A footer or two has no id: in a small file that is more than one row in a hundred.
  const filled = Math.min(look.rows * 0.99, look.rows - 3);
  const able = look.columns.filter((column) => column.timeShare < 0.5 && column.longest <= 64);
  const full = able.filter((column) => column.known > 0 && column.known >= filled && column.rounded === null);
  const named = full
    .map((column) => ({ column, score: scoreKey(column) + (column.distinct === column.known ? 1 : 0) }))
    .filter((one) => one.score >= 6)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.column);
  const unique = full.filter(
    (column) => column.distinct === look.rows && (column.numberShare < 0.5 || column.integer) && scoreKey(column) > -9,
  );
  const lost = named.length === 0 && able.some((column) => column.rounded !== null && scoreKey(column) >= 6);
  const best = full.find((column) => column.column === given) ?? named[0] ?? (lost ? undefined : unique[0]);
  if (best === undefined) throw noKey(look, able);
  for (const column of able)
    if (column.rounded !== null && scoreKey(column) >= 6) look.reasons.set(column.column, roundedReason(column));
  look.key = best.column;
  look.constant = await profileWithinKey(look.stage, best.column, look.stage.columns);
  const moves = look.columns.some(
    (column) => isTime(column) && (look.constant.get(column.column) ?? 1) < 1 && column.column !== best.column,
  );
  // A few ids twice are tickets written twice; a log repeats most of its ids, and its time moves on.
  const events = moves && best.distinct < best.known * 0.9;
  look.draft = { ...look.draft, mode: events ? 'events' : 'tickets' };
  const twice = best.known - best.distinct;
  look.ticket(
    'id',
    { column: best.column },
    events
      ? `on every row, ${best.distinct} different values on ${best.known} rows: one row is a change`
      : twice === 0
        ? `on every row, all ${best.known} values differ: one row is a ticket`
        : `on every row; ${rowsWord(twice)} repeat a value: one row is a ticket, repeated ones are set aside`,
  );
  if (given === null && named[0] === undefined && unique.length > 1)
    look.points.push({
      id: 'key',
      target: 'ticket.id',
      question: 'No column is named like the id of a ticket. Which one tells tickets apart?',
      options: unique.slice(0, 6).map((column) => ({
        label: column.column,
        evidence: `all ${column.known} values differ`,
        patch: [{ path: ['ticket', 'id'], value: { column: column.column } }],
      })),
      samples: look.samples(best),
    });
}

function roundedReason(column: Column): string {
  return `numbers that a spreadsheet has rounded (${column.rounded}), so that their last digits are lost`;
}

/** Why nothing can be the key, with the column that comes nearest. */
function noKey(look: Look, able: readonly Column[]): PlumblineError {
  const [near] = able
    .filter((column) => scoreKey(column) >= 6)
    .sort((a, b) => scoreKey(b) - scoreKey(a) || b.known - a.known);
  if (near?.rounded != null)
    return new PlumblineError(
      'BAD_MAPPING',
      `"${near.column}" should tell tickets apart, but holds ${roundedReason(near)}, and different tickets would become one.`,
      'Export it again and import that file as it comes; where a spreadsheet must be in between, format the column as text before opening.',
    );
  if (near !== undefined)
    return new PlumblineError(
      'BAD_MAPPING',
      `"${near.column}" is named like the id of a ticket, but ${look.rows - near.known} of ${rowsWord(look.rows)} have none.`,
      'Merged cells leave all but the first row empty: fill them down and export again. Rows that go on with the ticket above must be joined to it.',
    );
  return new PlumblineError(
    'BAD_MAPPING',
    'No column can be the key of a ticket: none is filled on every row and named like an id or different on every row.',
    `Export the file with the id of each ticket; where there is none, number the rows in a column of their own. A mapping file may name any column as ticket.id; columns: ${look.columns.map((c) => c.column).join(', ')}.`,
  );
}

const TIMED = ['at', 'date', 'time', 'timestamp', 'created', 'updated', 'closed', 'resolved', 'epoch', 'on'];

/** The header says that the column holds times. */
function isNamedTime(column: Column): boolean {
  return guessRole(column.header).score > 0 || hasWord(column.header, TIMED);
}

/** Written like times, or numbers of seconds or days under a header that speaks of a time. */
export function isTime(column: Column): boolean {
  if (column.known === 0) return false;
  if (column.timeShare >= 0.9) return true;
  return (column.epochShare >= 0.9 || column.serialShare >= 0.9) && isNamedTime(column);
}

/** Named like a stamp, and some of its values are none. */
export function isPartlyTime(column: Column): boolean {
  const share = column.timeShare + Math.max(column.epochShare, column.serialShare);
  return !isTime(column) && share >= 0.5 && guessRole(column.header).score >= 6;
}
