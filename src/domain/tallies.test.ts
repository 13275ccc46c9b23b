import { describe, expect, it } from 'vitest';
import { requestTallies, snapshotDurationTallies } from './tallies.ts';

describe('snapshotDurationTallies', () => {
  it.each([
    [0, 13],
    [1, 13],
    [1.01, 12],
    [60, 7],
    [3_600, 2],
    [3_601, 1],
  ])('counts %d s in %i buckets, the last without bound', (seconds, buckets) => {
    const tallies = snapshotDurationTallies(seconds);
    const bucket = tallies.filter(({ name }) => name.endsWith('_bucket'));
    expect(bucket).toHaveLength(buckets);
    expect(bucket.at(-1)?.labels).toEqual({ le: '+Inf' });
    expect(tallies.find(({ name }) => name.endsWith('_sum'))?.value).toBe(seconds);
    expect(tallies.find(({ name }) => name.endsWith('_count'))?.value).toBe(1);
  });

  it('counts a clock that was set back as no time', () => {
    expect(snapshotDurationTallies(-5).find(({ name }) => name.endsWith('_sum'))?.value).toBe(0);
  });
});

describe('requestTallies', () => {
  it('counts a 429 twice: as a request, and as being asked to wait', () => {
    expect(requestTallies('zendesk', 429)).toEqual([
      { name: 'vendor_requests_total', labels: { vendor: 'zendesk', status: '429' }, value: 1 },
      { name: 'vendor_rate_limited_total', labels: { vendor: 'zendesk' }, value: 1 },
    ]);
    expect(requestTallies('zendesk', null)).toEqual([
      { name: 'vendor_requests_total', labels: { vendor: 'zendesk', status: 'error' }, value: 1 },
    ]);
  });
});
