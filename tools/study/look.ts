import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { drawDesk } from '../../src/demo/random/draw-desk.ts';
import { loadJudge, playDesk } from './play-desk.ts';
import { speaker } from './words.ts';

/**
 * `npx tsx tools/study/look.ts --desk open7 --words opaque` plays one desk and prints, statement by statement, the truth, what was said, the points
 * of each signal, and what each signal found: the way from a wrong number to its cause.
 */
const { values } = parseArgs({
  options: {
    desk: { type: 'string', default: 'open1' },
    words: { type: 'string', default: 'english' },
    only: { type: 'string' },
  },
});

const desk = drawDesk(values.desk, speaker(values.words, values.desk));
const result = await playDesk(desk, values.words, loadJudge(resolve(import.meta.dirname, '../..')), (finding) => {
  if (values.only !== undefined && !values.only.split(',').some((short) => finding.signal.startsWith(`${short}-`)))
    return;
  const { signal, status, reason, estimate, n, excluded, extra } = finding;
  console.log(
    `${signal} ${status} ${reason ?? ''} ${estimate ?? ''} n=${n} ${JSON.stringify(excluded)} ${JSON.stringify(extra)}`,
  );
});
const { kind, thin, setting } = desk;
console.log(JSON.stringify({ kind, thin, setting, trueStage: result.trueStage, stages: result.stages }));
for (const { id, truth, level, posterior } of result.statements) {
  const lines = result.points
    .filter((line) => line.criterion === id)
    .map((line) => `${line.signal.split('-')[0]} ${line.points.map((p) => p.toFixed(1)).join('/')}`);
  console.log(
    `${level !== null && level !== truth ? '✗' : ' '} ${id} true ${truth} said ${level ?? '?'} (${posterior.map((p) => p.toFixed(2)).join(' ')})  ${lines.join('  ')}`,
  );
}
