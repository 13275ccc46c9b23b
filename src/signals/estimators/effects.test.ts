import { describe, expect, it } from 'vitest';
import { estimateRows, LINES, measuredRows, repeat } from '../../../test/harness/estimate-rows.ts';

describe('ratio', () => {
  const weeks = [
    [40, 10],
    [55, 12],
    [38, 11],
    [60, 13],
  ].map(([numerator = 0, denominator = 0], i) => ({
    cluster: `w${i}`,
    numerator,
    denominator,
  }));
  // numpy: sqrt(m/(m-1) * sum((a - r b)^2)) / (sum(b) r) on the log scale.
  it('divides totals and takes its uncertainty from weeks', async () => {
    const found = await measuredRows('ratio', weeks, { lines: { ...LINES, partial: 1, full: 4.1 } });
    expect(found.estimate).toBeCloseTo(4.195652173913044, 12);
    expect(found.extra.se_log).toBeCloseTo(0.0660026535142006, 12);
    expect(found.q3).toBeCloseTo(0.6366082785978378, 9);
    expect(found.interval?.[0]).toBeCloseTo(3.6865312255109512, 9);
    expect(found.interval?.[1]).toBeCloseTo(4.775084242510767, 9);
  });
  it('passes no line with nothing above it', async () => {
    const none = weeks.map((row) => ({ ...row, numerator: 0 }));
    expect(await measuredRows('ratio', none)).toMatchObject({ estimate: 0, q2: 0, q3: 0 });
  });
  it.each([
    ['no rows', []],
    ['one week', weeks.slice(0, 1)],
    ['nothing below', weeks.map((row) => ({ ...row, denominator: 0 }))],
  ])('has nothing to say about %s', async (_, rows) => {
    expect(await estimateRows('ratio', rows)).toMatchObject({ kind: 'insufficient' });
  });
});

describe('evenness', () => {
  it('is one minus Gini with a jackknife', async () => {
    // numpy: mean absolute difference / (2 mean) = 0.4; delete-one jackknife 0.138913...
    const found = await measuredRows(
      'evenness',
      [1, 2, 3, 4, 10].map((value, i) => ({ unit: `a${i}`, value })),
    );
    expect(found.estimate).toBeCloseTo(0.6, 12);
    expect(found.extra.se).toBeCloseTo(0.13891317531422492, 12);
  });
  it('adds several rows of a unit and calls equal loads even', async () => {
    const rows = repeat(6, (i) => ({ unit: `a${i % 3}`, value: i < 3 ? 2 : 5 }));
    expect(await measuredRows('evenness', rows)).toMatchObject({ estimate: 1, n: 3 });
  });
  it('needs two units', async () => {
    expect(await estimateRows('evenness', [{ value: 1 }])).toMatchObject({ kind: 'insufficient', n: 1 });
  });
});

describe('figure, presence and count', () => {
  it('weighs a figure by its base and never scores it', async () => {
    const found = await measuredRows('figure', [
      { value: 1, base: 3 },
      { value: 5, base: 1 },
    ]);
    expect(found).toMatchObject({ estimate: 2, n: 4, q2: null, q3: null, interval: null });
  });
  it('has no figure without a row', async () => {
    expect(await estimateRows('figure', [])).toMatchObject({ kind: 'insufficient', n: 0 });
  });
  it.each([
    [0, 0],
    [1, 1],
    [3, 1],
  ])('finds %d facts', async (k, q2) => {
    const found = await measuredRows(
      'presence',
      repeat(4, (i) => ({ hit: i < k })),
      { lines: { ...LINES, partial: 1, full: null } },
    );
    expect(found).toMatchObject({ estimate: k, n: 4, q2, q3: null });
  });
  it('counts classes once, whatever their connection', async () => {
    const rows = [
      { connection: 'a', class: 'telephony', hit: true, base: 40 },
      { connection: 'a', class: 'survey', hit: false, base: 40 },
      { connection: 'b', class: 'telephony', hit: true, base: 2 },
      { connection: 'b', class: 'chat_bot', hit: true, base: 2 },
      { connection: 'c', class: null, hit: true, base: 1 },
    ];
    const found = await measuredRows('count', rows, { lines: { ...LINES, partial: 2, full: 3 } });
    expect(found).toMatchObject({ estimate: 2, n: 43, q2: 1, q3: 0, extra: { classes: 'chat_bot, telephony' } });
  });
});
