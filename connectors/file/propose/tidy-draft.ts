import type { Draft, Field } from './draft.ts';

/** Metrics whose moment is in a file: a deadline can be held against it. */
const DATED = ['first_reply', 'resolution', 'overall'];

/**
 * Takes out what cannot stand beside the other answers, so that every set of answers gives a mapping that can be imported: a second
 * duration of one measure and clock, waiting times in business hours, a second outcome of one promise, and a deadline of the first reply
 * where nothing tells when that was.
 */
export function tidyDraft(draft: Draft): Draft {
  const durations = Object.entries(draft.durations).filter(
    ([, one], i, all) =>
      !(String(one.measure).startsWith('waiting') && one.clock === 'business') &&
      all.findIndex(([, other]) => other.measure === one.measure && other.clock === one.clock) === i,
  );
  const tidied = { ...draft, durations: Object.fromEntries(durations) };
  const sla = Object.entries(draft.sla).filter(
    ([, one], i, all) =>
      all.findIndex(([, other]) => other.metric === one.metric) === i &&
      (one.met !== undefined || canHold(tidied, one)),
  );
  return { ...tidied, sla: Object.fromEntries(sla) };
}

function canHold(draft: Draft, sla: Field): boolean {
  if (!DATED.includes(String(sla.metric))) return false;
  if (sla.metric !== 'first_reply') return true;
  const activity = draft.events.activity?.values as Record<string, unknown> | undefined;
  return (
    draft.ticket.first_reply_at !== undefined ||
    Object.values(draft.durations).some((one) => one.measure === 'first_reply' && one.clock === 'calendar') ||
    Object.values(activity ?? {}).some((effect) => effect === 'first_reply' || effect === 'reply')
  );
}
