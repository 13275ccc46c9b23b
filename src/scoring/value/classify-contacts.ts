import { CONTACT_MARKS, type ContactGroup, type ContactMark, type ContactRule } from '../../domain/contact-mix.ts';

/** Codes of a group under a mark. */
export function codesOf(group: ContactGroup, mark: ContactMark): string[] {
  if (mark === 'tag') return [...new Set(group.tags)];
  const code = group[mark];
  return code === null ? [] : [code];
}

type Classified =
  | { readonly state: 'mapped'; readonly kind: ContactRule['kind']; readonly steps: readonly string[] }
  | { readonly state: 'unmapped' }
  | { readonly state: 'disputed' };

/**
 * What the mapping says of a group: the first mark of cause, category, tag and form that has a rule decides, whatever the order of the rules.
 * Two rules of that mark that disagree leave the group disputed, which is no kind.
 */
export function classifyContacts(group: ContactGroup, rules: readonly ContactRule[]): Classified {
  for (const mark of CONTACT_MARKS) {
    const codes = codesOf(group, mark);
    const fitting = rules.filter((rule) => rule.by === mark && codes.includes(rule.value));
    const first = fitting[0];
    if (first === undefined) continue;
    if (fitting.some((rule) => rule.kind !== first.kind)) return { state: 'disputed' };
    const steps = [...new Set(fitting.flatMap((rule) => (rule.step === undefined ? [] : [rule.step])))].sort();
    return { state: 'mapped', kind: first.kind, steps };
  }
  return { state: 'unmapped' };
}
