import { expect, it } from 'vitest';
import type { CountsMapping } from './counts-schema.ts';
import { readCounts, startOfIsoWeek } from './read-counts.ts';

const WEEKS: CountsMapping = {
  version: 1,
  mode: 'deflection',
  starts: { column: 'Week' },
  length: 'week',
  counts: { visits: 'Visits', bot_sessions: 'Bot' },
};
const MONDAY = Date.UTC(2026, 0, 5);

it('leaves a week out until it is over', () => {
  const rows = [{ nr: 1, start: MONDAY, cells: { visits: '7' } }];
  expect(readCounts(rows, WEEKS, new Date('2026-01-11T23:59:59Z'))).toMatchObject({
    unfinished: [1],
    since: null,
    stated: [],
  });
  expect(readCounts(rows, WEEKS, new Date('2026-01-12T00:00:00Z'))).toMatchObject({
    unfinished: [],
    since: new Date('2026-01-05T00:00:00Z'),
    until: new Date('2026-01-12T00:00:00Z'),
    stated: ['visits'],
  });
});

it('says nothing where a cell is empty, and zero only where zero stands', () => {
  const rows = [
    { nr: 1, start: MONDAY, cells: { visits: '1 234', bot_sessions: 'n/a' } },
    { nr: 2, start: MONDAY + 7 * 86_400_000, cells: { visits: '0', bot_sessions: '' } },
  ];
  const { records, problems } = readCounts(rows, WEEKS, new Date('2026-03-01T00:00:00Z'));
  expect(problems).toEqual([]);
  expect(records.help_centre_count?.map(({ visits, searches }) => [visits, searches])).toEqual([
    [1234, null],
    [0, null],
  ]);
  expect(records.bot_count).toEqual([]);
});

// ISO 8601: the first week of a year holds its 4 January; 2026 has 53 weeks, 2025 has 52.
it('reads ISO weeks', () => {
  const day = (text: string) => {
    const at = startOfIsoWeek(text);
    return at === null ? null : new Date(at).toISOString().slice(0, 10);
  };
  expect(['2026-W01', '2026-W53', '2021-W01', '2020W53'].map(day)).toEqual([
    '2025-12-29',
    '2026-12-28',
    '2021-01-04',
    '2020-12-28',
  ]);
  expect(['2025-W53', '2026-W00', '2026-01-05'].map(day)).toEqual([null, null, null]);
});
