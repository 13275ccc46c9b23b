import type { Ticket } from '../../src/domain/telemetry.ts';
import { readIssueReferences } from '../../src/kit/issue-references.ts';
import { rankText } from '../../src/kit/records/history.ts';
import type { Settings } from './settings.ts';

type Status = Ticket['status'];

/**
 * RT's default lifecycle. `rejected` ends a ticket without a solution, so it is closed, not solved; RT knows no closing of
 * resolved tickets. https://docs.bestpractical.com/rt/5.0.7/customizing/lifecycles.html
 */
const STATUSES: Readonly<Record<string, Status>> = {
  new: 'new',
  open: 'open',
  stalled: 'pending',
  resolved: 'solved',
  rejected: 'closed',
  deleted: 'closed',
};

/** Category of a status word; null for a word of an own lifecycle that settings.statuses does not name, and for none. */
export function statusOf(word: string | null, settings: Settings): Status | null {
  return word === null ? null : (settings.statuses[word] ?? STATUSES[word.toLowerCase()] ?? null);
}

/** Rank of RT's priority number; null below the lowest band, since RT writes 0 for "not set". */
export function rankOf(priority: number, settings: Settings): number | null {
  const bands = [...settings.priorities].sort((a, b) => b.from - a.from);
  return bands.find((band) => priority >= band.from)?.rank ?? null;
}

/** Rank of a priority as its text. */
export function rankOfText(value: string | null, settings: Settings): string | null {
  return rankText(value === null || !/^-?\d+$/.test(value) ? null : rankOf(Number(value), settings));
}

/** What a link leads to: its id inside `system`, which is null for RT's own records and for what is no address of the web. */
interface LinkTarget {
  readonly kind: 'ticket' | 'article' | 'issue' | 'other';
  readonly id: string;
  readonly system: string | null;
}

/** RT names its own records by URI: `fsck.com-rt://org/ticket/12`, `fsck.com-article://org/article/3`, or in short `t:12`, `a:3`. */
const OWN = {
  ticket: /^(?:fsck\.com-rt:\/\/[^/]*\/ticket\/|t:)(\d+)$/i,
  article: /^(?:fsck\.com-article:\/\/[^/]*\/article\/|a:)(\d+)$/i,
} as const;

export function linkTarget(uri: string): LinkTarget {
  for (const kind of ['ticket', 'article'] as const) {
    const id = OWN[kind].exec(uri)?.[1];
    if (id !== undefined) return { kind, id, system: null };
  }
  const [issue] = readIssueReferences(uri);
  if (issue !== undefined) return { kind: 'issue', id: issue.key, system: issue.system };
  return { kind: 'other', id: uri, system: /^https?:/i.test(uri) ? 'web' : null };
}
