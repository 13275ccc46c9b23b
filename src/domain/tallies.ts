import type { Tally } from './operations.ts';

/** Counters that processes of the fleet add to, and that /metrics shows. Labels are bounded: vendors, statuses, bucket bounds. */
export const TALLY_NAMES = {
  /** Labels vendor, status (`200`, `404`, ..., or `error` when there was no reply). */
  vendorRequests: 'vendor_requests_total',
  /** Label vendor. */
  vendorRateLimited: 'vendor_rate_limited_total',
  /** Label le, seconds; each bucket counts what took at most that long. */
  snapshotDurationBucket: 'snapshot_duration_seconds_bucket',
  snapshotDurationSum: 'snapshot_duration_seconds_sum',
  snapshotDurationCount: 'snapshot_duration_seconds_count',
  /** Label channel. */
  noticesDelivered: 'notices_delivered_total',
  /** Label channel; those that are given up, not each attempt. */
  noticesFailed: 'notices_failed_total',
} as const;

/** Bounds of the buckets, seconds; from a small desk to the largest that one worker measures. */
export const SNAPSHOT_DURATION_BOUNDS_S = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600] as const;

/** What to add when one request to a vendor has ended; `status` null = there was no reply. */
export function requestTallies(vendor: string, status: number | null): Tally[] {
  const tallies: Tally[] = [
    { name: TALLY_NAMES.vendorRequests, labels: { vendor, status: status === null ? 'error' : `${status}` }, value: 1 },
  ];
  if (status === 429) tallies.push({ name: TALLY_NAMES.vendorRateLimited, labels: { vendor }, value: 1 });
  return tallies;
}

/** What to add when one snapshot run has ended well, from its start to its publication. Negative durations count as 0. */
export function snapshotDurationTallies(durationS: number): Tally[] {
  const seconds = Math.max(0, durationS);
  const reached = SNAPSHOT_DURATION_BOUNDS_S.filter((bound) => seconds <= bound).map((bound) => `${bound}`);
  return [
    ...[...reached, '+Inf'].map((le) => ({ name: TALLY_NAMES.snapshotDurationBucket, labels: { le }, value: 1 })),
    { name: TALLY_NAMES.snapshotDurationSum, labels: {}, value: seconds },
    { name: TALLY_NAMES.snapshotDurationCount, labels: {}, value: 1 },
  ];
}

/** What to add when one notice has reached one target, or was given up. */
export function noticeTallies(end: 'noticesDelivered' | 'noticesFailed', channel: string): Tally[] {
  return [{ name: TALLY_NAMES[end], labels: { channel }, value: 1 }];
}
