import type { ValueModel } from '../../domain/value-model.ts';
import type { GapReading } from '../../domain/value-verdict.ts';
import { type ItemVoices, shareOfYes } from '../item-answers.ts';
import { meanOf } from '../order-free.ts';

const ROUNDING = 1e-9;

/**
 * Why value that is offered is not realised, by people's answers. A reason's gap is the mean share of "no" over its answered questions;
 * named are the reasons with the largest gap, where it reaches the line. Too few answers leave a reason unknown, which is neither.
 */
export function nameGap({ line, min_known, reasons }: ValueModel['gap'], voices: ItemVoices): GapReading {
  const readings = reasons.map(({ id, name, questions }) => {
    const yes = questions.flatMap((question) => {
      const share = shareOfYes(voices.get(question.id) ?? []);
      return share === null ? [] : [share];
    });
    const mean = meanOf(yes);
    return {
      id,
      name,
      gap: mean === null || yes.length < min_known ? null : 1 - mean,
      known: yes.length,
      of: questions.length,
    };
  });
  const known = readings.flatMap(({ gap }) => (gap === null ? [] : [gap]));
  const largest = Math.max(...known);
  const named = readings.filter(({ gap }) => gap !== null && gap >= line - ROUNDING && gap >= largest - ROUNDING);
  return {
    state: named.length > 0 ? 'named' : known.length === readings.length ? 'none' : 'unknown',
    named: named.map(({ id }) => id),
    reasons: readings,
  };
}
