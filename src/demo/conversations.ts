import { CANARIES } from './people.ts';
import type { TopicPractice } from './practices.ts';
import type { Random } from './random.ts';
import type { SimArticle, SimUser } from './world.ts';

/** Neutral made-up sentences. They carry names, addresses and canaries on purpose: nothing derived from a desk may repeat them. */

export type Utterance =
  | 'open'
  | 'question'
  | 'answer'
  | 'solution'
  | 'chase'
  | 'thanks'
  | 'again'
  | 'handover'
  | 'swarm'
  | 'update'
  | 'reminder'
  | 'engineering'
  | 'alert'
  | 'clear'
  | 'outbound'
  | 'bot'
  | 'side';

const WORDS: Record<Utterance, readonly string[]> = {
  open: [
    'we have trouble with {topic} since this morning and cannot go on with our work.',
    'could you help us with {topic}? It does not do what the manual says.',
    'something about {topic} looks wrong in our account, please have a look.',
  ],
  question: [
    'thank you for writing. Which version do you use, and since when do you see this?',
    'could you send us a picture of the screen and the time when it happened?',
    'to look into {topic} we need the number of the affected record.',
  ],
  answer: [
    'here is what you asked for: the record is 4711 and it started yesterday.',
    'we use the current version, see the attached picture.',
  ],
  solution: [
    'we have corrected the setting for {topic}. Please try again.',
    'the cause was a stale entry; it is removed and {topic} works again.',
    'this is how {topic} is meant to work; the steps below lead to what you want.',
  ],
  chase: ['is there any news about this?', 'we are still waiting for an answer, when can we expect it?'],
  thanks: ['thanks, that works now.', 'great, thank you for the quick help.'],
  again: ['it happened again, the same as before.', 'sorry, this did not help, the problem is still there.'],
  handover: [
    'first checks are done, handing over to the team that knows {topic}.',
    'needs a deeper look, logs are attached.',
  ],
  swarm: [
    'I have seen this before, look at the queue of the import.',
    'joining in: the log points at the last release.',
    'tried it here and can reproduce it.',
  ],
  update: [
    'a short update: we are still working on {topic} and will write again tomorrow.',
    'our engineers have found the place; the correction is being tested.',
  ],
  reminder: ['we have not heard from you for a while. Do you still need help with {topic}?'],
  engineering: [
    'reproduced and filed, the fix is planned for the next release.',
    'fixed on the main branch, rolled out tonight.',
  ],
  alert: ['check failed: {topic} above limit for 5 minutes.', 'probe timed out three times: {topic}.'],
  clear: ['check is back to normal.'],
  outbound: [
    'we see that {topic} is slow for you at the moment and are working on it. You do not need to do anything.',
  ],
  bot: ['this article may answer your question about {topic}.'],
  side: ['could you look up the invoice for this customer?', 'please confirm that the contract covers this.'],
};

const NEEDS_SIGNATURE: ReadonlySet<Utterance> = new Set(['open', 'answer', 'chase', 'again', 'thanks']);

export function saySomething(kind: Utterance, topic: TopicPractice, speaker: SimUser, random: Random): string {
  const sentence = random.pick(WORDS[kind]).replace('{topic}', topic.title.toLowerCase());
  if (!NEEDS_SIGNATURE.has(kind)) return `Hello, ${sentence}`;
  const canary = random.chance(0.02) ? ` Our reference is ${CANARIES.phrase}, call ${CANARIES.phone}.` : '';
  return `Hello, ${sentence}${canary} Regards, ${speaker.name} <${speaker.email}>`;
}

export function writeSubject(topic: TopicPractice, requester: SimUser, random: Random): string {
  const canary = random.chance(0.01) ? ` (${CANARIES.phrase})` : '';
  return random.weigh({
    plain: 4,
    named: 1,
  }) === 'plain'
    ? `${topic.title}${canary}`
    : `${topic.title} for ${requester.name}${canary}`;
}

export function articleUrl(subdomain: string, article: SimArticle): string {
  const slug = article.title.replace(/[^A-Za-z0-9]+/g, '-');
  return `https://${subdomain}.zendesk.com/hc/en-us/articles/${article.id}-${slug}`;
}
