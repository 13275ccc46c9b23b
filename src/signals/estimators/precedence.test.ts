import { describe, expect, it } from 'vitest';
import { type Cell, estimateRows, measuredRows, repeat } from '../../../test/harness/estimate-rows.ts';

type Row = Record<string, Cell>;
const MONDAY = Date.UTC(2026, 0, 5);
const HOUR = 3600;
const at = (seconds: number | null): string | null =>
  seconds === null ? null : new Date(MONDAY + seconds * 1000).toISOString().replace('T', ' ').replace('Z', '');
const unit = (level: number, arrived: number, answered: number | null, stratum: string | null = null): Row => ({
  level,
  arrived: at(arrived),
  answered: at(answered),
  stratum,
});
/** Two that arrive together in the n-th half day; the first is answered after `one` hours, the other after `two`. */
const couple = (n: number, one: number, two: number, levels: readonly [number, number] = [1, 2]): Row[] => [
  unit(levels[0], n * 12 * HOUR, n * 12 * HOUR + one * HOUR),
  unit(levels[1], n * 12 * HOUR + 60, n * 12 * HOUR + two * HOUR),
];

// A list of forty in two strata, drawn once. Expected values: Python with numpy, a double loop over pairs in each stratum.
const DRAWN = [
  '2 3600 53600 a,1 7200 107200 a,1 14400 28800 a,2 21600 22200 a,2 28800 43200 a,1 36000 136000 b,2 39600 40200 a',
  '2 99600 199600 a,2 106800 121200 b,3 126800 141200 a,1 127700 142100 a,3 187700 193100 b,3 188600 238600 a',
  '2 195800 295800 b,2 203000 203600 b,2 206600 212000 a,3 213800 214400 a,2 221000 235400 a,3 224600 230000 a',
  '2 244600 344600 a,2 248200 298200 a,2 251800 - b,1 311800 - b,2 331800 332400 a,2 335400 435400 a,2 339000 439000 a',
  '3 346200 351600 a,3 366200 416200 b,2 386200 436200 b,1 389800 395200 a,2 449800 464200 a,2 453400 467800 a',
  '1 513400 - b,3 514300 519700 b,2 574300 624300 b,3 581500 595900 a,3 588700 603100 b,1 592300 597700 b',
  '1 599500 649500 a,3 659500 664900 b',
]
  .join(',')
  .split(',')
  .map((row) => row.split(' '))
  .map(([level, arrived, answered, stratum = null]) =>
    unit(Number(level), Number(arrived), answered === '-' ? null : Number(answered), stratum),
  );

describe('precedence', () => {
  it.each([
    ['an hour apart', {}, { n: 29, pairs: 36, a: 10 / 36, se: 0.10784818030651945, smaller: 16, undecided: 4 }],
    ['at once', { apart_s: 0 }, { n: 29, pairs: 38, a: 11 / 38, se: 0.10932181307851031, smaller: 16, undecided: 2 }],
    ['two on', { neighbours: 2 }, { n: 26, pairs: 21, a: 6 / 21, se: 0.0985807941917649, smaller: 15, undecided: 2 }],
  ])('counts pairs that waited at the same time: %s', async (_, params, expected) => {
    const found = await measuredRows('precedence', DRAWN, { params });
    expect(found).toMatchObject({ n: expected.n, sampleSize: expected.smaller });
    expect(found.extra).toMatchObject({ pairs: expected.pairs, undecided: expected.undecided });
    expect(found.estimate).toBeCloseTo(expected.a, 12);
    expect(found.extra.se).toBeCloseTo(expected.se, 12);
  });
  it('gives the same to the last bit in whatever order the rows are read', async () => {
    const rows = [...DRAWN, ...repeat(150, (n) => couple(1000 + n, 2 + (n % 7), 5 - (n % 3))).flat()];
    const turned = rows.map((row, i) => ({ unit: String(i), ...row })).reverse();
    const found = await measuredRows('precedence', turned.toReversed());
    expect(await measuredRows('precedence', turned)).toStrictEqual(found);
  });
  it.each([
    ['the higher one first', 2, 5, 1],
    ['the lower one first', 5, 2, 0],
  ])('%s', async (_, one, two, expected) => {
    const found = await measuredRows('precedence', repeat(24, (n) => couple(n, one, two)).flat());
    expect(found).toMatchObject({ estimate: expected, n: 48, sampleSize: 24 });
    // Half an observation of the smaller side: no certainty out of two dozen.
    expect(found.extra.se).toBeCloseTo(1 / 50, 12);
  });
  it('takes the order of levels, not of arrival', async () => {
    expect(await measuredRows('precedence', couple(0, 5, 2, [3, 1]))).toMatchObject({ estimate: 1, n: 2 });
  });
  it.each([
    ['just under an hour', 2 + 3599 / HOUR, { kind: 'insufficient', n: 0, extra: { pairs: 0, undecided: 1 } }],
    ['an hour', 3, { kind: 'measured', n: 2, extra: { pairs: 1, undecided: 0 } }],
  ])('says nothing of two that were answered at about the same time: %s', async (_, later, expected) => {
    expect(await estimateRows('precedence', couple(0, 2, later))).toMatchObject(expected);
  });
  it.each([
    ['when the other had been answered', HOUR + 1, 0],
    ['in that very moment', HOUR, 0],
    ['a second before', HOUR - 1, 2],
  ])('has no pair with one that came later: %s', async (_, arrived, n) => {
    const found = await estimateRows('precedence', [unit(1, 0, HOUR), unit(2, arrived, 9 * HOUR)]);
    expect(found.n).toBe(n);
  });
  it('puts one that still waits behind everything that was answered', async () => {
    expect(await measuredRows('precedence', [unit(1, 0, null), unit(2, 60, 2 * HOUR)])).toMatchObject({ estimate: 0 });
    expect(await measuredRows('precedence', [unit(2, 0, null), unit(1, 60, 2 * HOUR)])).toMatchObject({ estimate: 1 });
    expect(await estimateRows('precedence', [unit(2, 0, null), unit(1, 60, null)])).toMatchObject({ n: 0 });
  });
  it('holds nobody against another stratum or connection', async () => {
    const [one, two] = couple(0, 2, 5) as [Row, Row];
    expect(await estimateRows('precedence', [one, { ...two, stratum: 'chat' }])).toMatchObject({ n: 0 });
    expect(await estimateRows('precedence', [one, { ...two, connection: 'other' }])).toMatchObject({ n: 0 });
  });
  it('is less sure when the effect hangs on weeks', async () => {
    // Twenty couples, fourteen half days a week: ten in the right order in the first week, ten in the wrong one in the third.
    const rows = repeat(10, (n) => [...couple(n, 2, 5), ...couple(28 + n, 5, 2)]).flat();
    const found = await measuredRows('precedence', rows);
    expect(found.estimate).toBe(0.5);
    // By hand: errors of +-1/2 on twenty pairs; weeks sum to +5 and -5, so 2/1 (25 + 25) / 400.
    expect(found.extra.se).toBeCloseTo(0.5, 12);
    expect(found.nEffective).toBeCloseTo(1, 12);
  });
  it('counts a unit in many pairs once', async () => {
    // One urgent case is passed over by three others: three pairs, of which each says the same. By hand: no error at all, so half an observation.
    const found = await measuredRows('precedence', [
      unit(1, 0, 30 * HOUR),
      ...[2, 4, 6].map((h) => unit(2, h, h * HOUR)),
    ]);
    expect(found).toMatchObject({ estimate: 0, n: 4, sampleSize: 1, extra: { pairs: 3, se: 1 / 4 } });
  });
  it.each([
    ['no rows', []],
    ['one level only', [unit(1, 0, HOUR), unit(1, 60, 9 * HOUR)]],
    ['nobody waiting beside another', repeat(30, (n) => couple(3 * n, 1, 1)[n % 2] as Row)],
  ])('has nothing to say about %s', async (_, rows) => {
    expect(await estimateRows('precedence', rows)).toMatchObject({ kind: 'insufficient', n: 0 });
  });
});
