import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { build } from 'vite';
import type { Level } from '../../src/domain/placement.ts';
import { type Scored, scoreSnapshot } from '../../src/scoring/index.ts';
import { type JudgeInputs, type Switches, switchedAnswers } from '../../web/what-if/judge-again.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SEED = 20_261_129;

/** Random switchings of a model's statements, always the same ones. */
export function drawSwitches(inputs: JudgeInputs, count: number): Switches[] {
  const ids = inputs.model.criteria.map(({ id }) => id);
  const level = fc.constantFrom<Level>(1, 2, 3);
  const some = <T>(value: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom(...ids), value, { maxKeys: 8 });
  const one = fc.record<Switches>({
    levels: some(level),
    answers: some(fc.oneof(level, fc.constant<'none'>('none'))),
    unseen: fc.constantFrom('as_is', 'as_is', 'missing', 'in_place'),
  });
  return fc.sample(one, { numRuns: count, seed: SEED }).map((each) => ({
    ...each,
    levels: { ...each.levels },
    answers: { ...each.answers },
  }));
}

/** Levels that the switches make known: those named, and those of statements that no record speaks for. */
function knownLevels(scored: Scored, { levels, unseen }: Switches): Map<string, Level> {
  const dark = scored.criteria.filter((one) => !one.not_applicable && !(one.telemetry_mass > 0));
  const filled = unseen === 'as_is' ? [] : dark.map(({ id }): [string, Level] => [id, unseen === 'missing' ? 1 : 3]);
  return new Map([...filled, ...Object.entries(levels)]);
}

/** The same by what the server uses: a snapshot scored from its findings and the other answers, and its gate asked with known levels. */
export function serverSays(
  inputs: JudgeInputs,
  switches: Switches,
): { readonly atLeast: readonly number[]; readonly scored: Scored } {
  const scored = scoreSnapshot({ ...inputs, answers: switchedAnswers(inputs, switches) });
  const levels = knownLevels(scored, switches);
  return { atLeast: levels.size === 0 ? scored.placement.atLeast : scored.staging.withLevels(levels).atLeast, scored };
}

/** Largest distance of two laws. */
export function farthest(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(...a.map((p, index) => Math.abs(p - (b[index] ?? Number.NaN))));
}

/** The module of the page as one script for a browser; it sets `whatIf`. */
export async function scriptOfWhatIf(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    build: {
      write: false,
      minify: false,
      lib: { entry: join(ROOT, 'test/web/what-if-entry.ts'), formats: ['iife'], name: 'whatIf' },
    },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const script = outputs.find((each) => each.type === 'chunk');
  if (script === undefined) throw new Error('nothing was built');
  // At the top of an evaluated script `var` would be local to it.
  return `${script.code}\nglobalThis.whatIf = whatIf;`;
}
