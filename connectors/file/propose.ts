import { PlumblineError } from '../../src/errors/index.ts';
import { type ColumnProfile, type Profile, profileColumns, profileRise, profileWithinKey } from './profile.ts';
import { writeProposal } from './proposal-yaml.ts';
import { type Choice, namedLike, type Translation, translateWords } from './propose-fields.ts';
import { known } from './sql.ts';
import { type Stage, type StageOptions, stageFiles } from './stage.ts';
import { readTimeColumns, type TimeReading } from './time-columns.ts';

export interface Proposal {
  readonly yaml: string;
  readonly mode: 'tickets' | 'events';
  readonly choices: readonly Choice[];
  /** What a person must look at before the mapping is used: undecided date orders, unknown words, the time zone. */
  readonly open: readonly string[];
}

const FIELDS = [
  'group',
  'assignee',
  'requester',
  'organisation',
  'category',
  'product',
  'severity',
  'problem',
  'cause_code',
] as const;
const VOCABULARY_FIELDS = ['status', 'priority', 'channel', 'type'] as const;

/**
 * Looks at headers and all values of a file and proposes a mapping with the reason for each choice, as commented YAML.
 * Which column is the key, what one row is, which order day and month have, which numbers only rise, which times lie in the future of
 * their own row (back-filled) and what the words of status, priority and channel mean are told from the data; what the data do not tell is
 * left open and listed. Errors: BAD_INPUT_FILE, BAD_MAPPING when no column can be a key.
 */
export async function proposeMapping(paths: readonly string[], options: StageOptions = {}): Promise<Proposal> {
  const stage = await stageFiles(paths, options);
  try {
    return await propose(stage);
  } finally {
    await stage.close();
  }
}

class Draft {
  readonly choices: Choice[] = [];
  readonly open: string[] = [];
  private readonly taken = new Set<string>();

  add(choice: Choice): void {
    this.choices.push(choice);
    this.taken.add(choice.column);
  }

  free(columns: readonly ColumnProfile[]): ColumnProfile[] {
    return columns.filter((column) => !this.taken.has(column.column));
  }

  has(target: string): Choice | undefined {
    return this.choices.find((choice) => choice.target === target);
  }
}

async function propose(stage: Stage): Promise<Proposal> {
  const profile = await profileColumns(stage);
  const missing = profile.missing.map((one) => one.word);
  const draft = new Draft();
  const key = chooseKey(profile);
  const mode = key.distinct < key.known ? 'events' : 'tickets';
  draft.add({
    target: 'ticket.id',
    column: key.column,
    why:
      mode === 'events'
        ? `on every row, ${key.distinct} different values on ${key.known} rows: one row is a change`
        : `on every row, all ${key.known} values differ: one row is a ticket`,
  });
  const constant = await profileWithinKey(stage, key.column, stage.columns);
  const times = profile.columns.filter((column) => column.known > 0 && column.timeShare >= 0.9);
  const readings = await readTimes(stage, times, missing, draft);
  chooseTimes(draft, times, constant, mode);
  await markBackFilled(stage, draft, key.column, constant, readings, mode);
  await chooseCounts(stage, draft, profile, key.column, readings);
  chooseWords(draft, profile, constant, mode);
  const unused = draft.free(profile.columns).map((column) => column.column);
  const dateFormat = commonOrder(readings);
  const naive = [...readings.values()].some((reading) => reading.naive);
  if (naive) draft.open.push('The times carry no offset from UTC: set time_zone to the zone that the desk writes in.');
  return {
    yaml: writeProposal({
      mode,
      choices: draft.choices,
      open: draft.open,
      missing: profile.missing,
      naive,
      dateFormat,
      unused,
    }),
    mode,
    choices: draft.choices,
    open: draft.open,
  };
}

/** The column that tells tickets apart: on every row, named like a key, with the most different values among such. */
function chooseKey(profile: Profile): ColumnProfile {
  const full = profile.columns.filter(
    (column) => column.known === profile.rows && column.timeShare < 0.5 && column.longest <= 64,
  );
  const named = namedLike('id', full);
  const best = named[0] ?? full.filter((column) => column.distinct === profile.rows)[0];
  if (best === undefined)
    throw new PlumblineError(
      'BAD_MAPPING',
      'No column can be the key of a ticket: none is filled on every row and named like an id or different on every row.',
      `Write a mapping file and name the column as ticket.id; columns: ${profile.columns.map((c) => c.column).join(', ')}.`,
    );
  return best;
}

/** Reads the time columns one by one: one that cannot be settled must not hide the others. */
async function readTimes(
  stage: Stage,
  times: readonly ColumnProfile[],
  missing: readonly string[],
  draft: Draft,
): Promise<ReadonlyMap<string, TimeReading>> {
  const columns = times.map((time) => ({ column: time.column, missing, format: null }));
  try {
    return await readTimeColumns(stage, columns, 'UTC', 'the file');
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    for (const problem of error.problems) draft.open.push(`${problem}: set date_format.`);
  }
  const guess = columns.map((column) => ({ ...column, format: 'day_first' as const }));
  const readings = new Map<string, TimeReading>();
  for (const column of guess)
    try {
      for (const [name, reading] of await readTimeColumns(stage, [column], 'UTC', 'the file'))
        readings.set(name, { ...reading, order: null });
    } catch (error) {
      // Already listed as open above; only the comparison of its instants is lost.
      if (!(error instanceof PlumblineError)) throw error;
    }
  return readings;
}

/** The order that the evidence settled, when it is the same for all columns that have one to settle. */
function commonOrder(readings: ReadonlyMap<string, TimeReading>): { order: string; why: string } | null {
  const settled = [...readings.values()].filter((reading) => reading.order !== null);
  const orders = new Set(settled.map((reading) => reading.order));
  const first = settled.sort((a, b) => b.values - a.values)[0];
  return orders.size === 1 && first?.order != null
    ? { order: first.order, why: `${first.column}: ${first.why}` }
    : null;
}

function chooseTimes(
  draft: Draft,
  times: readonly ColumnProfile[],
  constant: ReadonlyMap<string, number>,
  mode: 'tickets' | 'events',
): void {
  if (mode === 'events') {
    const moving = [...times].sort((a, b) => (constant.get(a.column) ?? 1) - (constant.get(b.column) ?? 1));
    const at = moving.filter((time) => (constant.get(time.column) ?? 1) < 0.9)[0];
    if (at === undefined) draft.open.push('No time changes from row to row: name the change stamp as events.at.');
    else
      draft.add({
        target: 'events.at',
        column: at.column,
        why: `the time that changes most inside a ticket (the same on all rows in ${percent(constant.get(at.column))} of tickets)`,
      });
  }
  for (const field of [
    'created_at',
    'solved_at',
    'closed_at',
    'first_reply_at',
    ...(mode === 'tickets' ? ['updated_at'] : []),
  ]) {
    const fit = namedLike(field, draft.free(times)).sort((a, b) => Number(b.known) - Number(a.known))[0];
    const choice = field === 'created_at' && fit !== undefined ? mostKnown(field, draft.free(times), fit) : fit;
    if (choice === undefined) {
      if (field === 'created_at')
        draft.open.push('No column is named like a creation time: name it as ticket.created_at.');
      continue;
    }
    draft.add({
      target: `ticket.${field}`,
      column: choice.column,
      why: `a time, and named so; on ${choice.known} rows`,
    });
  }
}

function mostKnown(field: string, times: readonly ColumnProfile[], fallback: ColumnProfile): ColumnProfile {
  return namedLike(field, times).reduce((a, b) => (b.known > a.known ? b : a), fallback);
}

/** A time that is the same on all rows of a ticket and later than the row that carries it was written there afterwards. */
async function markBackFilled(
  stage: Stage,
  draft: Draft,
  key: string,
  constant: ReadonlyMap<string, number>,
  readings: ReadonlyMap<string, TimeReading>,
  mode: 'tickets' | 'events',
): Promise<void> {
  const at = draft.has('events.at');
  const stamp = at === undefined ? undefined : readings.get(at.column)?.sql;
  if (mode === 'tickets' || stamp === undefined) return;
  for (const target of ['ticket.solved_at', 'ticket.closed_at']) {
    const choice = draft.has(target);
    const sql = choice === undefined ? undefined : readings.get(choice.column)?.sql;
    if (choice === undefined || sql === undefined) continue;
    const rows = await stage.query(
      `select count(*) filter (where ${sql} > ${stamp}) as ahead, count(${sql}) as n from raw where ${known(key, [])} is not null`,
    );
    const [ahead, n] = [Number(rows[0]?.ahead), Number(rows[0]?.n)];
    if (ahead === 0 || (constant.get(choice.column) ?? 0) < 0.95) continue;
    draft.choices[draft.choices.indexOf(choice)] = {
      ...choice,
      backFilled: true,
      why: `the same on all rows in ${percent(constant.get(choice.column))} of tickets, and on ${ahead} of ${n} rows later than the row itself: written there afterwards`,
    };
  }
}

/** Numbers that order rows of one instant: they rise from row to row and (nearly) never fall. */
async function chooseOrder(
  stage: Stage,
  draft: Draft,
  numbers: readonly ColumnProfile[],
  key: string,
  stamp: string,
): Promise<void> {
  const rising: { column: string; rises: number; keys: number }[] = [];
  for (const { column } of numbers) {
    const rise = await profileRise(stage, key, column, stamp, column);
    if (rise.falls <= Math.max(1, rise.keys / 100) && rise.rises > Math.max(rise.falls, rise.keys / 2))
      rising.push({ column, ...rise });
  }
  const best = rising.sort((a, b) => b.rises - a.rises)[0];
  if (best === undefined) return;
  draft.add({
    target: 'events.order',
    column: best.column,
    why: `rises from row to row in ${best.rises} of ${best.keys} tickets: orders rows of one instant`,
  });
}

async function chooseCounts(
  stage: Stage,
  draft: Draft,
  profile: Profile,
  key: string,
  readings: ReadonlyMap<string, TimeReading>,
): Promise<void> {
  const numbers = draft.free(profile.columns).filter((column) => column.integer);
  const stamp = readings.get(draft.has('events.at')?.column ?? '')?.sql ?? null;
  if (stamp !== null) await chooseOrder(stage, draft, numbers, key, stamp);
  const order = draft.has('events.order')?.column ?? null;
  for (const field of ['reopens', 'reassignments', 'replies']) {
    const column = namedLike(field, draft.free(numbers))[0];
    if (column === undefined) continue;
    const target = `ticket.${field}`;
    if (stamp === null) {
      draft.add({ target, column: column.column, why: 'a count, and named so' });
      continue;
    }
    const rise = await profileRise(stage, key, column.column, stamp, order);
    const total = rise.falls === 0;
    const why = total
      ? `never falls inside a ticket, rises in ${rise.rises}: a running total`
      : `a count; falls in ${rise.falls} tickets, so it is no running total`;
    draft.add({ target, column: column.column, why, runningTotal: total });
  }
}

function chooseWords(
  draft: Draft,
  profile: Profile,
  constant: ReadonlyMap<string, number>,
  mode: 'tickets' | 'events',
): void {
  for (const field of VOCABULARY_FIELDS) {
    const fits = namedLike(field, draft.free(profile.columns))
      .map((column) => ({ column, translation: translateWords(field, column) }))
      .filter((fit): fit is { column: ColumnProfile; translation: Translation } => (fit.translation?.share ?? 0) > 0.5);
    const fit = fits[0];
    if (fit === undefined) continue;
    const { column, translation } = fit;
    for (const word of translation.open)
      draft.open.push(
        `${column.column}: what does "${word.value}" (${word.n} rows) mean? Set it under ticket.${field}.values.`,
      );
    draft.add({
      target: `ticket.${field}`,
      column: column.column,
      why: `${translation.values.size} of ${column.distinct} words are common words for it (${percent(translation.share)} of rows)`,
      translation,
    });
  }
  for (const field of FIELDS) {
    const column = namedLike(field, draft.free(profile.columns)).filter(
      (one) => one.known > 0 && one.longest <= 120,
    )[0];
    if (column === undefined) continue;
    // A code that is known at closure cannot stand on the first row of every ticket: it was written there afterwards.
    const backFilled = field === 'cause_code' && mode === 'events' && (constant.get(column.column) ?? 0) >= 0.99;
    draft.add({
      target: `ticket.${field}`,
      column: column.column,
      why: `named so; ${column.distinct} different values${backFilled ? `; the same on all rows in ${percent(constant.get(column.column))} of tickets: written there afterwards` : ''}`,
      backFilled,
    });
  }
  chooseSla(draft, profile, mode);
  if (mode === 'events') {
    const actor = namedLike('actor_id', draft.free(profile.columns))[0];
    if (actor !== undefined) {
      draft.add({
        target: 'events.actor_id',
        column: actor.column,
        why: `named so; ${actor.distinct} different values, kept as keyed hashes`,
      });
      draft.open.push(
        `${actor.column}: the file does not say who of them is an agent, a customer or a machine: set events.actor to see human work.`,
      );
    }
  }
}

function chooseSla(draft: Draft, profile: Profile, mode: 'tickets' | 'events'): void {
  for (const column of draft.free(profile.columns)) {
    if (!/(^|[^a-z])sla([^a-z]|$)/i.test(column.column.replaceAll('_', ' '))) continue;
    const translation = translateWords('flag', column);
    if (translation === null || translation.share < 1) continue;
    draft.add({
      target: 'sla.overall',
      column: column.column,
      why: 'named after the service level, and only yes and no',
      translation,
      lastRowOnly: mode === 'events',
    });
    return;
  }
}

function percent(share: number | undefined): string {
  const value = (share ?? 0) * 100;
  return `${value >= 99.95 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`;
}
