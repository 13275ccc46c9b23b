import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addStep, type ClockStep, foldClock } from './sla-clock.ts';

/** Minutes after 08:00 UTC. */
const at = (minutes: number) => Date.parse('2026-03-02T08:00:00Z') / 1000 + minutes * 60;
const step = (
  id: number,
  minutes: number,
  kind: ClockStep[2],
  target: number | null = null,
  business = false,
): ClockStep => [
  String(id),
  at(minutes),
  kind,
  target,
  target === null ? null : business,
  target === null ? null : '36',
];
const fold = (...steps: ClockStep[]) =>
  foldClock(
    '7:reply_time:1:ticket',
    steps.reduce<ClockStep[]>((all, one) => addStep(all, one), []),
  );
const minutes = (date: Date | null | undefined) => (date ? date.getTime() / 60_000 - at(0) / 60 : date);

describe('foldClock', () => {
  const started = [step(1, 0, 'a'), step(2, 0, 's', 3600)];

  // Worked by hand: target 60 min from 08:00.
  it.each([
    ['running', [], { met: null, breach: 60, done: null, paused: 0 }],
    ['fulfilled in time', [step(3, 30, 'f')], { met: true, breach: 60, done: 30, paused: 0 }],
    [
      'fulfilled at the very breach',
      [step(3, 60, 'b'), step(4, 60, 'f')],
      { met: false, breach: 60, done: 60, paused: 0 },
    ],
    ['breached, then fulfilled', [step(3, 60, 'b'), step(4, 90, 'f')], { met: false, breach: 60, done: 90, paused: 0 }],
    ['breached and open', [step(3, 60, 'b')], { met: false, breach: 60, done: null, paused: 0 }],
    [
      'breach withdrawn',
      [step(3, 60, 'b'), step(3, 60, 'x'), step(4, 90, 'f')],
      { met: true, breach: 60, done: 90, paused: 0 },
    ],
    [
      'paused 20 minutes',
      [step(3, 10, 'p'), step(4, 30, 'a'), step(5, 70, 'f')],
      { met: true, breach: 80, done: 70, paused: 1200 },
    ],
    ['pausing now', [step(3, 10, 'p')], { met: null, breach: null, done: null, paused: 0 }],
    [
      'begun again after its end',
      [step(3, 30, 'f'), step(4, 50, 'a')],
      { met: null, breach: 60, done: null, paused: 0 },
    ],
  ] as const)('%s', (_name, more, expected) => {
    const clock = fold(...started, ...more);
    expect({
      met: clock?.met,
      breach: minutes(clock?.breach_at),
      done: minutes(clock?.fulfilled_at),
      paused: clock?.paused_s,
    }).toEqual(expected);
  });

  it('is no promise without a target', () => {
    expect(fold(step(1, 0, 'a'), step(2, 30, 'f'))).toBeNull();
    expect(fold()).toBeNull();
  });

  it('gives no due time of its own in business hours', () => {
    const clock = fold(step(1, 0, 'a'), step(2, 0, 's', 3600, true), step(3, 30, 'f'));
    expect([clock?.breach_at, clock?.met, clock?.business_hours, clock?.target_s]).toEqual([null, true, true, 3600]);
  });

  it('takes policy and target of the last application, but the instant of the first', () => {
    const clock = fold(...started, ['9', at(15), 's', 7200, false, '99']);
    expect([clock?.policy_id, clock?.target_s, minutes(clock?.applied_at)]).toEqual(['99', 7200, 0]);
  });

  it.each([
    ['7:reply_time:1:ticket', 'first_reply', 1],
    ['7:reply_time:2:ticket', 'next_reply', 2],
    ['7:resolution_time:1:ticket', 'resolution', 1],
    ['7:group_ownership_time:1:group', 'overall', 1],
  ])('%s', (key, metric, instance) => {
    const clock = foldClock(key, started);
    expect([clock?.id, clock?.ticket_id, clock?.metric, clock?.instance]).toEqual([key, '7', metric, instance]);
  });

  it('does not depend on the order of arrival nor on repeats', () => {
    const steps = [...started, step(3, 10, 'p'), step(4, 30, 'a'), step(5, 75, 'b'), step(6, 75, 'f')];
    const whole = fold(...steps);
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: steps.length }), fc.subarray(steps), (order, repeats) => {
        expect(fold(...order, ...repeats)).toEqual(whole);
      }),
    );
  });
});

describe('the target of a clock is the one in force', () => {
  // Priority raised after 20 minutes: 60 min became 180 min while it ran.
  it('follows a change while the clock runs', () => {
    const clock = fold(step(1, 0, 'a'), step(2, 0, 's', 3600), step(3, 20, 's', 10_800), step(4, 120, 'f'));
    expect([clock?.target_s, clock?.met, minutes(clock?.breach_at)]).toEqual([10_800, true, 180]);
  });

  // The policy was edited to 15 min a day after the answer, and set anew on all tickets.
  it('is not changed by an edit after the end, nor by one after the target ran out', () => {
    const ended = fold(step(1, 0, 'a'), step(2, 0, 's', 3600), step(3, 30, 'f'), step(4, 1440, 's', 900));
    expect([ended?.target_s, ended?.met]).toEqual([3600, true]);
    const missed = fold(step(1, 0, 'a'), step(2, 0, 's', 3600), step(3, 60, 'b'), step(4, 1440, 's', 90_000));
    expect([missed?.target_s, missed?.met]).toEqual([3600, false]);
  });
});
