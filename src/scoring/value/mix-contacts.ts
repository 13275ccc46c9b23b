import { CONTACT_KINDS, type ContactGroup, type ContactKind, type ContactRule } from '../../domain/contact-mix.ts';
import type { Range } from '../../domain/range.ts';
import type { ContactMix } from '../../domain/value-verdict.ts';
import { classifyContacts } from './classify-contacts.ts';

/** Contacts of one pair. */
interface StepContacts {
  readonly contacts: number;
  /** Null = of some of them replies are not recorded. */
  readonly answered: number | null;
}

export interface MixedContacts {
  readonly mix: ContactMix;
  readonly steps: ReadonlyMap<string, StepContacts>;
}

interface Sum {
  contacts: number;
  hours: Range | null;
}

/** Ends of several ranges, added in an order of their own, so that the order of groups changes no digit. */
function addAll(ranges: readonly Range[]): Range {
  const sum = (ends: number[]) => ends.sort((a, b) => a - b).reduce((total, end) => total + end, 0);
  return { low: sum(ranges.map(({ low }) => low)), high: sum(ranges.map(({ high }) => high)) };
}

/** Hours are known together or not at all: a sum over some of the contacts would be too small. */
function sumOf(groups: readonly ContactGroup[]): Sum {
  const filled = groups.filter((group) => group.contacts > 0);
  const hours = filled.flatMap((group) => (group.hours === null ? [] : [group.hours]));
  return {
    contacts: filled.reduce((total, group) => total + group.contacts, 0),
    hours: hours.length < filled.length ? null : addAll(hours),
  };
}

/**
 * Contacts of a window by what they do to value, by the mapping of the user. Shares are of what is mapped; the bounds say what the unmapped
 * contacts leave open, so nothing unmapped is ever counted as a kind. No contacts give counts of 0 and null shares.
 */
export function mixContacts(groups: readonly ContactGroup[], rules: readonly ContactRule[]): MixedContacts {
  const classified = groups.map((group) => ({ group, is: classifyContacts(group, rules) }));
  const total = sumOf(groups).contacts;
  const disputed = sumOf(classified.flatMap(({ group, is }) => (is.state === 'disputed' ? [group] : []))).contacts;
  const mapped = sumOf(classified.flatMap(({ group, is }) => (is.state === 'mapped' ? [group] : []))).contacts;
  const part = (kind: ContactKind): ContactMix['eroding'] => {
    const own = sumOf(
      classified.flatMap(({ group, is }) => (is.state === 'mapped' && is.kind === kind ? [group] : [])),
    );
    return {
      contacts: own.contacts,
      share: mapped === 0 ? null : own.contacts / mapped,
      bounds: total === 0 ? null : { low: own.contacts / total, high: (own.contacts + total - mapped) / total },
      hours: own.hours,
    };
  };
  const [eroding, routine, adding] = CONTACT_KINDS.map(part) as [
    ContactMix['eroding'],
    ContactMix['routine'],
    ContactMix['adding'],
  ];
  const steps = new Map<string, StepContacts>();
  for (const { group, is } of classified)
    for (const step of is.state === 'mapped' ? is.steps : []) {
      const before = steps.get(step) ?? { contacts: 0, answered: 0 };
      const answered = before.answered === null || group.answered === null ? null : before.answered + group.answered;
      steps.set(step, { contacts: before.contacts + group.contacts, answered });
    }
  const covered = total === 0 ? null : mapped / total;
  return { mix: { contacts: total, mapped, disputed, covered, eroding, routine, adding }, steps };
}
