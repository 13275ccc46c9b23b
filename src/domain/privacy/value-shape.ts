import { GIVEN_NAMES, HAN_FAMILY_NAMES } from './given-names.ts';
import { LABEL_WORDS, SENTENCE_WORDS } from './label-words.ts';

/**
 * What a value looks like. `name` = a person for all one can tell; `maybe_name` = it has the shape of one (two or three capitalised words, none of
 * a desk's vocabulary) and may as well be a product; `given_name` = one word that is a given name; `word` = one word that tells nothing.
 */
export type ValueShape = 'email' | 'phone' | 'sentence' | 'name' | 'maybe_name' | 'given_name' | 'word' | 'label';

const EMAIL =
  /[^\s@<>()[\]",;:]+\s?@\s?[^\s@<>()[\]",;:]+\.\p{L}{2,}|[^\s@<>()[\]",;:]{2,}@[\p{L}\d-]{2,}|\S+\s?[[(]at[\])]\s?\S+/iu;
/** An international number, one in brackets or with a trunk zero and blanks, or three groups as in North America. */
const PHONES = [
  /(?<![\p{L}\d])\+\s?\d(?:[\s().\-/]{0,3}\d){6,14}(?!\d)/u,
  /(?<![\p{L}\d.])00\d(?:[\s().\-/]{0,2}\d){8,13}(?!\d)/u,
  /(?<![\p{L}\d.])\(?0\d{1,5}\)?[\s/-]{1,3}\d(?:[\s-]?\d){4,10}(?![\d.:])/u,
  /(?<![\p{L}\d.-])\(?\d{3}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}(?![\d-])/u,
  /^0\d{9,12}$/u,
  /(?:^|[^\p{L}])(?:tel|phone|mobile|mob|telefon|handy|cell|fax|ext)\.?:?\s?[\d(+][\d\s().\-/]{4,}/iu,
];
const DATE_LIKE = /^\d{4}-\d{2}-\d{2}|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/;
const TITLES = /^(mr|mrs|ms|miss|dr|prof|herr|frau|mme|mlle|monsieur|madame|sr|sra|senor|senora|sig)\.?$/i;
const PARTICLES = new Set([
  'van',
  'von',
  'de',
  'der',
  'den',
  'del',
  'della',
  'da',
  'dos',
  'di',
  'la',
  'le',
  'el',
  'al',
  'bin',
  'ibn',
  'ter',
  'zu',
  "o'",
  'y',
]);

export function holdsEmail(value: string): boolean {
  return EMAIL.test(value);
}

function holdsPhone(value: string): boolean {
  return !DATE_LIKE.test(value) && PHONES.some((one) => one.test(value));
}

/** Lower case, without diacritics: "José" and "jose" are one word. */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss');
}

function isLabelWord(word: string): boolean {
  const key = plain(word);
  return (
    LABEL_WORDS.has(key) ||
    /\d/.test(word) ||
    (key.endsWith('s') && LABEL_WORDS.has(key.slice(0, -1))) ||
    /(desk|ware|team|ing|tion|ment|ung|support|service|verwaltung|abteilung|technik)$/.test(key)
  );
}

function isCapitalised(word: string): boolean {
  return /^\p{Lu}[\p{L}'’-]*$/u.test(word);
}

function isAcronym(word: string): boolean {
  return /^[\p{Lu}\d&]{1,4}$/u.test(word);
}

function isGiven(word: string): boolean {
  return plain(word)
    .split(/['’-]/)
    .some((part) => GIVEN_NAMES.has(part));
}

function looksLikeSentence(value: string): boolean {
  const words = value.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  if (/[\r\n]/.test(value) && words.length >= 3) return true;
  if (words.length < 3) return false;
  // Paths ("Software / Installation / Office") are many words and no sentence.
  const path = /\s[/>|:»→]\s|::|->/.test(value);
  const hits = words.filter((word) => SENTENCE_WORDS.has(plain(word).replace(/[^\p{L}']/gu, ''))).length;
  const opens = SENTENCE_WORDS.has(plain(words[0] ?? '').replace(/[^\p{L}']/gu, ''));
  if (path) return hits >= 3;
  if (/[.!?]["')]?$/.test(value) && words.length >= 4) return true;
  if (/[.!?]\s+\p{Lu}/u.test(value) && words.length >= 5) return true;
  return words.length >= 9 || hits >= 2 || (hits >= 1 && words.length >= 5) || (opens && words.length >= 4);
}

/** A given name followed by another capitalised word that is no word of a desk: somebody inside a longer text. */
function holdsFullName(words: readonly string[]): boolean {
  return words.some((word, i) => {
    const next = words[i + 1];
    if (next === undefined || !isCapitalised(word) || !isGiven(word)) return false;
    return isCapitalised(next) && !isLabelWord(next) && !isAcronym(next);
  });
}

/** Account names: "a.schmidt", "anna_schmidt", "schmidt.a", "CORP\\aschmidt". */
function looksLikeAccount(value: string): boolean {
  if (/^[\p{L}\d.-]{2,}\\[\p{L}\d._-]{2,}$/u.test(value)) return true;
  const match = /^(\p{L}+)[._](\p{L}+(?:-\p{L}+)?)\d{0,3}$/u.exec(value);
  if (match === null) return false;
  const [first = '', second = ''] = [match[1], match[2]];
  if (isLabelWord(first) || isLabelWord(second)) return false;
  if (first.length === 1 || second.length === 1) return first.length + second.length >= 4;
  return isGiven(first) || isGiven(second);
}

/** Words of a name in the order given name, family name; a part in brackets and after a comma is no family name. */
function wordsOfName(value: string): string[] {
  const bare = value.replace(/\s*[([<].*$/u, '').trim();
  const comma = /^([\p{L}'’ -]+),\s*([\p{L}'’. -]+)$/u.exec(bare);
  return (comma === null ? bare : `${comma[2]} ${comma[1]}`).split(/\s+/).filter((word) => word !== '');
}

/** "Anna Schmidt", "Schmidt, Anna", "A. Schmidt", "Dr. Jan van der Berg", "Anna Schmidt (Berlin)". */
function nameShape(value: string): 'name' | 'maybe_name' | null {
  if (/^\p{Script=Han}{2,4}$/u.test(value)) return HAN_FAMILY_NAMES.has([...value][0] ?? '') ? 'maybe_name' : null;
  const words = wordsOfName(value);
  const titled = TITLES.test(words[0] ?? '');
  const rest = titled ? words.slice(1) : words;
  const told = rest.filter((word) => !PARTICLES.has(plain(word)));
  if (told.length === 0 || rest.length > 5) return null;
  if (!told.every((word) => /^\p{L}[\p{L}\p{M}'’-]*\.?$/u.test(word))) return null;
  if (titled) return 'name';
  return told.length < 2 || told.length > 4 ? null : shapeOfWords(told);
}

/** Two to four words of letters: whether they are somebody. */
function shapeOfWords(words: readonly string[]): 'name' | 'maybe_name' | null {
  const bare = words.map((word) => word.replace(/\.$/, ''));
  if (bare.some(isLabelWord)) return null;
  const cased = bare.every(isCapitalised);
  if (bare.some(isGiven) && (cased || words.length === 2)) return 'name';
  if (!cased) return null;
  const initials = words.filter((word) => /^\p{Lu}{1,2}\.$|^\p{Lu}$/u.test(word));
  if (initials.length > 0 && initials.length < words.length)
    return initials.some((w) => w.endsWith('.')) ? 'name' : 'maybe_name';
  return bare.some(isAcronym) ? null : 'maybe_name';
}

/** The shape of one value, without its column. Empty text is a label. */
export function shapeOf(value: string): ValueShape {
  const text = value.trim();
  if (text === '') return 'label';
  if (holdsEmail(text)) return 'email';
  if (holdsPhone(text)) return 'phone';
  if (looksLikeAccount(text)) return 'name';
  const name = nameShape(text);
  if (name === 'name') return 'name';
  const words = text.split(/[\s,;:/()[\]"]+/).filter((word) => word !== '');
  if (looksLikeSentence(text)) return 'sentence';
  if (holdsFullName(words)) return 'name';
  if (name !== null) return name;
  if (words.length === 1 && /^\p{L}[\p{L}'’-]*$/u.test(text)) {
    if (isGiven(text) && !LABEL_WORDS.has(plain(text))) return 'given_name';
    return isLabelWord(text) || isAcronym(text) ? 'label' : 'word';
  }
  return 'label';
}
