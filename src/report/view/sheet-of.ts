import { ActivityModel } from '../../domain/activity-model.ts';
import { ActivityVerdict } from '../../domain/activity-verdict.ts';
import type { ModelHead } from '../../domain/model.ts';
import { ValueModel } from '../../domain/value-model.ts';
import { ValueVerdict } from '../../domain/value-verdict.ts';
import { activitySheet } from './activity-sheet.ts';
import type { Sheet } from './sheet.ts';
import { valueSheet } from './value-sheet.ts';

/** The sheet of a verdict whose kind is drawn as one; null for staged models, which have screens of their own. `body` is that of the verdict. */
export function sheetOf(model: ModelHead, body: unknown): Sheet | null {
  if (model.kind === 'activity') return activitySheet(ActivityModel.parse(model), ActivityVerdict.parse(body));
  if (model.kind === 'value') return valueSheet(ValueModel.parse(model), ValueVerdict.parse(body));
  return null;
}
