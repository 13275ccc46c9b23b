import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PlumblineError } from '../src/errors/plumbline-error.ts';
import { loadCases, missingCases, runCase } from '../src/signals/cases/run.ts';
import { RulesLock, updateLock } from '../src/signals/load/lock.ts';
import { type LoadedSignal, loadSignals, parseSignal, signalFiles } from '../src/signals/load/pack.ts';
import { openMemoryStore } from '../src/store/duckdb/open.ts';
import type { Store } from '../src/store/ports.ts';

/**
 * The author's loop, without the command line of the product:
 *   npx tsx tools/rules.ts test D3 C3-priority   plays the cases of every signal whose id starts so (none = all)
 *   npx tsx tools/rules.ts show D3               the same, printing each finding
 *   npx tsx tools/rules.ts lock                  writes rules/rules.lock.json
 */
const RULES = resolve(import.meta.dirname, '..', 'rules');
const SIGNALS = join(RULES, 'signals');
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Only the signals asked for, so that a neighbour's half-written file does not stop the loop. */
function chosen(prefixes: readonly string[]): LoadedSignal[] {
  const wanted = (id: string): boolean => prefixes.length === 0 || prefixes.some((p) => id.startsWith(p));
  return signalFiles(SIGNALS)
    .filter((file) =>
      wanted(
        file
          .split('/')
          .at(-1)
          ?.replace(/\.yaml$/, '') ?? '',
      ),
    )
    .flatMap((file) => {
      const { signal, problems } = parseSignal(readFileSync(join(SIGNALS, file), 'utf8'), file);
      for (const problem of problems) say(`  ${problem}`);
      if (problems.length > 0) process.exitCode = 1;
      return signal === null ? [] : [signal];
    });
}

/** Plays the cases of one signal; gives how many were played and what is wrong. */
async function play(signal: LoadedSignal, store: Store, verbose: boolean): Promise<{ played: number; failed: number }> {
  const cases = loadCases(SIGNALS, signal);
  const gaps = missingCases(signal.definition, cases);
  for (const gap of gaps) say(`  GAP  ${gap}`);
  let failed = gaps.length;
  for (const one of cases) {
    const { problems, finding } = await runCase(signal.definition, one, store.telemetry);
    if (problems.length > 0) failed++;
    say(`  ${problems.length === 0 ? 'ok  ' : 'FAIL'} ${one.name}`);
    for (const problem of problems) say(`         ${problem}`);
    if (verbose || problems.length > 0)
      say(`         ${JSON.stringify({ ...finding, sample: finding.sample.length })}`);
  }
  return { played: cases.length, failed };
}

async function test(prefixes: readonly string[], verbose: boolean): Promise<void> {
  const store = await openMemoryStore();
  let [failed, played] = [0, 0];
  for (const signal of chosen(prefixes)) {
    say(signal.definition.id);
    try {
      const result = await play(signal, store, verbose);
      played += result.played;
      failed += result.failed;
    } catch (error) {
      failed++;
      const known =
        error instanceof PlumblineError ? [error.message, error.remedy, ...error.problems] : [String(error)];
      for (const problem of known) say(`  ${problem}`);
    }
  }
  await store.close();
  say(`${played} cases, ${failed} problems`);
  if (failed > 0) process.exitCode = 1;
}

function lock(): void {
  const path = join(RULES, 'rules.lock.json');
  const before = existsSync(path) ? RulesLock.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const { lock: next, refused } = updateLock(loadSignals(SIGNALS).signals, before);
  writeFileSync(path, `${JSON.stringify(next, null, 2)}\n`);
  for (const id of refused) say(`${id}: the logic changed; raise its version first`);
  if (refused.length > 0) process.exitCode = 1;
}

const [command = 'test', ...rest] = process.argv.slice(2);
if (command === 'lock') lock();
else await test(rest, command === 'show');
