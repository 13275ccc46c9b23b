import { createRandom, type Random } from '../random.ts';
import type { TierPlace, Vocabulary } from '../vocabulary.ts';
import { ENGLISH } from './english.ts';

const CONSONANTS = [...'bdfgklmnprstvz'];
const VOWELS = [...'aeiou'];
/** Placeholders stay, and so does what the vendor's own templates fill in. */
const PIECES = /\{\{[^}]*\}\}|\{\w+\}|\p{L}+/gu;
const PLACES: readonly { readonly shownOn: readonly TierPlace[]; readonly selectedBy: TierPlace }[] = [
  { shownOn: ['org_field', 'org_tag'], selectedBy: 'org_tag' },
  { shownOn: ['org_field', 'org_tag'], selectedBy: 'org_field' },
  { shownOn: ['org_tag'], selectedBy: 'org_tag' },
  { shownOn: ['org_field', 'ticket_field'], selectedBy: 'ticket_field' },
  { shownOn: ['org_tag', 'ticket_field'], selectedBy: 'org_tag' },
];

/**
 * Invented words: no name says anything, and the same seed gives the same words. One word of the English vocabulary becomes one
 * invented word wherever it stands, and no two become the same. How tiers and escalations are shown is drawn too. The tag of the issue
 * tracker's own app is left out.
 */
export function opaque(seed: string): Vocabulary {
  const random = createRandom(`opaque/${seed}`);
  const invent = inventor(random.fork('words'));
  const structure = random.fork('structure');
  const spoken = reword(ENGLISH, invent) as Vocabulary;
  const affix = `${invent('mark')}_`;
  return {
    ...spoken,
    key: `opaque-${seed}`,
    locale: ENGLISH.locale,
    brand: capital(invent('brand')),
    tiers: {
      ...spoken.tiers,
      ...structure.pick(PLACES),
      ...structure.pick([
        { prefix: '', suffix: '' },
        { prefix: affix, suffix: '' },
        { prefix: '', suffix: `_${invent('mark')}` },
      ]),
      lowestTagged: structure.chance(0.5),
    },
    escalation: { ...spoken.escalation, as: structure.pick(['tag', 'checkbox', 'dropdown', 'status'] as const) },
    monitoringTool: capital(invent('monitor')),
    tags: { ...spoken.tags, engineering: null },
  };
}

/** Invents each word once, two or three syllables long. */
function inventor(random: Random): (word: string) => string {
  const known = new Map<string, string>();
  const used = new Set<string>();
  return (word) => {
    const key = word.toLowerCase();
    const before = known.get(key);
    if (before !== undefined) return before;
    for (;;) {
      const syllables = random.int(2, 3);
      const made = Array.from({ length: syllables }, () => random.pick(CONSONANTS) + random.pick(VOWELS)).join('');
      if (used.has(made)) continue;
      used.add(made);
      known.set(key, made);
      return made;
    }
  };
}

function reword(value: unknown, invent: (word: string) => string): unknown {
  if (typeof value === 'string')
    return value.replaceAll(PIECES, (piece) => {
      if (piece.startsWith('{')) return piece;
      const made = invent(piece);
      return piece.charAt(0) === piece.charAt(0).toUpperCase() ? capital(made) : made;
    });
  if (Array.isArray(value)) return value.map((entry) => reword(entry, invent));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, reword(entry, invent)]));
  return value;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
