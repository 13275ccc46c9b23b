import { CANARIES } from './people.ts';
import type { TopicPractice } from './practices.ts';
import type { Run } from './ticket-log.ts';
import { fillWords, type Utterance } from './vocabulary.ts';
import type { SimArticle, SimUser, World } from './world.ts';

/** Neutral made-up sentences. They carry names, addresses and canaries on purpose: nothing derived from a desk may repeat them. */

const NEEDS_SIGNATURE: ReadonlySet<Utterance> = new Set(['open', 'answer', 'chase', 'again', 'thanks']);

export function saySomething(run: Run, kind: Utterance, topic: TopicPractice, speaker: SimUser): string {
  const { random } = run;
  const { texts } = run.world.words;
  const sentence = fillWords(random.pick(texts.sentences[kind]), { topic: topic.title.toLowerCase() });
  const greeted = fillWords(texts.greeting, { sentence });
  if (!NEEDS_SIGNATURE.has(kind)) return greeted;
  const canary = random.chance(0.02)
    ? fillWords(texts.reference, { phrase: CANARIES.phrase, phone: CANARIES.phone })
    : '';
  return `${greeted}${canary}${fillWords(texts.signature, { name: speaker.name, email: speaker.email })}`;
}

export function writeSubject(run: Run, topic: TopicPractice, requester: SimUser): string {
  const { random } = run;
  const canary = random.chance(0.01) ? ` (${CANARIES.phrase})` : '';
  return random.weigh({
    plain: 4,
    named: 1,
  }) === 'plain'
    ? `${topic.title}${canary}`
    : `${fillWords(run.world.words.texts.subject, { topic: topic.title, name: requester.name })}${canary}`;
}

export function articleUrl(world: World, article: SimArticle): string {
  const slug = article.title.replace(/[^\p{L}\p{N}]+/gu, '-');
  return `https://${world.practices.account.subdomain}.zendesk.com/hc/${world.words.locale}/articles/${article.id}-${slug}`;
}
