import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { scoreSnapshot } from '../../src/scoring/index.ts';
import { AS_OF, answer, measured, unmeasured } from '../harness/finding-builder.ts';
import { SHIPPED_SIGNALS, shippedStaged, signalsOf } from '../harness/staged-subjects.ts';

/**
 * The example of the six stages' own source: a telemetry tool of stage 5 feeds proactive support, and the outreach is tracked in a spreadsheet;
 * the process stays at stage 1. As records show it: incidents come from monitoring and customers are written to first, while the system carries
 * no queue of support, no owner, no way in, no route and no record of what was done.
 */
const SEEN: Record<string, readonly [q2: number, q3: number]> = {
  'N5-incidents-born-from-monitoring': [1, 1],
  'N7-outbound-contact': [1, 1],
  'A6-desk-of-its-own': [0, 0],
  'A7-support-queues-carry-work': [0.02, 0],
  'A3-standing-group': [0, 0],
  'A1-regular-agents-answer': [0.05, 0],
  'A2-few-casual-repliers': [0.05, 0],
  'A4-workflow-followed': [0.02, 0],
  'B1-customer-opens-by-channel': [0.05, 0],
  'B2-intake-form-configured': [0, 0],
  'E1-resolution-recorded': [0.02, 0],
  'K5-aged-work-touched': [0.05, 0],
};

function findingsOf(ids: Iterable<string>): Finding[] {
  return [...ids].map((id) => {
    const seen = SEEN[id];
    const lines = SHIPPED_SIGNALS.find((signal) => signal.id === id)?.lines;
    if (seen === undefined) return unmeasured(id);
    return measured(id, lines?.partial === null ? null : seen[0], lines?.full === null ? null : seen[1]);
  });
}

describe.each([
  ['six-stage', 'S5.1', 'S1.5'],
  ['contact-centre-continuum', 'T4.1', 'T1.2'],
  ['cx-programme', 'P5.4', 'P1.2'],
])('a telemetry tool beside a spreadsheet, in %s', (id, practice, register) => {
  const model = shippedStaged(id);
  const score = (answers: readonly ReturnType<typeof answer>[] = []) =>
    scoreSnapshot({ model, signals: SHIPPED_SIGNALS, findings: findingsOf(signalsOf(model)), answers, asOf: AS_OF });

  it('sees the practice of the late stage, and stays at 1', () => {
    const { placement, criteria, readings } = score();
    expect(criteria.find((c) => c.id === practice)?.level).toBe(3);
    expect(criteria.find((c) => c.id === register)?.level).toBe(1);
    expect(placement.stage).toBe(1);
    expect(placement.assured).toBe(1);
    expect(placement.atLeast[1]).toBeLessThan(0.05);
    expect(readings.seen.stage ?? 1).toBe(1);
  });

  it('is not talked up by those who claim the late set', () => {
    const last = model.criteria.filter((c) => c.set === model.stages.length);
    const claims = last.map((c) => answer(c.id, 3, { model: id }));
    expect(score(claims).placement.stage).toBe(1);
  });
});
