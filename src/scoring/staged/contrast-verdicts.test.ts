import { describe, expect, it } from 'vitest';
import { AS_OF, measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { SHIPPED_SIGNALS, shippedStaged, signalsOf } from '../../../test/harness/staged-subjects.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { contrastVerdicts, heightOf, type Judged } from './contrast-verdicts.ts';
import { scoreSnapshot } from './score-snapshot.ts';

const six = shippedStaged('six-stage');
const continuum = shippedStaged('contact-centre-continuum');

/** Everything passes but the signals named, which fail; those that `dark` names are not seen. */
function judge(model: StagedModel, failing: readonly string[], dark: readonly string[] = []): Judged {
  const findings = [...signalsOf(model)].map((id) => {
    if (dark.includes(id)) return unmeasured(id);
    const lines = SHIPPED_SIGNALS.find((signal) => signal.id === id)?.lines;
    const q = failing.includes(id) ? 0 : 1;
    return measured(id, lines?.partial === null ? null : q, lines?.full === null ? null : q);
  });
  const { placement, ledger } = scoreSnapshot({ model, signals: SHIPPED_SIGNALS, findings, answers: [], asOf: AS_OF });
  return { model, placement, ledger };
}

function placed(judged: Judged, stage: number | null): Judged {
  return { ...judged, placement: { ...judged.placement, stage } };
}

describe('contrastVerdicts', () => {
  // no targets by tier, no difference by plan, nothing of S2.2: practices that the continuum never asks for
  const failing = [
    'H1-targets-differ-by-tier',
    'H2-plan-changes-the-wait',
    'F3-attributes-change-the-wait',
    'D3-first-reply-target-met',
  ];

  it('names what the higher model does not ask for', () => {
    const contrast = contrastVerdicts(judge(continuum, failing), judge(six, failing));
    expect(contrast).toMatchObject({ higher: 'contact-centre-continuum', lower: 'six-stage' });
    const plans = contrast?.reasons.find(({ item }) => item === 'S3.1');
    expect(plans).toMatchObject({ kind: 'not_asked', elsewhere: [], shared: [] });
    expect(plans?.signals).toEqual(['H1-targets-differ-by-tier', 'H2-plan-changes-the-wait']);
  });

  it('does not depend on the order in which they are given', () => {
    const [a, b] = [judge(continuum, failing), judge(six, failing)];
    expect(contrastVerdicts(b, a)).toEqual(contrastVerdicts(a, b));
  });

  it.each([
    [2, 2, false], // 1/3 and 1/5 are less than half a tier (1/6) apart
    [2, 3, false],
    [3, 2, true], // 2/3 and 1/5
    [1, 1, false],
    [4, 6, false],
    [1, 2, true], // 0 and 1/5
    [null, 3, false],
  ])('tier %s beside stage %s: differ %s', (tier, stage, differ) => {
    const contrast = contrastVerdicts(placed(judge(continuum, []), tier), placed(judge(six, []), stage));
    expect(contrast !== null).toBe(differ);
  });

  it('says when the other model asks later', () => {
    const late = judge(six, ['N2-engineering-answers']);
    const held = { ...late, placement: { ...late.placement, stage: 2, blockers: [{ criterion: 'S4.4', gain: 0.2 }] } };
    const reason = contrastVerdicts(placed(judge(continuum, ['N2-engineering-answers']), 3), held)?.reasons[0];
    expect(reason).toMatchObject({ item: 'S4.4', kind: 'asked_later', elsewhere: [{ item: 'T4.3', set: 4 }] });
  });
});

describe('heightOf', () => {
  it.each([
    [1, 0],
    [4, 1],
    [null, null],
  ])('tier %s of four is at %s', (stage, height) => {
    expect(heightOf(placed(judge(continuum, []), stage))).toBe(height);
  });
});
