import { canJudge } from './derive-clocks.ts';
import { tellsOffers } from './derive-csat.ts';
import type { Plan } from './plan.ts';

/** What the mapping asks for and the file can give in part only, in words for the screen. */
export function describeTargets(plan: Plan): string[] {
  const notes: string[] = [];
  const { satisfaction, waiting, sla } = plan.mapping;
  if (satisfaction !== undefined && satisfaction.answered_at === undefined)
    notes.push(
      `${satisfaction.column}: satisfaction is not dated; answers${tellsOffers(plan) ? ' and offers' : ''} are counted at the end of their ticket.`,
    );
  if (satisfaction !== undefined && !tellsOffers(plan))
    notes.push(`${satisfaction.column}: the file does not tell who was asked, so the share of answers is not known.`);
  if (waiting !== undefined && plan.mode === 'tickets')
    notes.push(`${waiting.column}: one row a ticket does not tell how long a ticket waited; it is not used.`);
  for (const one of sla ?? [])
    if (!canJudge(plan, one))
      notes.push(
        `${deadlineOf(one)}: the file does not date the ends of its tickets, so nothing can be held against this deadline.`,
      );
    else if (one.target !== undefined)
      notes.push(`${one.target.column}: the target of ${one.metric} runs on the wall clock from creation.`);
  return notes;
}

function deadlineOf({ due_at, target }: NonNullable<Plan['mapping']['sla']>[number]): string {
  return typeof due_at === 'string' ? due_at : ((due_at ?? target)?.column ?? 'sla');
}
