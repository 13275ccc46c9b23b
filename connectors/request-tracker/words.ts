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

/** Line of support by queue name: settings, else words like "Tier 2", "L3", "2nd line". Null when neither tells. */
export function tierOf(queue: string, settings: Settings): number | null {
  const set = settings.tiers[queue];
  if (set !== undefined) return set;
  const found =
    /\b(?:tier|level|line)[ _-]?([1-4])\b/i.exec(queue)?.[1] ??
    /\bL([1-4])\b/.exec(queue)?.[1] ??
    /\b([1-4])(?:st|nd|rd|th)[ _-](?:tier|level|line)\b/i.exec(queue)?.[1];
  return found === undefined ? null : Number(found);
}

const PURPOSES = [
  ['escalation', /escalat/i],
  ['engineering', /\b(engineering|developers?|devs?|r&d)\b/i],
  ['product', /\bproduct\b/i],
  ['premium', /\b(premium|vip|enterprise)\b/i],
  ['partner', /\bpartners?\b/i],
  ['sales', /\bsales\b/i],
  ['support', /\b(support|help ?desk|service ?desk)\b/i],
] as const;

export function purposeOf(name: string): (typeof PURPOSES)[number][0] | null {
  return PURPOSES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
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
