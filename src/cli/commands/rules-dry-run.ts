import { dryRunRules, type RulesDryRunRow } from '../../pipeline/dry-run/dry-run-rules.ts';
import { lastDay } from '../../report/numbers.ts';
import { printJson, printText } from '../io.ts';
import { parseLast } from '../parse-last.ts';
import type { CommandContext } from '../runner.ts';
import { sayWhatGoes } from '../say-what-goes.ts';

export interface RulesDryRunOptions {
  readonly last: string;
  readonly model?: string;
}

/** Signals that no pack touches, where there are packs; without any, all may have changed. */
async function unchangedOf({ app }: CommandContext): Promise<ReadonlySet<string>> {
  const own = (await app.packs()).some(({ signals }) => signals !== null);
  if (!own) return new Set();
  const overridden = new Set((await app.rules()).overrides.map(({ id }) => id));
  return new Set((await app.shippedSignals()).filter((id) => !overridden.has(id)));
}

function sayRow({ as_of, model, before, after, items }: RulesDryRunRow): string {
  const day = lastDay(as_of);
  if (after === null)
    return `${day}  ${model} said ${before.label}; cannot be told: records of that time have been removed`;
  const changes = items.length === 0 ? 'no item changes' : `changes ${items.join(' ')}`;
  return `${day}  ${model}: ${before.label} -> ${after.label}; ${changes}`;
}

/** `rules dry-run`: what the present rules would have found at kept snapshots, and what they take away. */
export async function dryRunOfRules(context: CommandContext, options: RulesDryRunOptions): Promise<void> {
  const { app, io, flags } = context;
  const last = parseLast(options.last);
  const [store, rules, model, unchanged] = await Promise.all([
    app.store(),
    app.rules(),
    app.anyModel(options.model),
    unchangedOf(context),
  ]);
  const rows = await dryRunRules({
    store,
    model,
    unchanged,
    last,
    signals: rules.signals,
    rulesHash: rules.hash,
    version: app.version,
    signalTimeoutMs: app.config.measure.signal_timeout_s * 1000,
    signal: app.signal,
  });
  if (flags.json) return printJson(io, rows);
  for (const row of rows)
    for (const line of [sayRow(row), ...(row.removes === null ? [] : sayWhatGoes(row.removes))]) printText(io, line);
}
