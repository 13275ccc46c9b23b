import { CONTACT_MARKS, type ContactGroup, type ContactMark, type ContactRule } from '../../domain/contact-mix.ts';
import type { ValueModel } from '../../domain/value-model.ts';
import type { ContactProposal } from '../../domain/value-verdict.ts';
import { codesOf } from './classify-contacts.ts';

const COUNTS = ['contacts', 'returning', 'linked', 'one_reply', 'known_answer'] as const;
type Counts = Record<(typeof COUNTS)[number], number>;

function percentOf(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}

/** What repeats in the contacts of one code, and the kind that it speaks for. */
function judgeCode(counts: Counts, lines: ValueModel['proposal']): Pick<ContactProposal, 'kind' | 'why'> {
  const n = counts.contacts;
  const share = (key: keyof Counts) => counts[key] / n;
  const says = (key: keyof Counts, words: string) => `${percentOf(counts[key], n)} ${words}`;
  if (share('returning') >= lines.eroding.returning)
    return { kind: 'eroding', why: says('returning', 'come back on the same topic within two weeks of a solution') };
  if (share('linked') >= lines.eroding.linked)
    return { kind: 'eroding', why: says('linked', 'are tied to an issue or a problem') };
  if (share('one_reply') >= lines.routine.one_reply && share('known_answer') >= lines.routine.known_answer)
    return {
      kind: 'routine',
      why: `${says('one_reply', 'are solved with one reply')}, ${says('known_answer', 'with an answer that is kept')}`,
    };
  return { kind: null, why: 'nothing that repeats tells; say it yourself' };
}

/**
 * A kind for every code that is frequent enough and has no rule yet, by what repeats in its contacts; most contacts first.
 * Nothing here says that a contact adds value: that only people can know. No groups give no proposals.
 */
export function proposeMapping(
  groups: readonly ContactGroup[],
  rules: readonly ContactRule[],
  lines: ValueModel['proposal'],
): ContactProposal[] {
  const sums = new Map<string, { by: ContactMark; value: string; counts: Counts }>();
  for (const group of groups)
    for (const by of CONTACT_MARKS)
      for (const value of codesOf(group, by)) {
        const key = JSON.stringify([by, value]);
        const entry = sums.get(key) ?? {
          by,
          value,
          counts: { contacts: 0, returning: 0, linked: 0, one_reply: 0, known_answer: 0 },
        };
        for (const count of COUNTS) entry.counts[count] += group[count];
        sums.set(key, entry);
      }
  const total = groups.reduce((sum, group) => sum + group.contacts, 0);
  return [...sums.values()]
    .filter(({ by, value, counts }) => {
      const known = rules.some((rule) => rule.by === by && rule.value === value);
      return !known && counts.contacts >= lines.contacts;
    })
    .sort(
      (a, b) =>
        b.counts.contacts - a.counts.contacts ||
        CONTACT_MARKS.indexOf(a.by) - CONTACT_MARKS.indexOf(b.by) ||
        (a.value < b.value ? -1 : 1),
    )
    .map(({ by, value, counts }) => ({
      by,
      value,
      contacts: counts.contacts,
      covers: counts.contacts / total,
      ...judgeCode(counts, lines),
    }));
}
