import type { PathCheck, ValueModel } from '../../domain/value-model.ts';
import type { PathStep } from '../../domain/value-verdict.ts';
import { shareOfYes } from '../item-answers.ts';
import { readSignal, type ValueContext } from './read-side.ts';

type CheckState = PathStep['checks'][number]['state'];

/** More than half of those who answer say so. */
function saidState(check: PathCheck, { voices }: ValueContext): CheckState {
  const share = shareOfYes(voices.get(check.id) ?? []);
  return share === null ? 'unknown' : share > 0.5 ? 'yes' : 'no';
}

function stateOf(check: PathCheck, context: ValueContext): CheckState {
  if (check.seen_by === undefined) return saidState(check, context);
  if (check.seen_by === 'contact_mix') {
    const covered = context.contacts?.mix.covered ?? null;
    return covered === null ? 'unknown' : covered >= context.model.evidence.covered ? 'yes' : 'no';
  }
  const { state } = readSignal(check.seen_by, context);
  return state === 'shown' ? 'yes' : state === 'not_shown' ? 'no' : saidState(check, context);
}

function stepState(states: readonly CheckState[]): PathStep['state'] {
  if (states.every((state) => state === 'yes')) return 'done';
  if (states.some((state) => state === 'yes')) return 'begun';
  return states.some((state) => state === 'no') ? 'not_begun' : 'unknown';
}

/** The steps of the approach in order, each with what is there and what is missing. Records speak first, people for what they leave open. */
export function walkPath(model: ValueModel, context: ValueContext): PathStep[] {
  return model.path.map((step) => {
    const checks = step.checks.map((check) => ({ id: check.id, text: check.text, state: stateOf(check, context) }));
    return { id: step.id, name: step.name, state: stepState(checks.map(({ state }) => state)), checks };
  });
}
