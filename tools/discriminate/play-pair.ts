import type { RandomDesk } from '../../src/demo/random/draw-desk.ts';
import type { StagedModel } from '../../src/domain/staged-model.ts';
import { buildLedger } from '../../src/scoring/index.ts';
import { type Judge, measureDesk } from '../study/play-desk.ts';
import type { Told } from './verdict.ts';

/** The judge with these signals alone, by catalogue number; measuring all of them for the few that a pair is about takes minutes more. */
export function heedOnly({ model, signals }: Judge, shorts: readonly string[]): Judge {
  const kept = signals.filter(({ id }) => shorts.includes(id.slice(0, id.indexOf('-'))));
  const ids = new Set(kept.map(({ id }) => id));
  const thin = <T extends { readonly families: StagedModel['criteria'][number]['families'] }>(holder: T): T => ({
    ...holder,
    families: holder.families.flatMap((family) => {
      const own = family.signals.filter(({ id }) => ids.has(id));
      return own.length === 0 ? [] : [{ ...family, signals: own }];
    }),
  });
  return { model: { ...model, criteria: model.criteria.map(thin), cells: model.cells.map(thin) }, signals: kept };
}

/**
 * What each signal says of a desk, by signal id: its own points for every statement and cell that it speaks for, before parts of an "and" are
 * held at the weakest (else a signal would seem to tell a pair apart that another one told). Diagnostics have no points.
 */
export async function tellDesk(
  desk: RandomDesk,
  { model, signals }: Judge,
  customersBeside = false,
): Promise<Readonly<Record<string, Told>>> {
  const { findings, asOf } = await measureDesk(desk, signals, undefined, { customersBeside });
  const alone = { ...model, criteria: model.criteria.map((criterion) => ({ ...criterion, together: [] })) };
  const { lines } = buildLedger({ model: alone, signals, findings, answers: [], asOf });
  return Object.fromEntries(
    findings.map(({ signal, version, status, reason, estimate, n }): [string, Told] => [
      signal,
      {
        version,
        status,
        reason,
        estimate,
        n,
        points: Object.fromEntries(
          lines.filter((line) => line.ref === signal).map((line) => [line.criterion, line.points] as const),
        ),
      },
    ]),
  );
}
