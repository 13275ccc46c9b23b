import type { TelemetryRecord } from '../../domain/telemetry.ts';
import { toAutomation } from '../rule-terms.ts';

type Automation = TelemetryRecord<'automation'>;

/** What is known of a form. Fields by their names, in any order, each as often as it comes. */
type FormFacts = Pick<Automation, 'id' | 'active'> &
  Partial<Pick<Automation, 'vendor_default' | 'updated_at'>> & {
    readonly shown: readonly string[];
    /** Fields that have to be filled to submit; what every ticket has by nature is not asked of anybody. */
    readonly required: readonly string[];
    /** Fields that have to be filled to solve; absent = the source does not show it. */
    readonly toSolve?: readonly string[];
  };

/** A form that customers fill in. */
export function toForm({ shown, required, toSolve, ...facts }: FormFacts): Automation {
  const each = (names: readonly string[]) => [...new Set(names)].sort();
  return toAutomation({
    ...facts,
    kind: 'form',
    condition_fields: each(shown),
    required_fields: each(required),
    required_to_solve: toSolve === undefined ? null : each(toSolve),
  });
}
