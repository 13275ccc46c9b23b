import { PERSON_HEADER, PROSE_HEADER } from './label-words.ts';
import { holdsEmail, shapeOf, type ValueShape } from './value-shape.ts';

/** Values of one column, counted. */
interface ValueProfile {
  readonly header: string;
  /** Distinct values with how often each occurs; a sample of them where there are many. */
  readonly values: readonly { readonly value: string; readonly n: number }[];
  /** Distinct values of the whole column. */
  readonly distinct: number;
  /** Filled cells of the whole column. */
  readonly filled: number;
}

export type PrivateKind =
  | 'mail addresses'
  | 'telephone numbers'
  | 'names of people'
  | 'sentences'
  | 'values that do not repeat'
  | 'too many different values';

/** What may be stored of a column: its values as they are, or a keyed hash of each. `looksLike` says why, for people; null when clear. */
export type ColumnVerdict =
  | { readonly keep: 'clear'; readonly looksLike: null }
  | { readonly keep: 'hash'; readonly looksLike: PrivateKind };

const CLEAR: ColumnVerdict = { keep: 'clear', looksLike: null };
/** More different values than a list of labels has. */
const MANY = 1000;
/** Share of the different values that must look personal before the whole column is taken for it; single ones are hashed alone. */
const SHARE = 0.2;
/** Below this number of filled cells "they repeat" cannot be told from chance. */
const FEW_CELLS = 12;

/** Kinds that no wish of the mapping brings into the store. */
export function isAlwaysHashed(kind: PrivateKind): boolean {
  return kind !== 'values that do not repeat' && kind !== 'too many different values';
}

/**
 * Decides from the values of a whole column whether they may be stored in clear: only when they are few, repeat, and look like labels.
 * Mail addresses, telephone numbers, sentences and names of people are hashed. The header can only add suspicion ("member", "agent", "owner").
 * What cannot be told is hashed. A column without values is clear: nothing of it is stored.
 */
export function classifyColumn(profile: ValueProfile): ColumnVerdict {
  const { values, distinct, filled } = profile;
  if (values.length === 0) return CLEAR;
  const shapes = values.map((one) => shapeOf(one.value));
  const share = (...kinds: ValueShape[]): number =>
    shapes.filter((shape) => kinds.includes(shape)).length / shapes.length;
  const header = profile.header.toLowerCase().replace(/[_\s-]+/g, ' ');
  const suspicious = PERSON_HEADER.test(header);
  const hash = (looksLike: PrivateKind): ColumnVerdict => ({ keep: 'hash', looksLike });
  // One address among few labels is hashed alone; the column is one of addresses when they are no exception.
  if (share('email') > 0.5) return hash('mail addresses');
  if (share('phone') > 0.5) return hash('telephone numbers');
  if (share('sentence') >= SHARE) return hash('sentences');
  if (isOfPeople(shapes, suspicious)) return hash('names of people');
  if (distinct > MANY) return hash('too many different values');
  const prose = PROSE_HEADER.test(header) && distinct > filled / 4;
  if (prose || !repeats(shapes, distinct, filled)) return hash('values that do not repeat');
  return CLEAR;
}

function isOfPeople(shapes: readonly ValueShape[], suspicious: boolean): boolean {
  const count = (...kinds: ValueShape[]): number => shapes.filter((shape) => kinds.includes(shape)).length;
  const all = shapes.length;
  const sure = count('name');
  const shaped = sure + count('maybe_name');
  if (suspicious && (shaped > 0 || count('given_name') > 0)) return true;
  if (suspicious && count('word') > all / 2) return true;
  if (sure > 0 && sure + count('maybe_name', 'given_name') >= all * SHARE) return true;
  // Without a known name among them two capitalised words may be products: it takes most of the column.
  return shaped > all / 2 || count('given_name', 'maybe_name') > all / 2;
}

function repeats(shapes: readonly ValueShape[], distinct: number, filled: number): boolean {
  if (distinct <= filled / 2) return true;
  if (filled >= FEW_CELLS) return false;
  return shapes.every((shape) => shape === 'label' || shape === 'word') || (distinct < filled && distinct <= 6);
}

/**
 * Why one value of a clear column must be hashed alone, or null: a mail address or telephone number inside, a sentence, a person's full name.
 * For ids (`id`) only a mail address and a full name count: digits with signs between are what ids look like.
 */
export function guardValue(value: string, role: 'label' | 'id' = 'label'): PrivateKind | null {
  const shape = shapeOf(value);
  if (shape === 'email' || holdsEmail(value)) return 'mail addresses';
  if (shape === 'name') return 'names of people';
  if (shape === 'phone') return role === 'id' && !/^\s*\+/.test(value) ? null : 'telephone numbers';
  if (shape === 'sentence') return 'sentences';
  return null;
}
