import { STATUSES } from '../../../src/domain/telemetry.ts';
import { isUnset } from '../missing-words.ts';
import { type Column, type Look, percent, rowsWord } from './look.ts';
import type { OpenOption } from './open-point.ts';
import { channelOf, prioritiesAmong, priorityOf, statusesAmong, statusOf, typeOf, waitsFor } from './vocabulary.ts';

type Meaning = string | number | boolean | null;

interface Translation {
  readonly values: Record<string, Meaning>;
  readonly unknown: readonly { readonly word: string; readonly n: number }[];
  /** Share of rows whose word has a meaning. */
  readonly share: number;
}

/** More different values than this are no vocabulary. */
const MOST_WORDS = 40;

/** Meaning of each word of a column; null when it has too many different ones to be a vocabulary. */
export function translate(
  column: Column,
  read: (word: string) => Meaning,
  given: Record<string, Meaning> = {},
): Translation | null {
  if (column.distinct > MOST_WORDS || column.known === 0) return null;
  const settled = new Map(Object.entries(given).map(([word, meaning]) => [word.trim().toLowerCase(), meaning]));
  const doubtful = new Set(column.doubtful.map((one) => one.word));
  const values = new Map<string, Meaning>();
  const unknown: { word: string; n: number }[] = [];
  let hit = 0;
  for (const { value, n } of column.top) {
    const lower = value.toLowerCase();
    const known = settled.has(lower);
    const meaning = known ? (settled.get(lower) ?? null) : read(value);
    values.set(value, meaning);
    // In a column of states "-" and "None" are no state, nor is "Not Assigned" a priority.
    if (meaning === null && !known && !doubtful.has(value) && !isUnset(value)) unknown.push({ word: value, n });
    else hit += n;
  }
  return { values: Object.fromEntries(values), unknown, share: hit / column.known };
}

const READERS = { status: statusOf, priority: priorityOf, channel: channelOf, type: typeOf } as const;
type WordField = keyof typeof READERS;

/** How the words of a field are read; null for fields that are no vocabulary. */
export function readerOf(name: string): { field: WordField; read: (word: string) => Meaning } | null {
  return name === 'status' || name === 'priority' || name === 'channel' || name === 'type'
    ? { field: name, read: READERS[name] }
    : null;
}

const NAMED: Readonly<Record<WordField, (column: Column) => number>> = {
  status: ({ header }) =>
    named(header.words, ['status', 'state', 'stage'], ['sla', 'approval', 'response', 'resolution']),
  priority: ({ header }) => named(header.words, ['priority', 'urgency'], ['sla', 'changed']),
  channel: ({ header }) =>
    ['contact type', 'entry type', 'mode'].includes(header.words.join(' '))
      ? 10
      : named(header.words, ['channel', 'via', 'source', 'origin', 'method', 'medium'], ['system', 'id']),
  type: ({ header }) =>
    named(header.words, ['type', 'kind', 'tracker'], ['contact', 'customer', 'account', 'violation', 'association']),
};

function named(words: readonly string[], wanted: readonly string[], against: readonly string[]): number {
  const at = words.findIndex((word) => wanted.includes(word));
  if (at < 0 || words.some((word) => against.includes(word))) return 0;
  return 10 - at - 2 * (words.length - 1) - wanted.indexOf(words[at] as string) * 0.5;
}

function readerIn(field: WordField, { top }: Column): (word: string) => Meaning {
  const words = top.map(({ value }) => value);
  if (field === 'status') return statusesAmong(words);
  return field === 'priority' ? prioritiesAmong(words) : READERS[field];
}

/** So many rows must go on with a ticket before one can say that its state never moves. */
const ROWS_THAT_GO_ON = 5;

/**
 * In a log the state of a row is that after its change. One that knows of ends and moves inside no ticket was written there when the file was
 * made: read as a course, every ticket would be over when it began.
 */
function isStateOfNow(look: Look, column: Column, { values }: Translation): boolean {
  const tickets = look.column(look.key)?.distinct ?? look.rows;
  return (
    look.mode === 'events' &&
    look.rows - tickets >= ROWS_THAT_GO_ON &&
    look.constant.get(column.column) === 1 &&
    Object.values(values).some((meaning) => meaning === 'solved' || meaning === 'closed')
  );
}

/** Chooses the columns of status, priority, channel and type by name and by how many of their words are known. */
export function findWords(look: Look): void {
  for (const field of ['status', 'priority', 'channel', 'type'] as const) {
    if (look.has(field)) continue;
    const fits = look
      .free()
      .map((column) => ({ column, score: NAMED[field](column) }))
      .filter((one) => one.score > 2)
      .flatMap(({ column, score }) => {
        const translation = translate(column, readerIn(field, column));
        return translation === null ? [] : [{ column, score, translation }];
      })
      .sort((a, b) => Number(b.translation.share > 0.5) - Number(a.translation.share > 0.5) || b.score - a.score);
    const fit =
      fits.find((one) => one.translation.share > 0.5) ??
      (field === 'channel' || field === 'type' ? undefined : fits[0]);
    if (fit !== undefined) chooseWords(look, field, fit.column, fit.translation);
  }
  findWaiting(look);
}

/** Takes a column of words for a field; words without a meaning are asked (status, priority) or listed (channel, type). */
export function chooseWords(
  look: Look,
  field: WordField,
  column: Column,
  translation: Translation,
  from?: string,
): void {
  const bare =
    field === 'priority' && translation.unknown.length > 0 && translation.unknown.every((one) => isNumber(one.word));
  const listed = translation.unknown.map((one) => `"${one.word}" (${rowsWord(one.n)})`).join(', ');
  const known = Object.values(translation.values).filter((meaning) => meaning !== null).length;
  const isNow = field === 'status' && isStateOfNow(look, column, translation);
  const now = isNow ? '; the same on all rows of every ticket: what it is now, so that an end has no time' : '';
  look.ticket(
    field,
    { column: column.column, values: translation.values, ...(isNow ? { back_filled: true } : {}) },
    `${from === undefined ? '' : `${from}; `}${known} of ${column.distinct} words are known (${percent(translation.share)} of rows)${listed === '' ? '' : `; without a meaning: ${listed}`}${now}`,
  );
  for (const { word, n } of translation.unknown)
    look.unknown.push({ target: `ticket.${field}`, column: column.column, word, n });
  if (bare) askDirection(look, column, translation);
  else if (field === 'status' || field === 'priority')
    for (const one of translation.unknown) askWord(look, field, column, one);
}

function isNumber(word: string): boolean {
  return /^\d{1,3}$/.test(word.trim());
}

/** Bare numbers have no direction: half of the desks number from the top, half from the bottom. */
function askDirection(look: Look, column: Column, translation: Translation): void {
  const numbers = translation.unknown.map((one) => Number(one.word)).sort((a, b) => a - b);
  const greatest = Math.max(...numbers);
  const least = Math.min(...numbers, 1);
  const rank = (n: number, up: boolean): number => Math.min(4, Math.max(1, up ? n - least + 1 : greatest - n + 1));
  const option = (label: string, up: boolean): OpenOption => ({
    label,
    evidence: numbers.map((n) => `${n} is rank ${rank(n, up)}`).join(', '),
    patch: numbers.map((n) => ({ path: ['ticket', 'priority', 'values', String(n)], value: rank(n, up) })),
  });
  look.points.push({
    id: `priority:${column.column}`,
    target: 'ticket.priority',
    question: `"${column.column}" holds bare numbers, which have no direction. Which is the most urgent?`,
    options: [
      option(`${Math.min(...numbers)} is the most urgent`, true),
      option(`${greatest} is the most urgent`, false),
      { label: 'leave the priority out', evidence: '', patch: [{ path: ['ticket', 'priority'], value: undefined }] },
    ],
    samples: translation.unknown.map((one) => `${one.word} (${rowsWord(one.n)})`),
  });
}

const RANKS = ['1, the most urgent', '2', '3', '4, the least urgent'];

function askWord(look: Look, field: 'status' | 'priority', column: Column, one: { word: string; n: number }): void {
  const set = (value: Meaning) => [{ path: ['ticket', field, 'values', one.word], value }];
  const options: OpenOption[] =
    field === 'status'
      ? STATUSES.map((status) => ({ label: status, evidence: STATUS_MEANS[status], patch: set(status) }))
      : RANKS.map((label, i) => ({ label, evidence: '', patch: set(i + 1) }));
  look.points.push({
    id: `${field}:${one.word}`,
    target: `ticket.${field}`,
    question: `What does "${one.word}" in "${column.column}" (${rowsWord(one.n)}) mean?`,
    options: [...options, { label: 'it says nothing', evidence: 'counts as unknown', patch: set(null) }],
    samples: [],
  });
}

const STATUS_MEANS: Readonly<Record<(typeof STATUSES)[number], string>> = {
  new: 'nobody has begun',
  open: 'the desk works on it',
  pending: 'waits for the customer',
  hold: 'waits for somebody else',
  solved: 'answered, may come back',
  closed: 'over for good',
};

/** Whom waiting states wait for, where the words say it; a log has times for them, one row a ticket has none. */
function findWaiting(look: Look): void {
  const column = look.draft.ticket.status?.column;
  const status = column === undefined ? undefined : look.column(column);
  if (look.mode !== 'events' || status === undefined || look.draft.waiting !== undefined) return;
  const whom = status.top.map((one) => [one.value, waitsFor(one.value)] as const);
  if (!whom.some(([, who]) => who !== null)) return;
  look.draft.waiting = { column: status.column, values: Object.fromEntries(whom) };
  look.draft.notes.waiting = `states of "${status.column}" that name whom they wait for`;
}
