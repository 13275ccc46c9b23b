import { known, lit } from '../sql.ts';
import { hasPhrase, hasWord } from './header.ts';
import { type Column, type Look, rowsWord } from './look.ts';
import { guessRole, slaMetricOf } from './time-roles.ts';
import { flagOf, outcomeOf } from './vocabulary.ts';

const NAMES = ['sla', 'breach', 'breached', 'violated', 'violation', 'overdue', 'ontime', 'late', 'missed', 'crossed'];
const GOOD = ['met', 'achieved', 'within', 'made', 'kept', 'compliant', 'compliance', 'ontime', 'fulfilled', 'success'];
const BAD = [
  'breach',
  'breached',
  'violated',
  'violation',
  'overdue',
  'late',
  'missed',
  'failed',
  'exceeded',
  'crossed',
];

function isOutcome(column: Column): boolean {
  const { header } = column;
  if (column.timeShare > 0.5 || column.distinct > 12) return false;
  if (hasWord(header, NAMES) || hasPhrase(header, 'on time')) return true;
  return hasWord(header, ['status']) && hasWord(header, ['resolution', 'response']);
}

/**
 * Outcomes of the service level: words that tell it themselves ("Within SLA"), else yes and no in the direction of the header. "Breached:
 * Yes" is a promise broken; a header without a direction is asked. Deadlines become `due_at`.
 */
export async function findSla(look: Look): Promise<void> {
  for (const column of look.free()) {
    if (!isOutcome(column)) continue;
    if (await isOfOpenWork(look, column))
      look.reasons.set(column.column, 'is on no ticket that is over: what is late now, not what was kept');
    else readOutcome(look, column);
  }
  for (const column of look.free()) {
    if (!look.readings.has(column.column) || guessRole(column.header).role !== 'due') continue;
    const metric = slaMetricOf(column.header);
    if (metric === 'next_reply') continue;
    if (taken(look, metric)) {
      look.reasons.set(column.column, 'a deadline; the outcome is recorded in another column');
      continue;
    }
    look.draft.sla[`due:${column.column}`] = { metric, due_at: { column: column.column } };
    look.record(
      `sla.due:${column.column}`,
      { column: column.column },
      `named like a deadline, so no end: kept when the end came by then; on ${rowsWord(column.known)}`,
    );
  }
}

const LATE_NOW = ['overdue', 'late'];

/**
 * "Overdue" is a mark that many desks take off when a ticket ends. Where tickets are over and none of them bears it, a no says nothing about
 * what was kept. False as well where nothing tells which tickets are over.
 */
async function isOfOpenWork(look: Look, column: Column): Promise<boolean> {
  if (look.mode === 'events' || !hasWord(column.header, LATE_NOW)) return false;
  const yes = column.top.map(({ value }) => value).filter((value) => flagOf(value) ?? outcomeOf(value) === false);
  const { status, solved_at, closed_at } = look.draft.ticket;
  const ended = Object.entries((status?.values ?? {}) as Record<string, unknown>).flatMap(([word, meaning]) =>
    meaning === 'solved' || meaning === 'closed' ? [word] : [],
  );
  const over = [
    ...[solved_at, closed_at].flatMap((end) =>
      end?.column === undefined ? [] : [`${known(end.column, [])} is not null`],
    ),
    ...(status?.column === undefined || ended.length === 0
      ? []
      : [`${known(status.column, [])} in (${ended.map(lit).join(', ')})`]),
  ];
  if (over.length === 0) return false;
  const marked = yes.length === 0 ? 'false' : `${known(column.column, [])} in (${yes.map(lit).join(', ')})`;
  const rows = await look.stage.query(
    `select count(*) as n, count(*) filter (where ${marked}) as late from raw where ${over.join(' or ')}`,
  );
  return Number(rows[0]?.n) > 0 && Number(rows[0]?.late) === 0;
}

/** One promise has one outcome: a recorded outcome comes before one that is computed from a deadline, and one of the whole before its parts. */
function taken(look: Look, metric: string): boolean {
  const metrics = Object.values(look.draft.sla).map((one) => one.metric);
  return metrics.includes(metric) || metrics.includes('overall') || (metric === 'overall' && metrics.length > 0);
}

function readOutcome(look: Look, column: Column): void {
  const { header } = column;
  const metric = slaMetricOf(header);
  if (taken(look, metric)) return;
  const place = `met:${column.column}`;
  const words = column.top.filter((one) => !column.doubtful.some((other) => other.word === one.value));
  const own = words.map(({ value }) => [value, outcomeOf(value)] as const);
  if (own.length > 0 && own.every(([, outcome]) => outcome !== null)) {
    const values = Object.fromEntries(own.map(([word, outcome]) => [word, outcome === 'undecided' ? null : outcome]));
    set(look, column, metric, values, 'its words tell the outcome themselves');
    return;
  }
  const flags = words.map(({ value }) => [value, flagOf(value)] as const);
  if (flags.length === 0 || flags.some(([, flag]) => flag === null)) return;
  const good = hasWord(header, GOOD) || hasPhrase(header, 'on time');
  const bad = hasWord(header, BAD);
  const against = hasWord(header, ['not', 'no']);
  const straight = Object.fromEntries(flags);
  const inverted = Object.fromEntries(flags.map(([word, flag]) => [word, flag === null ? null : !flag]));
  if (good !== bad && !against) {
    set(
      look,
      column,
      metric,
      good ? straight : inverted,
      bad ? `"${column.column}" names a broken promise: yes is not met, no is met` : 'yes is met',
    );
    return;
  }
  look.take(column.column);
  look.reasons.set(column.column, 'has two meanings: open point');
  const change = (values: object) => [
    { path: ['sla', place], value: { metric, met: { column: column.column, values }, last_row_only: true } },
  ];
  look.points.push({
    id: `sla:${column.column}`,
    target: 'sla',
    question: `Does yes in "${column.column}" mean that the service level was kept, or that it was broken?`,
    options: [
      {
        label: 'yes = kept',
        evidence: words.map((one) => `"${one.value}" on ${rowsWord(one.n)}`).join(', '),
        patch: change(straight),
      },
      { label: 'yes = broken', evidence: '', patch: change(inverted) },
      { label: 'leave it out', evidence: '', patch: [] },
    ],
    samples: look.samples(column),
  });
}

function set(look: Look, column: Column, metric: string, values: Record<string, boolean | null>, why: string): void {
  const place = `met:${column.column}`;
  look.draft.sla[place] = { metric, met: { column: column.column, values }, last_row_only: true };
  look.record(`sla.${place}`, { column: column.column }, `${why}; an open ticket has not yet kept it`);
}
