import { fork } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { introduce } from './calibration-page.ts';
import { drawReliability } from './reliability-plot.ts';
import { renderStudy } from './render.ts';
import type { DeskResult } from './result.ts';

/**
 * `npm run study -- --desks 20` draws desks, lets them live, syncs each through the real connector, measures and judges it, and prints how often
 * that was right. `--held-out` takes the desks that are set aside (other seeds): look at them once, at the end. `--words english,german,opaque`
 * gives the same lives other words in turn. `--check` ends non-zero while a line of the issue is missed, `--floor statements=0.6,stage=0.5,forbidden=0.05`
 * when the study falls below what it is known to reach. Results are appended to `--out` as JSON lines; `--report FILE` writes the tables as Markdown.
 */
const { values } = parseArgs({
  options: {
    desks: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    'held-out': { type: 'boolean', default: false },
    words: { type: 'string', default: 'english' },
    workers: { type: 'string', default: '2' },
    out: { type: 'string', default: '.study/results.jsonl' },
    report: { type: 'string' },
    keep: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    floor: { type: 'string' },
  },
});

const root = resolve(import.meta.dirname, '../..');
const out = resolve(values.out);
mkdirSync(dirname(out), { recursive: true });
if (!values.keep) rmSync(out, { force: true });

const prefix = values['held-out'] ? 'held' : 'open';
const first = Number(values.from);
const words = values.words.split(',');
const queue = Array.from({ length: Number(values.desks) }, (_, index) => ({
  seed: `${prefix}${first + index}`,
  words: words[index % words.length] ?? 'english',
}));
const total = queue.length;
let done = 0;
const failed: string[] = [];

/** One process after the other takes the next desk; a desk that breaks is counted and named, never left out in silence. */
function work(): Promise<void> {
  const child = fork(resolve(import.meta.dirname, 'worker.ts'), [root], { execArgv: process.execArgv });
  return new Promise((finish) => {
    const next = (): void => {
      const task = queue.shift();
      if (task === undefined) child.kill();
      else child.send(task);
    };
    child.on('message', (message: { seed: string; result?: DeskResult; error?: string }) => {
      done += 1;
      if (message.result === undefined) failed.push(`${message.seed}: ${message.error}`);
      else appendFileSync(out, `${JSON.stringify(message.result)}\n`);
      process.stderr.write(
        `${done}/${total} ${message.seed}${message.error === undefined ? '' : ` ${message.error}`}\n`,
      );
      next();
    });
    child.on('exit', () => finish());
    next();
  });
}

await Promise.all(Array.from({ length: Number(values.workers) }, work));
const results = existsSync(out)
  ? readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line): DeskResult => JSON.parse(line))
  : [];
const report = renderStudy(results);
console.log(report.text);
if (values.report !== undefined) {
  const command = `npm run study -- ${process.argv.slice(2).join(' ')}`;
  writeFileSync(values.report, `${introduce(results, command)}${report.text}`);
  const seen = results.flatMap((result) => result.statements).filter((statement) => statement.seen);
  writeFileSync(values.report.replace(/\.md$/, '.svg'), drawReliability(seen));
}
for (const line of failed) console.error(`FAILED ${line}`);
if (failed.length > 0 || results.length === 0) process.exitCode = 1;
if (values.check) {
  const broken = report.checks.filter((check) => !check.holds);
  for (const check of broken) console.error(`MISSED ${check.what}: ${check.value}`);
  if (broken.length > 0) process.exitCode = 1;
}
for (const part of values.floor?.split(',') ?? []) {
  const [name = '', bound = ''] = part.split('=');
  const value = report.headline[name];
  if (value === undefined || Number.isNaN(Number(bound)))
    throw new Error(`--floor knows ${Object.keys(report.headline).join(', ')}, not ${part}`);
  const broken = name === 'forbidden' ? value > Number(bound) : !(value >= Number(bound));
  if (!broken) continue;
  console.error(`BELOW THE FLOOR: ${name} ${value.toFixed(3)}, known to reach ${bound}`);
  process.exitCode = 1;
}
