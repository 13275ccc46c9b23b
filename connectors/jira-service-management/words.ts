import type { SLA_METRICS, Ticket } from '../../src/domain/telemetry.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';
import type { Status as Row } from './schema.ts';
import type { Settings } from './settings.ts';

type Status = Ticket['status'];
export type SlaMetric = (typeof SLA_METRICS)[number];

/** Words that the vendor fixes, and names that a new site comes with. */
export const WORDS = vocabulary({
  channel: {
    portal: 'portal',
    anonymousportal: 'portal',
    anonymous: 'portal',
    email: 'email',
    jira: 'other',
    api: 'api',
    widget: 'web',
    chat: 'messaging',
    slack: 'messaging',
  },
  type: {
    question: 'question',
    support: 'question',
    incident: 'incident',
    problem: 'problem',
    bug: 'problem',
    task: 'task',
    'service request': 'task',
    change: 'change',
  },
  rank: { highest: 1, blocker: 1, critical: 1, high: 2, major: 2, medium: 3, low: 4, minor: 4, lowest: 4, trivial: 4 },
});

/** `[System] Incident`, as the vendor's templates write it, is an incident. */
export function typeOf(name: string | null): Ticket['type'] {
  return name === null ? null : (WORDS.type(name.replace(/^\[system\]\s*/i, '')) ?? 'other');
}

const CLOSED = /clos|cancel|declin|reject|withdrawn|duplicate|abgelehnt|abgebrochen|geschlossen|annul|cerrad/i;
const OPEN_NAMES: Patterns<Status> = [
  [/(?:waiting|awaiting|wait|pending) ?(?:for|on)? (?:support|agent|us)\b|auf support/i, 'open'],
  [/customer|requester|reporter|kunde|client|feedback|information/i, 'pending'],
  [/vendor|supplier|third|partner|on[ -]?hold|approval|engineering|development|pending|waiting|wartet/i, 'hold'],
];

/** Names that begin with an end, for statuses that the site has no more. */
const CLOSED_AT_ONCE = new RegExp(`^(?:${CLOSED.source})`, 'i');
const ENDED =
  /^(?:done|resolved|solved|fixed|completed?|finished|erledigt|gelöst|fertig|terminée?|résolue?|resuelt[oa]|conclu[ií]d[oa])\b/i;

/**
 * Category of a status: what people said, else the vendor's own category, which name tells apart further: the name as it was given before the name in the language
 * of whoever reads. A status that is gone has no category any more: what its name does not say was still some work.
 */
export function statusOf(row: Row, settings: Settings): Status {
  const own = settings.statuses[row.id];
  if (own !== undefined) return own;
  const names = namesOf(row);
  const says = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const category = row.statusCategory?.key?.toLowerCase();
  if (category === 'done') return says(CLOSED) ? 'closed' : 'solved';
  for (const name of names) {
    const named = firstFit(OPEN_NAMES, name);
    if (named !== null) return named;
  }
  if (category === 'new') return 'new';
  if (category === 'indeterminate') return 'open';
  return says(CLOSED_AT_ONCE) ? 'closed' : says(ENDED) ? 'solved' : 'open';
}

/** Whether a status or a field goes by a name, in either language. */
export function isCalled(row: Pick<Row, 'untranslatedName' | 'name'>, name: string | null): boolean {
  return name !== null && namesOf(row).some((one) => one.toLowerCase() === name.toLowerCase());
}

/** What a status or a field is called, as it was given first. */
export function namesOf({ untranslatedName, name }: Pick<Row, 'untranslatedName' | 'name'>): string[] {
  return [untranslatedName, name].filter((one) => one !== null);
}

const SLAS: Patterns<SlaMetric | null> = [
  [
    /(?:first|initial) (?:response|reply|answer)|erste[rn]? (?:antwort|reaktion|reaktionszeit)|premi[eè]re r[eé]ponse|primera respuesta/i,
    'first_reply',
  ],
  [/next (?:response|reply|answer)|n[aä]chste[rn]? antwort/i, 'next_reply'],
  [/update/i, 'periodic_update'],
  [/after resolution|approv|review/i, null],
  [/r[eé]sol|time to done|l[oö]sung|erledigung|fertig/i, 'resolution'],
];

/** What an SLA promises, by the names of its field; null where no name says it. "After resolution" and approvals promise customers nothing. */
export function slaMetric(names: readonly string[]): SlaMetric | null {
  for (const name of names) {
    const found = SLAS.find(([pattern]) => pattern.test(name));
    if (found !== undefined) return found[1];
  }
  return null;
}
