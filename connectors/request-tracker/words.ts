import type { Ticket } from '../../src/domain/telemetry.ts';
import { readIssueReferences } from '../../src/kit/issue-references.ts';
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

/** Category of a status word; null for a word of an own lifecycle that settings.statuses does not name. */
export function statusOf(word: string, settings: Settings): Status | null {
  return settings.statuses[word] ?? STATUSES[word.toLowerCase()] ?? null;
}

/** Rank of RT's priority number; null below the lowest band, since RT writes 0 for "not set". */
export function rankOf(priority: number, settings: Settings): number | null {
  const bands = [...settings.priorities].sort((a, b) => b.from - a.from);
  return bands.find((band) => priority >= band.from)?.rank ?? null;
}

export function rankText(value: string | null, settings: Settings): string | null {
  const rank = value === null || !/^-?\d+$/.test(value) ? null : rankOf(Number(value), settings);
  return rank === null ? null : String(rank);
}

export type LinkTarget =
  | { readonly kind: 'ticket'; readonly id: string }
  | { readonly kind: 'article'; readonly id: string }
  | { readonly kind: 'issue'; readonly system: string; readonly key: string }
  | { readonly kind: 'other'; readonly system: string | null; readonly key: string };

/** RT names its own records by URI: `fsck.com-rt://org/ticket/12`, `fsck.com-article://org/article/3`. */
export function linkTarget(uri: string): LinkTarget {
  const own = /^fsck\.com-rt:\/\/[^/]*\/ticket\/(\d+)$/i.exec(uri)?.[1] ?? /^t:(\d+)$/i.exec(uri)?.[1];
  if (own !== undefined) return { kind: 'ticket', id: own };
  const article = /^fsck\.com-article:\/\/[^/]*\/article\/(\d+)$/i.exec(uri)?.[1] ?? /^a:(\d+)$/i.exec(uri)?.[1];
  if (article !== undefined) return { kind: 'article', id: article };
  const [issue] = readIssueReferences(uri);
  if (issue !== undefined) return { kind: 'issue', system: issue.system, key: issue.key };
  return { kind: 'other', system: /^https?:/i.test(uri) ? 'web' : null, key: uri };
}
