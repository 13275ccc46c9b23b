import { z } from 'zod';
import { type Answer, AnswerNotes, AnswersFile, AnswerValue, NotApplicableReason } from '../domain/assessment.ts';
import { IMPORTANCE } from '../domain/item-answer.ts';
import type { ModelItem } from '../domain/model.ts';
import type { NotApplicable } from '../domain/not-applicable.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import { nearest, parseBoundedYaml } from '../errors/index.ts';
import { type AnswersSource, entriesOf, Reading, valueSource, yamlSource } from './answers-document.ts';

const DAY_MS = 86_400_000;

const Header = AnswersFile.omit({ answers: true, not_applicable: true });

/** What may be said of an item, by its scale. */
const VALUES = {
  level3: AnswerValue,
  yes_no: z.enum(['yes', 'no', 'dont_know']),
  importance5: z.union([z.number().min(IMPORTANCE.lowest).max(IMPORTANCE.highest), z.literal('dont_know')]),
} as const;

/** The same in words. */
const SAYABLE: Readonly<Record<ModelItem['scale'], string>> = {
  level3: '1, 2, 3 or dont_know',
  yes_no: 'yes, no or dont_know',
  importance5: `a number from ${IMPORTANCE.lowest} to ${IMPORTANCE.highest} or dont_know`,
};

/** Remarks beside a value, and the value as it stands there. */
const Details = z.strictObject({
  value: z.unknown().optional(),
  comment: AnswerNotes.shape.comment.nullable(),
  proof: AnswerNotes.shape.proof.nullable(),
  proof_checked_by: AnswerNotes.shape.proof_checked_by.nullable(),
});
const TOP_KEYS = Object.keys(AnswersFile.shape);

/** A reason as the file states it; who says it and when stands at the file's top. */
export type StatedReason = Pick<NotApplicable, 'criterion' | 'reason'>;

export interface ParsedAnswers {
  readonly respondent: string;
  readonly role: string;
  readonly answers: readonly Answer[];
  readonly not_applicable: readonly StatedReason[];
  /** Statements that stand in the file without a value: left for later, not "don't know". */
  readonly blank: readonly string[];
}

interface Entry {
  readonly list: 'answers' | 'not_applicable';
  readonly id: string;
  readonly value: unknown;
}

interface ReadDetails extends Omit<z.infer<typeof Details>, 'value'> {
  /** Null = left for later. */
  readonly value: Answer['value'] | null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function findItem({ list, id }: Entry, { model, items }: Questionnaire, reading: Reading): ModelItem | null {
  const found = items.find((item) => item.id === id);
  if (found !== undefined) return found;
  const guess = nearest(
    id,
    items.map((item) => item.id),
  );
  reading.wrong(
    [list, id],
    `"${clip(id)}" is not a statement of ${model.id}${guess === null ? '' : `; the nearest is ${guess}`}`,
  );
  return null;
}

function reportIssue({ list, id }: Entry, issue: z.core.$ZodIssue, reading: Reading): void {
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
  reading.wrong([list, id, field], `${clip(id)}: ${field}: ${issue.message}`);
}

/** A value on the scale of the item, null for one that is left for later; undefined when it is none, which is then told. */
function readValue({ list, id }: Entry, value: unknown, { scale }: ModelItem, reading: Reading) {
  if (value === undefined || value === null) return null;
  // YAML 1.1 editors write yes and no as true and false.
  const spoken = scale === 'yes_no' && typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
  const parsed = VALUES[scale].safeParse(spoken);
  if (parsed.success) return parsed.data;
  reading.wrong([list, id, 'value'], `${clip(id)}: ${clip(JSON.stringify(value))} is not ${SAYABLE[scale]}`);
  return undefined;
}

function readEntry(given: Entry, item: ModelItem | null, respondent: string, reading: Reading): ReadDetails | null {
  const entry = isObject(given.value) ? given.value : { value: given.value };
  const parsed = Details.safeParse(entry);
  const told = parsed.success ? parsed.data.value : 'value' in entry ? entry.value : null;
  const value = item === null ? null : readValue(given, told, item, reading);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reportIssue(given, issue, reading);
    return null;
  }
  if (value === undefined) return null;
  if (parsed.data.proof_checked_by === respondent) {
    reading.wrong([given.list, given.id], `${given.id}: proof_checked_by must name someone other than the respondent`);
    return null;
  }
  return { ...parsed.data, value };
}

function readNotApplicable(root: object, answered: ReadonlySet<string>, asked: Questionnaire, reading: Reading) {
  const found: StatedReason[] = [];
  const perSet = new Map<number, string>();
  for (const [id, reason] of entriesOf(root, 'not_applicable', reading)) {
    const entry: Entry = { list: 'not_applicable', id, value: reason };
    const item = findItem(entry, asked, reading);
    if (item === null) continue;
    const at = [entry.list, id];
    const { set } = item;
    if (set === null) {
      reading.wrong(at, `${id}: only a statement with levels can be not applicable; leave the answer empty`);
      continue;
    }
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

function readHeader(root: object, { model }: Questionnaire, reading: Reading): z.infer<typeof Header> | null {
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
 * A value is 1, 2, 3 or dont_know for a statement with levels, yes, no or dont_know for a marker, a number from 1 to 5 or dont_know for an
 * importance; plain or as `{value, comment, proof, proof_checked_by}`. An empty value is left for later.
 * Without `answered_at` the answers date from `now`; they expire after the days of the questionnaire.
 * "Not applicable" needs a reason and is allowed once per set, for statements with levels only. Respondents are names of seats, never addresses.
 * An empty answers list gives no answers. Errors: BAD_ANSWERS with every problem, each with its line, in `problems`.
 */
export function parseAnswers(yamlText: string, path: string, asked: Questionnaire, now: Date): ParsedAnswers {
  const { document, lines, value } = parseBoundedYaml({
    text: yamlText,
    name: path,
    code: 'BAD_ANSWERS',
    remedy: remedyFor(asked),
  });
  return readAnswers(value, yamlSource(path, document, lines), asked, now);
}

/** The model that an answers file names; null where it names none. Errors: BAD_ANSWERS when it is no YAML. */
export function modelNamedIn(yamlText: string, path: string): string | null {
  const remedy = 'Correct the line named above, or have a form written: plumbline assess --form answers.yaml.';
  const { value } = parseBoundedYaml({ text: yamlText, name: path, code: 'BAD_ANSWERS', remedy });
  return isObject(value) && 'model' in value && typeof value.model === 'string' ? value.model : null;
}

/** The same as `parseAnswers` for what came in as a value, for example the body of a request. `name` stands in for the file. */
export function checkAnswers(value: unknown, name: string, asked: Questionnaire, now: Date): ParsedAnswers {
  return readAnswers(value, valueSource(name), asked, now);
}

function remedyFor({ items }: Questionnaire): string {
  const scales = [...new Set(items.map(({ scale }) => scale))].sort();
  return `Correct the lines named above; a value is ${scales.map((scale) => SAYABLE[scale]).join(', or ')}, and an empty one is left for later.`;
}

function readAnswers(root: unknown, source: AnswersSource, asked: Questionnaire, now: Date): ParsedAnswers {
  const { model } = asked;
  const reading = new Reading(source);
  const fail = () => reading.failure(model.id, remedyFor(asked));
  if (!isObject(root)) {
    reading.wrong([], 'expected respondent, role and answers');
    throw fail();
  }
  const header = readHeader(root, asked, reading);
  const at = answeredAt(header?.answered_at, now);
  if (header !== null && at === null)
    reading.wrong(['answered_at'], `answered_at ${header.answered_at} lies in the future`);
  if (!Object.hasOwn(root, 'answers')) reading.wrong([], '"answers" is missing');

  const entries: { id: string; entry: ReadDetails }[] = [];
  for (const [id, value] of entriesOf(root, 'answers', reading)) {
    const given: Entry = { list: 'answers', id, value };
    const item = findItem(given, asked, reading);
    const entry = readEntry(given, item, header?.respondent ?? '', reading);
    if (item !== null && entry !== null) entries.push({ id, entry });
  }
  const answered = entries.filter(({ entry }) => entry.value !== null);
  const notApplicable = readNotApplicable(root, new Set(answered.map(({ id }) => id)), asked, reading);
  if (!reading.clean || header === null || at === null) throw fail();

  const expiresAt = new Date(at.getTime() + asked.expireDays * DAY_MS);
  const answers = answered.flatMap(({ id, entry }): Answer[] =>
    entry.value === null
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
  const blank = entries.filter(({ entry }) => entry.value === null).map(({ id }) => id);
  return { respondent: header.respondent, role: header.role, answers, not_applicable: notApplicable, blank };
}
