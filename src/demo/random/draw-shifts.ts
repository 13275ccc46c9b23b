import { EVERY_DAY, onDays, WEEKDAYS, type WeeklyInterval } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { Setting } from './draw-setting.ts';
import type { Degree } from './draw-truth.ts';

/** Shifts with their part of the regular crew. */
export function shiftsFor(
  random: Random,
  setting: Setting,
  cover: Degree,
  office: WeeklyInterval[],
): (readonly [WeeklyInterval[], number])[] {
  if (!setting.roundTheClock)
    return cover === 1
      ? [[onDays(WEEKDAYS, 9, 15), 1]]
      : cover === 2
        ? [
            [office, 0.8],
            [onDays([6], 9, 15).concat(onDays(WEEKDAYS, 17, 20)), 0.2],
          ]
        : [
            [onDays(WEEKDAYS, 6, 14), 0.4],
            [onDays(WEEKDAYS, 13, 22), 0.4],
            [onDays([0, 6], 7, 21), 0.2],
          ];
  if (cover === 1) return [[office, 1]];
  if (cover === 2)
    return [
      [office, 0.75],
      [onDays(random.chance(0.5) ? WEEKDAYS : EVERY_DAY, 16, 22), 0.25],
    ];
  return [
    [onDays(EVERY_DAY, 7, 15), 0.36],
    [onDays(EVERY_DAY, 14, 23), 0.36],
    [onDays(EVERY_DAY, 22, 24).concat(onDays(EVERY_DAY, 0, 8)), 0.28],
  ];
}
