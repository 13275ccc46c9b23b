import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadJudge } from '../study/play-desk.ts';
import { speaker } from '../study/words.ts';
import { lookingSo, PAIRS, practising } from './pairs.ts';
import { heedOnly, tellDesk } from './play-pair.ts';
import { broken, countVerdicts, judgeAll, nameBetter, type Played, renderReport, sayLine } from './report.ts';

/**
 * `npm run discriminate` plays a desk that practises everything and, for each pair, one that only looks so, and prints the points of both for each
 * signal. Ends non-zero when a scored signal does not tell them apart in a vocabulary. `--words english,opaque` names the vocabularies, `--only
 * two-hats,office-hours` plays these pairs alone, `--report FILE` writes the table as Markdown, `--out FILE` keeps what was told, one desk a line;
 * with `--keep` desks that stand there are not played again (those named by `--only` are).
 */
const { values } = parseArgs({
  options: {
    words: { type: 'string', default: 'english,opaque' },
    only: { type: 'string' },
    report: { type: 'string' },
    out: { type: 'string', default: '.study/discriminate.jsonl' },
    keep: { type: 'boolean', default: false },
  },
});

interface Desk {
  readonly pair: string;
  readonly words: string;
  readonly told: Played;
}

const judge = loadJudge(resolve(import.meta.dirname, '../..'));
const words = values.words.split(',');
const only = values.only?.split(',');
const unknown = only?.find((name) => PAIRS.every((pair) => pair.name !== name));
if (unknown !== undefined)
  throw new Error(`No pair is called ${unknown}; known: ${PAIRS.map(({ name }) => name).join(', ')}`);
const pairs = PAIRS.filter(({ name }) => only === undefined || only.includes(name));

const out = resolve(values.out);
mkdirSync(dirname(out), { recursive: true });
if (!values.keep) rmSync(out, { force: true });
const stood = new Map(
  (existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : [])
    .filter((line) => line !== '')
    .map((line): [string, Desk] => {
      const desk: Desk = JSON.parse(line);
      return [keyOf(desk.pair, desk.words), desk];
    }),
);
function keyOf(pair: string, spoken: string): string {
  return `${spoken}/${pair}`;
}

/** Plays a desk unless it stands in the file; one that is asked for by name is always played. */
async function play(name: string, spoken: string, tell: () => Promise<Played>, again: boolean): Promise<void> {
  const key = keyOf(name, spoken);
  if (stood.has(key) && !again) return;
  const desk: Desk = { pair: name, words: spoken, told: await tell() };
  stood.set(key, desk);
  appendFileSync(out, `${JSON.stringify(desk)}\n`);
  process.stderr.write(`${key}\n`);
}

for (const spoken of words) {
  const speak = speaker(spoken, 'pair');
  for (const pair of pairs) {
    const heed = heedOnly(judge, pair.signals);
    const better = nameBetter(pair);
    if (better === '') await play('', spoken, () => tellDesk(practising(speak), judge), false);
    else await play(better, spoken, () => tellDesk(practising(speak, pair), heed), only !== undefined);
    await play(pair.name, spoken, () => tellDesk(lookingSo(pair, speak), heed), only !== undefined);
  }
}

const asked = new Set(pairs.flatMap(({ signals }) => signals));
const lines = judgeAll(
  judge.signals.filter(({ id }) => only === undefined || asked.has(id.slice(0, id.indexOf('-')))),
  words,
  (pair, spoken) => stood.get(keyOf(pair, spoken))?.told,
);
for (const line of lines) console.log(sayLine(line));
for (const spoken of words) console.log(`${spoken}: ${countVerdicts(lines, spoken)}`);
if (values.report !== undefined)
  writeFileSync(values.report, renderReport(lines, words, `npm run discriminate -- --report ${values.report}`));
if (broken(lines).length > 0) process.exitCode = 1;
