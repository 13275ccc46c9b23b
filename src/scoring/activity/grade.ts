import type { ActivityModel } from '../../domain/activity-model.ts';

/** Ends of the scale of maturity, and of importance. */
export const SCALE = { lowest: 1, highest: 5 } as const;

/** Room for the rounding of sums such as 0.1 + 0.2. */
export const ROUNDING = 1e-9;

const GRADES = ['1', '1+', '2-', '2', '2+', '3-', '3', '3+', '4-', '4', '4+', '5-', '5'] as const;

/** Maturity 1..5 in thirds of a level: 2.3 gives "2+". There is no "1-" and no "5+". A half counts upwards. */
export function gradeOf(maturity: number): string {
  const third = Math.floor(3 * (maturity - SCALE.lowest) + 0.5 + ROUNDING);
  return GRADES[Math.max(0, Math.min(GRADES.length - 1, third))] as string;
}

/** Band of a maturity or an importance by the lines of the model. */
export function bandOf(value: number, bands: ActivityModel['bands']): 'low' | 'medium' | 'high' {
  return value >= bands.high - ROUNDING ? 'high' : value >= bands.medium - ROUNDING ? 'medium' : 'low';
}
