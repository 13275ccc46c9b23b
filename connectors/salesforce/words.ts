import type { Ticket } from '../../src/domain/telemetry.ts';
import type { SlaMetric } from '../../src/kit/records/service-levels.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';
import type { Settings } from './settings.ts';

export type Status = Ticket['status'];

const inRank = (rank: 1 | 2 | 3 | 4, ...words: readonly string[]) =>
  Object.fromEntries(words.map((word) => [word, rank]));

/** Picklists are an org's own: words that a new org comes with, and common ones. */
const WORDS = {
  rank: {
    blocker: 1,
    critical: 1,
    urgent: 1,
    highest: 1,
    emergency: 1,
    high: 2,
    major: 2,
    medium: 3,
    normal: 3,
    moderate: 3,
    standard: 3,
    low: 4,
    minor: 4,
    lowest: 4,
    // Orgs that were set up in another language have these words in place of high, medium and low.
    ...inRank(1, 'kritisch', 'dringend', 'sehr hoch', 'critique', 'urgente', 'crítica', 'crítico', '緊急'),
    ...inRank(2, 'hoch', 'haute', 'élevée', 'alta', 'alto', 'hoog', '高', '높음'),
    ...inRank(3, 'mittel', 'moyenne', 'media', 'medio', 'média', 'médio', 'gemiddeld', '中', '보통'),
    ...inRank(4, 'niedrig', 'faible', 'basse', 'baja', 'bajo', 'bassa', 'baixa', 'baixo', 'laag', '低', '낮음'),
  },
  type: {
    question: 'question',
    inquiry: 'question',
    incident: 'incident',
    outage: 'incident',
    problem: 'problem',
    bug: 'problem',
    task: 'task',
    'service request': 'task',
    change: 'change',
    'change request': 'change',
  },
} as const;

export function wordsOf(settings: Settings) {
  return vocabulary(WORDS, { rank: settings.priorities as Record<string, 1 | 2 | 3 | 4> });
}
export type VendorWords = ReturnType<typeof wordsOf>;

/** `P1`, `Sev 2`, `1 - Critical`; the fourth and all below are rank 4. Null for a word that says nothing. */
export function rankOf(value: string | null, words: VendorWords): number | null {
  if (value === null) return null;
  const digit = /^(?:p|s|sev|severity|prio|priority)?[\s_.-]*([1-5])(?!\d)/i.exec(value.trim())?.[1];
  const name = value.replace(/^[\s\d.:_-]+/, '');
  return words.rank(value) ?? words.rank(name) ?? (digit === undefined ? null : Math.min(Number(digit), 4));
}

const CHANNELS: Patterns<NonNullable<Ticket['channel']>> = [
  [/monitor|alert|event/i, 'monitoring'],
  [/mail|correo|courriel|メール|이메일|邮件/i, 'email'],
  [/phone|call|voice|t[eé]l[eéè]fon|電話|전화|电话/i, 'voice'],
  [/chat|live ?agent/i, 'chat'],
  [/messag|sms|whats ?app|text/i, 'messaging'],
  [/social|facebook|twitter|instagram|linkedin/i, 'social'],
  [/portal|communit|experience|self.?service/i, 'portal'],
  [/\bapi\b|integration/i, 'api'],
  [/web|form|site|internet/i, 'web'],
];

/** Channel by the origin of a case, whose words are an org's own. */
export function channelOf(origin: string | null): Ticket['channel'] {
  return origin === null ? null : (firstFit(CHANNELS, origin) ?? 'other');
}

const SOLVED = /resolv|solved|fixed|done|complete|gelöst|erledigt|résolu|resuelt|risolt|conclu[ií]d|opgelost|解決/i;
const OPEN: Patterns<Status> = [
  [/third|vendor|supplier|partner|engineering|develop|on[ -]?hold|approval|internal/i, 'hold'],
  [
    /customer|client|requester|reply|feedback|response|pending|awaiting|waiting|kunde|attente|pendiente|pendente|aguardando|in attesa|wacht/i,
    'pending',
  ],
  [SOLVED, 'solved'],
  [/^(?:new|neu|nouveau|nouvelle|nuev[oa]|nuov[oa]|nov[oa]|nieuw)\b|^新規|^신규|^新建/i, 'new'],
];

/** Category of a status. `closed` is what the org says of it, null = it does not list it any more; then the name alone tells. */
export function statusOf(name: string, closed: boolean | null, settings: Settings): Status {
  const own = Object.entries(settings.statuses).find(([word]) => word.toLowerCase() === name.toLowerCase())?.[1];
  if (own !== undefined) return own;
  if (
    closed === true ||
    (closed === null && /clos|cancel|geschlossen|ferm|cerrad|chius|fechad|gesloten|クローズ|종료|关闭/i.test(name))
  )
    return SOLVED.test(name) ? 'solved' : 'closed';
  return firstFit(OPEN, name) ?? 'open';
}

const MILESTONES: Patterns<SlaMetric | null> = [
  [
    /first (?:response|reply|answer|contact)|initial (?:response|reply)|erste[rn]? (?:antwort|reaktion)|premi[eè]re r[eé]ponse|primera respuesta|primeir[ao] (?:resposta|contato)|prima risposta/i,
    'first_reply',
  ],
  [/(?:next|subsequent|ongoing|follow[ -]?up) (?:response|reply|answer)|n[aä]chste[rn]? antwort/i, 'next_reply'],
  [/update/i, 'periodic_update'],
  [/approv|review|root cause|\brca\b/i, null],
  [/r[eé]sol|risol|close|closure|time to (?:fix|solve)|l[oö]sung/i, 'resolution'],
  [/response|reply|reaktion|antwort|r[eé]ponse|respuesta|resposta/i, 'first_reply'],
];

/** What a milestone promises, by its name; null where the name does not say. */
export function milestoneMetric(name: string | null, settings: Settings): SlaMetric | null {
  if (name === null) return null;
  return settings.milestones[name] ?? firstFit(MILESTONES, name);
}
