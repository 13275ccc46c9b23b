import { articleUrl } from './conversations.ts';
import { happens, type Run, startEdit, VIA_WEB } from './ticket-log.ts';
import { fillWords } from './vocabulary.ts';
import type { SimAgent, SimArticle, SimTicket } from './world.ts';

/** People who write and mend articles: a part of those who answer, always the same. */
export function listWriters<T extends { readonly light: boolean }>(staff: readonly T[], share: number): T[] {
  const full = staff.filter((agent) => !agent.light);
  return full.slice(0, Math.max(1, Math.round(full.length * share)));
}

/** After a solution, somebody who writes makes an article of it and links it in the case. */
export function writeFromCase(run: Run, agent: SimAgent, ticket: SimTicket): void {
  const { world, random } = run;
  const { writing } = world.practices;
  if (writing?.fromCases === undefined || world.practices.knowledge === null) return;
  if (!listWriters(world.agents, writing.writers ?? 1).includes(agent) || !happens(run, writing.fromCases)) return;
  const { topic } = ticket.plan;
  const now = run.agenda.now();
  const number = world.articles.length + 1;
  const article: SimArticle = {
    id: 7_253_900_000_101 + number * 337,
    title: fillWords(random.pick(world.words.articles), { topic: topic.title, number }),
    topic: topic.key,
    sample: false,
    draft: false,
    createdAt: now,
    editedAt: now,
    author: agent.user,
    votesUp: random.poisson(2),
    votesDown: random.poisson(1),
  };
  world.articles.push(article);
  startEdit(run, ticket)
    .comment(agent.user, false, fillWords(world.words.texts.linked, { url: articleUrl(world, article) }))
    .commit(agent.user, VIA_WEB);
}
