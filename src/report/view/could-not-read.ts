import type { Finding } from '../../domain/finding.ts';
import { percent } from '../numbers.ts';

/** Share from which on what a signal could not read is said on the first screen. */
const MUCH_UNREAD = 0.1;

/**
 * Share of the cases of a signal that could not be read (neither a hit nor a miss), 0..1; null when it read all of them, or looked at none
 * because its streams are not there at all.
 */
export function unreadShare(finding: Finding): number | null {
  const unknown = finding.excluded.unknown ?? 0;
  if (unknown === 0 || (finding.status !== 'measured' && finding.status !== 'insufficient')) return null;
  return unknown / (finding.n + unknown);
}

/** "3 signals could not read more than 10 % of their cases: F3 (40 %), ..."; the blindest first; null when none. */
export function sayUnread(findings: readonly Finding[]): string | null {
  const much = findings
    .flatMap((finding) => {
      const share = unreadShare(finding);
      return share === null || share <= MUCH_UNREAD ? [] : [{ id: finding.signal.split('-')[0] ?? '', share }];
    })
    .sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
  if (much.length === 0) return null;
  const list = much.map(({ id, share }) => `${id} (${percent(share)})`).join(', ');
  return `${much.length === 1 ? '1 signal' : `${much.length} signals`} could not read more than ${percent(MUCH_UNREAD)} of ${much.length === 1 ? 'its' : 'their'} cases, which is not the same as absent: ${list}`;
}
