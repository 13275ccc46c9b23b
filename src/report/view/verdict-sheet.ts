import { ActivityModel } from '../../domain/activity-model.ts';
import { ActivityVerdict } from '../../domain/activity-verdict.ts';
import type { ModelHead } from '../../domain/model.ts';
import { ValueModel } from '../../domain/value-model.ts';
import { ValueVerdict } from '../../domain/value-verdict.ts';
import { activitySheet } from './activity-sheet.ts';
import type { Sheet } from './sheet.ts';
import { valueSheet } from './value-sheet.ts';

/** The whole of a verdict as a sheet; null for a kind that has a screen of its own (`plumbline snapshot`). */
export function verdictSheet(model: ModelHead, body: unknown): Sheet | null {
  if (model.kind === 'activity') return activitySheet(ActivityModel.parse(model), ActivityVerdict.parse(body));
  if (model.kind === 'value') return valueSheet(ValueModel.parse(model), ValueVerdict.parse(body));
  return null;
}
