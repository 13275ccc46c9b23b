import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type FoundDesk, retell } from '../../src/demo/random/draw-desk.ts';
import { loadJudge } from '../study/play-desk.ts';
import { speaker } from '../study/words.ts';
import { lookingSo, practising } from './pairs.ts';
import { heedOnly, tellDesk } from './play-pair.ts';
import { readOptions } from './read-options.ts';
import { broken, countVerdicts, judgeAll, nameBetter, type Played, renderReport, sayLine } from './report.ts';

/**
 * `npm run discriminate` plays a desk that practises everything and, for each pair, one that only looks so, and prints the points of both for each
 * signal. Ends non-zero when a scored signal does not tell them apart in a vocabulary. `--words english,opaque` names the vocabularies, `--only
 * two-hats,office-hours` plays these pairs alone, `--sample 3` three that lie evenly in the list, `--report FILE` writes the table as Markdown,
 * `--out FILE` keeps what was told, one desk a line; with `--keep` desks that stand there are not played again (those named by `--only` are).
 */
const { words, pairs, some, again, out, keep, report } = readOptions(process.argv.slice(2));

interface Desk {
  readonly pair: string;
  readonly words: string;
  readonly told: Played;
}

const all = loadJudge(resolve(import.meta.dirname, '../..'));
const asked = new Set(pairs.flatMap(({ signals }) => signals));
// The desk that practises is measured whole where it stays for pairs that are played later.
const judge = some && !keep ? heedOnly(all, [...asked]) : all;

mkdirSync(dirname(out), { recursive: true });
if (!keep) rmSync(out, { force: true });
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

/** Desks in no words of their own; in each vocabulary they live the same life. */
const found = new Map<string, FoundDesk>();

/** Plays a desk in a vocabulary unless it stands in the file; one that is asked for by name is always played. */
async function play(
  name: string,
  spoken: string,
  find: () => FoundDesk,
  heed: typeof judge,
  anew: boolean,
  beside = false,
) {
  const key = keyOf(name, spoken);
  if (stood.has(key) && !anew) return;
  const desk = found.get(name) ?? find();
  found.set(name, desk);
  const told = await tellDesk(retell(desk, speaker(spoken, 'pair')), heed, beside);
  stood.set(key, { pair: name, words: spoken, told });
  appendFileSync(out, `${JSON.stringify(stood.get(key))}\n`);
  process.stderr.write(`${key}\n`);
}

for (const spoken of words)
  for (const pair of pairs) {
    const heed = heedOnly(all, pair.signals);
    const better = nameBetter(pair);
    if (better === '') await play('', spoken, () => practising(), judge, false);
    else await play(better, spoken, () => practising(pair), heed, again, pair.customersBeside);
    await play(pair.name, spoken, () => lookingSo(pair), heed, again, pair.customersBeside);
  }

const lines = judgeAll(
  all.signals.filter(({ id }) => !some || asked.has(id.slice(0, id.indexOf('-')))),
  words,
  (pair, spoken) => stood.get(keyOf(pair, spoken))?.told,
);
for (const line of lines) console.log(sayLine(line));
for (const spoken of words) console.log(`${spoken}: ${countVerdicts(lines, spoken)}`);
if (report !== undefined)
  writeFileSync(report, renderReport(lines, words, `npm run discriminate -- --report ${report}`));
if (broken(lines).length > 0) process.exitCode = 1;
