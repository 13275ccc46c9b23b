import type { Ticket } from '../../src/domain/telemetry.ts';
import { firstFit, type Patterns, vocabulary } from '../../src/kit/vocabulary.ts';
import type { Status as Row } from './schema.ts';
import type { Settings } from './settings.ts';

type Status = Ticket['status'];

/** Names that a new Redmine comes with, in some of its languages, and others that are common. */
export const WORDS = vocabulary({
  type: {
    support: 'question',
    question: 'question',
    unterstützung: 'question',
    assistance: 'question',
    incident: 'incident',
    bug: 'problem',
    fehler: 'problem',
    anomalie: 'problem',
    problem: 'problem',
    task: 'task',
    aufgabe: 'task',
    change: 'change',
  },
  rank: {
    immediate: 1,
    sofort: 1,
    urgent: 1,
    dringend: 1,
    critical: 1,
    high: 2,
    hoch: 2,
    normal: 3,
    medium: 3,
    low: 4,
    niedrig: 4,
  },
});

const SOLVED = /resol|solv|fixed|done|complete|gel[oö]st|erledigt|behoben|r[eé]solu/i;
const CLOSED = /closed|reject|cancel|declin|duplicate|won.?t|geschlossen|abgewiesen|abgelehnt|ferm[eé]|rejet/i;
const OPEN_NAMES: Patterns<Status> = [
  [/third|vendor|supplier|partner|on[ -]?hold|development|engineering|blocked|escalat/i, 'hold'],
  [/feedback|customer|reporter|requester|pending|awaiting|waiting|kommentar|r[uü]ckmeldung|commentaire/i, 'pending'],
  [SOLVED, 'solved'],
  [/^(?:new|neu|nouveau|nuevo|nuovo|novo|nieuw)$/i, 'new'],
];

/** Category of a status: what people said, else closed or not as the vendor has it, which the name tells apart further. */
export function statusOf(row: Row, settings: Settings): Status {
  const own = settings.statuses[row.id];
  if (own !== undefined) return own;
  const name = row.name ?? '';
  if (row.is_closed === true) return SOLVED.test(name) && !CLOSED.test(name) ? 'solved' : 'closed';
  return firstFit(OPEN_NAMES, name) ?? 'open';
}

/** How an issue of another team was closed, by the name of its status; null where the name does not say. */
export function closedAs(name: string | null): 'fixed' | 'duplicate' | 'rejected' | null {
  if (/duplic|doppelt/i.test(name ?? '')) return 'duplicate';
  if (/reject|invalid|declin|won.?t|abgewiesen|abgelehnt|rejet/i.test(name ?? '')) return 'rejected';
  return SOLVED.test(name ?? '') ? 'fixed' : null;
}
