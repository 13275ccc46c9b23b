import { wordsOf } from './words-of.ts';

/** Words for escalating in the languages of common support desks, without accents; as names, so verbs and nouns in their usual forms. */
const WORDS = new Set(
  [
    'escalate escalated escalates escalating escalation escalations',
    'eskalation eskalationen eskaliert eskalieren eskalierte eskalierung',
    'escalade escalader escaladee escalades escaladees',
    'escalado escalada escalados escaladas escalar escalacion escalamiento escalamientos',
    'escalacao escalonado escalonada escalonamento',
    'escalato escalata escalare',
    'escalatie escalaties escaleren geescaleerd',
    'eskalacja eskalacje eskalacji eskalowane eskalowany eskalowana eskalowac',
    'eskalering eskaleringar eskaleringer eskalerad eskalerat eskaleret eskalert eskalerede eskalere eskalera',
    'eskalointi eskaloitu eskaloida',
    'eskalace eskalovano eskalovany eskalovana eskalovat eskalacia eskalovane',
    'eszkalacio eszkalalt eszkalalas',
    'escaladat escaladare',
    'eskalasyon',
  ].flatMap((line) => line.split(' ')),
);

/** Words that turn the word behind them around. */
const NEGATIONS = new Set(
  'no not non never without un nicht kein keine nie ohne sans pas sin nunca sem nao senza geen niet zonder bez nie ingen ikke inte utan ei ne nem nu'.split(
    ' ',
  ),
);

/** Words behind an escalation that say that there is none (any more). */
const ENDS = new Set(
  '0 no none false never off removed resolved ended over nein nicht keine non aucun ninguna nessuna geen'.split(' '),
);

/**
 * A name says that a case is escalated: one of its words is a word for it in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish,
 * Swedish, Danish, Norwegian, Finnish, Czech, Slovak, Hungarian, Romanian or Turkish, and the name does not deny it (`not_escalated`, `de-escalated`,
 * `escalation: none`). Whole words only: an escalator is none. Null and names without words give false. Never throws.
 */
export function saysEscalation(name: string | null): boolean {
  if (name === null) return false;
  const known = judged.get(name);
  if (known !== undefined) return known;
  const says = judge(name);
  if (judged.size < MANY_NAMES) judged.set(name, says);
  return says;
}

/** A few names come by the million; past this many different ones none is kept any more. */
const MANY_NAMES = 5000;
const judged = new Map<string, boolean>();

/** One word of a value says that there is nothing of the kind (`none`, `not_yet`). Null and values without words deny nothing. */
export function deniesAll(value: string | null): boolean {
  return wordsOf(value).some((word) => ENDS.has(word) || NEGATIONS.has(word));
}

/**
 * A change of a field from one clear value to another marks an escalation: the new value says so and the old one did not, or the field's name says so
 * and the value is filled for the first time, or after a denial, with something that is none. Null = unset.
 */
export function becomesEscalated(field: string | null, from: string | null, to: string | null): boolean {
  if (to === null) return false;
  if (saysEscalation(to)) return !saysEscalation(from);
  return saysEscalation(field) && !deniesAll(to) && (from === null || deniesAll(from));
}

function judge(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word, place) => {
    if (!WORDS.has(word)) return false;
    const before = words[place - 1];
    if (before !== undefined && (NEGATIONS.has(before) || (before === 'de' && place === 1))) return false;
    const after = words[place + 1];
    return after === undefined || !ENDS.has(after);
  });
}
