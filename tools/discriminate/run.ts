import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { RandomDesk } from '../../src/demo/random/draw-desk.ts';
import { loadJudge, playDesk } from '../study/play-desk.ts';
import type { DeskResult } from '../study/result.ts';
import { speaker } from '../study/words.ts';
import { lookingSo, PAIRS, practising } from './pairs.ts';

/** `npx tsx tools/discriminate/run.ts [--words english,opaque] [--only two-hats]` prints the points of both desks of each pair. */
const { values } = parseArgs({
  options: { words: { type: 'string', default: 'english' }, only: { type: 'string' } },
});

const judge = loadJudge(resolve(import.meta.dirname, '../..'));

async function points(desk: RandomDesk, words: string): Promise<DeskResult> {
  return playDesk(desk, words, judge);
}

/** Points of a signal for its first statement, both gates, or why it is silent. */
export function told(result: DeskResult, short: string): { sum: number | null; text: string } {
  const line = result.points.find(({ signal }) => signal.startsWith(`${short}-`));
  if (line !== undefined)
    return { sum: line.points[0] + line.points[1], text: line.points.map((p) => p.toFixed(1)).join(', ') };
  const silent = result.silent.find(({ signal }) => signal.startsWith(`${short}-`));
  return {
    sum: null,
    text:
      silent === undefined
        ? 'not in the model'
        : `${silent.status}${silent.reason === null ? '' : ` (${silent.reason})`}`,
  };
}

let bad = 0;
for (const words of values.words.split(',')) {
  const real = await points(practising(speaker(words, 'pair')), words);
  console.log(`\n${words}: signal, practises, looks so`);
  for (const pair of PAIRS.filter((one) => values.only === undefined || one.name === values.only)) {
    const fake = await points(lookingSo(pair, speaker(words, 'pair')), words);
    for (const short of pair.signals) {
      const [a, b] = [told(real, short), told(fake, short)];
      const tells = a.sum !== null && a.sum > 0 && a.sum - (b.sum ?? 0) > 1;
      if (!tells) bad += 1;
      console.log(`${tells ? '  ' : '✗ '}${short.padEnd(4)} ${a.text.padEnd(26)} ${b.text.padEnd(26)} ${pair.name}`);
    }
  }
}
console.log(`\n${bad} signals do not tell their pair apart`);
if (bad > 0) process.exitCode = 1;
