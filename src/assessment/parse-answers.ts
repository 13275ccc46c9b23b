import { isMap, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { type Answer, AnswersFile, AnswerValue } from '../domain/assessment.ts';
import type { MaturityModel } from '../domain/model.ts';
import { nearest, PlumblineError } from '../errors/index.ts';
import { keyNode, keyOf, pairsOf, plain, Reading } from './answers-document.ts';

const DAY_MS = 86_400_000;
const REMEDY = 'Correct the lines named above; a value is 1, 2, 3 or dont_know, and an empty one is left for later.';

const Header = AnswersFile.omit({ answers: true, not_applicable: true });
const Details = z.strictObject({
  value: AnswerValue.nullish(),
  comment: z.string().nullish(),
  proof: z.url().nullish(),
  proof_checked_by: z.string().min(1).nullish(),
});
const TOP_KEYS = Object.keys(AnswersFile.shape);

export interface NotApplicable {
  readonly criterion: string;
  readonly reason: string;
}

export interface ParsedAnswers {
  readonly respondent: string;
  readonly role: string;
  readonly answers: readonly Answer[];
  readonly not_applicable: readonly NotApplicable[];
  /** Statements that stand in the file without a value: left for later, not "don't know". */
  readonly blank: readonly string[];
}

function knownCriterion(pair: Pair, model: MaturityModel, reading: Reading): boolean {
  const id = keyOf(pair);
  if (model.criteria.some((criterion) => criterion.id === id)) return true;
  const guess = nearest(
    id,
    model.criteria.map((criterion) => criterion.id),
  );
  reading.wrong(
    pair.key,
    `"${id}" is not a statement of ${model.id}${guess === null ? '' : `; the nearest is ${guess}`}`,
  );
  return false;
}

function reportIssue(pair: Pair, entry: unknown, issue: z.core.$ZodIssue, reading: Reading): void {
  const id = keyOf(pair);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const guess = nearest(key, Object.keys(Details.shape));
      reading.wrong(
        keyNode(pair.value, key) ?? pair.key,
        `${id}: unknown key "${key}"${guess === null ? '' : `; did you mean "${guess}"?`}`,
      );
    }
    return;
  }
  const field = String(issue.path[0] ?? '');
  const node = keyNode(pair.value, field) ?? pair.key;
  if (field === 'value')
    reading.wrong(node, `${id}: ${JSON.stringify((entry as { value: unknown }).value)} is not 1, 2, 3 or dont_know`);
  else reading.wrong(node, `${id}: ${field}: ${issue.message}`);
}

function readEntry(pair: Pair, respondent: string, reading: Reading): z.infer<typeof Details> | null {
  const entry = isMap(pair.value) ? plain(pair.value) : { value: plain(pair.value) };
  const parsed = Details.safeParse(entry);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reportIssue(pair, entry, issue, reading);
    return null;
  }
  if (parsed.data.proof_checked_by === respondent) {
    reading.wrong(pair.key, `${keyOf(pair)}: proof_checked_by must name someone other than the respondent`);
    return null;
  }
  return parsed.data;
}

function readNotApplicable(map: YAMLMap, answered: ReadonlySet<string>, model: MaturityModel, reading: Reading) {
  const found: NotApplicable[] = [];
  const perSet = new Map<number, string>();
  for (const pair of pairsOf(map, 'not_applicable', reading)) {
    if (!knownCriterion(pair, model, reading)) continue;
    const id = keyOf(pair);
    const reason = plain(pair.value);
    if (typeof reason !== 'string' || reason.trim().length < 5) {
      reading.wrong(pair.key, `${id}: not applicable needs a reason of at least five letters`);
      continue;
    }
    if (answered.has(id)) {
      reading.wrong(pair.key, `${id}: both answered and not applicable`);
      continue;
    }
    const set = model.criteria.find((criterion) => criterion.id === id)?.set ?? 0;
    const other = perSet.get(set);
    if (other !== undefined) {
      reading.wrong(pair.key, `${id}: only one statement of a set may be not applicable, and ${other} already is`);
      continue;
    }
    perSet.set(set, id);
    found.push({ criterion: id, reason: reason.trim() });
  }
  return found;
}

function readHeader(map: YAMLMap, model: MaturityModel, reading: Reading): z.infer<typeof Header> | null {
  const header: Record<string, unknown> = {};
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (key in Header.shape) {
      const value = plain(pair.value);
      if (value !== null) header[key] = value;
    } else if (!TOP_KEYS.includes(key)) {
      const guess = nearest(key, TOP_KEYS);
      reading.wrong(
        pair.key,
        `unknown key "${key}"${guess === null ? `; known keys: ${TOP_KEYS.join(', ')}` : `; did you mean "${guess}"?`}`,
      );
    }
  }
  if (typeof header.model === 'string' && header.model !== model.id)
    reading.wrong(keyNode(map, 'model'), `the answers are for model "${header.model}", not "${model.id}"`);
  const parsed = Header.safeParse(header);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0] ?? '');
      const missing = header[field] === undefined;
      reading.wrong(keyNode(map, field), missing ? `"${field}" is missing` : `${field}: ${issue.message}`);
    }
    return null;
  }
  return parsed.data;
}

function answeredAt(date: string | undefined, now: Date): Date | null {
  if (date === undefined) return now;
  const given = new Date(`${date}T00:00:00Z`);
  // The writer's calendar may be up to a day ahead of UTC; further ahead is a slip of the pen.
  if (given.getTime() > now.getTime() + DAY_MS) return null;
  return given.getTime() > now.getTime() ? now : given;
}

/**
 * Reads one respondent's answers file against a model.
 * A value is 1, 2, 3 or dont_know, plain or as `{value, comment, proof, proof_checked_by}`; an empty value is left for later.
 * Without `answered_at` the answers date from `now`; they expire one half-life of answers later, when they would count half.
 * "Not applicable" needs a reason and is allowed once per set.
 * An empty answers list gives no answers. Errors: BAD_ANSWERS with every problem, each with its line, in `problems`.
 */
export function parseAnswers(yamlText: string, path: string, model: MaturityModel, now: Date): ParsedAnswers {
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const reading = new Reading(lines);
  const fail = (): PlumblineError => {
    const problems = reading.problems
      .toSorted((a, b) => a.line - b.line)
      .map((problem) => `${path}:${problem.line}: ${problem.text}`);
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return new PlumblineError(
      'BAD_ANSWERS',
      `${path} does not fit ${model.id}: ${problems[0] ?? 'unknown'}${more}`,
      REMEDY,
      {
        where: path,
        problems,
      },
    );
  };
  for (const error of document.errors)
    reading.problems.push({ line: lines.linePos(error.pos[0]).line, text: error.message });
  if (reading.problems.length > 0) throw fail();
  const root = document.contents;
  if (!isMap(root)) {
    reading.wrong(root, 'expected respondent, role and answers');
    throw fail();
  }

  const header = readHeader(root, model, reading);
  const at = answeredAt(header?.answered_at, now);
  if (header !== null && at === null)
    reading.wrong(keyNode(root, 'answered_at'), `answered_at ${header.answered_at} lies in the future`);
  if (!root.items.some((pair) => keyOf(pair) === 'answers')) reading.wrong(null, '"answers" is missing');

  const entries: { id: string; entry: z.infer<typeof Details> }[] = [];
  for (const pair of pairsOf(root, 'answers', reading)) {
    const known = knownCriterion(pair, model, reading);
    const entry = readEntry(pair, header?.respondent ?? '', reading);
    if (known && entry !== null) entries.push({ id: keyOf(pair), entry });
  }
  const given = entries.filter(({ entry }) => entry.value !== undefined && entry.value !== null);
  const notApplicable = readNotApplicable(root, new Set(given.map(({ id }) => id)), model, reading);
  if (reading.problems.length > 0 || header === null || at === null) throw fail();

  const expiresAt = new Date(at.getTime() + model.half_life_days.answers * DAY_MS);
  const answers = given.flatMap(({ id, entry }): Answer[] =>
    entry.value === undefined || entry.value === null
      ? []
      : [
          {
            model: model.id,
            criterion: id,
            respondent: header.respondent,
            role: header.role,
            value: entry.value,
            comment: entry.comment ?? null,
            proof: entry.proof ?? null,
            proof_checked_by: entry.proof_checked_by ?? null,
            answered_at: at,
            expires_at: expiresAt,
          },
        ],
  );
  const blank = entries.filter(({ entry }) => entry.value === undefined || entry.value === null).map(({ id }) => id);
  return { respondent: header.respondent, role: header.role, answers, not_applicable: notApplicable, blank };
}
