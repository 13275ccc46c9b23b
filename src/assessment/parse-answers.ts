import { z } from 'zod';
import { type Answer, AnswerNotes, AnswersFile, AnswerValue, NotApplicableReason } from '../domain/assessment.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { nearest, parseBoundedYaml } from '../errors/index.ts';
import { type AnswersSource, entriesOf, Reading, valueSource, yamlSource } from './answers-document.ts';

const DAY_MS = 86_400_000;
const REMEDY = 'Correct the lines named above; a value is 1, 2, 3 or dont_know, and an empty one is left for later.';

const Header = AnswersFile.omit({ answers: true, not_applicable: true });
const Details = z.strictObject({
  value: AnswerValue.nullish(),
  comment: AnswerNotes.shape.comment.nullable(),
  proof: AnswerNotes.shape.proof.nullable(),
  proof_checked_by: AnswerNotes.shape.proof_checked_by.nullable(),
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

interface Entry {
  readonly list: 'answers' | 'not_applicable';
  readonly id: string;
  readonly value: unknown;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function knownCriterion({ list, id }: Entry, model: StagedModel, reading: Reading): boolean {
  if (model.criteria.some((criterion) => criterion.id === id)) return true;
  const guess = nearest(
    id,
    model.criteria.map((criterion) => criterion.id),
  );
  reading.wrong(
    [list, id],
    `"${clip(id)}" is not a statement of ${model.id}${guess === null ? '' : `; the nearest is ${guess}`}`,
  );
  return false;
}

function reportIssue({ list, id }: Entry, entry: object, issue: z.core.$ZodIssue, reading: Reading): void {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const guess = nearest(key, Object.keys(Details.shape));
      reading.wrong(
        [list, id, key],
        `${clip(id)}: unknown key "${clip(key)}"${guess === null ? '' : `; did you mean "${guess}"?`}`,
      );
    }
    return;
  }
  const field = String(issue.path[0] ?? '');
  if (field === 'value') {
    const given = clip(JSON.stringify((entry as { value: unknown }).value));
    reading.wrong([list, id, field], `${clip(id)}: ${given} is not 1, 2, 3 or dont_know`);
  } else reading.wrong([list, id, field], `${clip(id)}: ${field}: ${issue.message}`);
}

function readEntry(given: Entry, respondent: string, reading: Reading): z.infer<typeof Details> | null {
  const entry = isObject(given.value) ? given.value : { value: given.value };
  const parsed = Details.safeParse(entry);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reportIssue(given, entry, issue, reading);
    return null;
  }
  if (parsed.data.proof_checked_by === respondent) {
    reading.wrong([given.list, given.id], `${given.id}: proof_checked_by must name someone other than the respondent`);
    return null;
  }
  return parsed.data;
}

function readNotApplicable(root: object, answered: ReadonlySet<string>, model: StagedModel, reading: Reading) {
  const found: NotApplicable[] = [];
  const perSet = new Map<number, string>();
  for (const [id, reason] of entriesOf(root, 'not_applicable', reading)) {
    const entry: Entry = { list: 'not_applicable', id, value: reason };
    if (!knownCriterion(entry, model, reading)) continue;
    const at = [entry.list, id];
    const checked = NotApplicableReason.safeParse(typeof reason === 'string' ? reason.trim() : '');
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const short = issue === undefined || issue.code === 'too_small';
      reading.wrong(
        at,
        `${id}: ${short ? 'not applicable needs a reason of at least five letters' : `reason: ${issue.message}`}`,
      );
      continue;
    }
    if (answered.has(id)) {
      reading.wrong(at, `${id}: both answered and not applicable`);
      continue;
    }
    const set = model.criteria.find((criterion) => criterion.id === id)?.set ?? 0;
    const other = perSet.get(set);
    if (other !== undefined) {
      reading.wrong(at, `${id}: only one statement of a set may be not applicable, and ${other} already is`);
      continue;
    }
    perSet.set(set, id);
    found.push({ criterion: id, reason: checked.data });
  }
  return found;
}

function readHeader(root: object, model: StagedModel, reading: Reading): z.infer<typeof Header> | null {
  const header: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(root)) {
    if (Object.hasOwn(Header.shape, key)) {
      if (value !== null) header[key] = value;
    } else if (!TOP_KEYS.includes(key)) {
      const guess = nearest(key, TOP_KEYS);
      reading.wrong(
        [key],
        `unknown key "${clip(key)}"${guess === null ? `; known keys: ${TOP_KEYS.join(', ')}` : `; did you mean "${guess}"?`}`,
      );
    }
  }
  if (typeof header.model === 'string' && header.model !== model.id)
    reading.wrong(['model'], `the answers are for model "${clip(header.model)}", not "${model.id}"`);
  const parsed = Header.safeParse(header);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0] ?? '');
      const missing = header[field] === undefined;
      reading.wrong([field], missing ? `"${field}" is missing` : `${field}: ${issue.message}`);
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
 * "Not applicable" needs a reason and is allowed once per set. Respondents are names of seats, never addresses.
 * An empty answers list gives no answers. Errors: BAD_ANSWERS with every problem, each with its line, in `problems`.
 */
export function parseAnswers(yamlText: string, path: string, model: StagedModel, now: Date): ParsedAnswers {
  const { document, lines, value } = parseBoundedYaml({
    text: yamlText,
    name: path,
    code: 'BAD_ANSWERS',
    remedy: REMEDY,
  });
  return readAnswers(value, yamlSource(path, document, lines), model, now);
}

/** The same as `parseAnswers` for what came in as a value, for example the body of a request. `name` stands in for the file. */
export function checkAnswers(value: unknown, name: string, model: StagedModel, now: Date): ParsedAnswers {
  return readAnswers(value, valueSource(name), model, now);
}

function readAnswers(root: unknown, source: AnswersSource, model: StagedModel, now: Date): ParsedAnswers {
  const reading = new Reading(source);
  const fail = () => reading.failure(model.id, REMEDY);
  if (!isObject(root)) {
    reading.wrong([], 'expected respondent, role and answers');
    throw fail();
  }
  const header = readHeader(root, model, reading);
  const at = answeredAt(header?.answered_at, now);
  if (header !== null && at === null)
    reading.wrong(['answered_at'], `answered_at ${header.answered_at} lies in the future`);
  if (!Object.hasOwn(root, 'answers')) reading.wrong([], '"answers" is missing');

  const entries: { id: string; entry: z.infer<typeof Details> }[] = [];
  for (const [id, value] of entriesOf(root, 'answers', reading)) {
    const given: Entry = { list: 'answers', id, value };
    const known = knownCriterion(given, model, reading);
    const entry = readEntry(given, header?.respondent ?? '', reading);
    if (known && entry !== null) entries.push({ id, entry });
  }
  const answered = entries.filter(({ entry }) => entry.value !== undefined && entry.value !== null);
  const notApplicable = readNotApplicable(root, new Set(answered.map(({ id }) => id)), model, reading);
  if (!reading.clean || header === null || at === null) throw fail();

  const expiresAt = new Date(at.getTime() + model.half_life_days.answers * DAY_MS);
  const answers = answered.flatMap(({ id, entry }): Answer[] =>
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
