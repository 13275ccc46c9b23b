import { type DryRunRow, dryRunModel } from '../../pipeline/dry-run/dry-run-model.ts';
import { counted, lastDay } from '../../report/numbers.ts';
import { printJson, printText } from '../io.ts';
import { parseLast } from '../parse-last.ts';
import type { CommandContext } from '../runner.ts';
import { sayWhatGoes } from '../say-what-goes.ts';

function sayRow({ as_of, before, after, items, measured_again, gone }: DryRunRow): string {
  const was = before === null ? 'nobody judged' : `${before.model} said ${before.headline.label}`;
  if (after === null)
    return `${lastDay(as_of)}  ${was}; cannot be told: the records of ${counted(gone.length, 'signal')} that changed have been removed (${gone.join(', ')})`;
  const changed = before === null ? '' : items.length === 0 ? '; no item changes' : `; changes ${items.join(' ')}`;
  const again = measured_again.length === 0 ? '' : `; measured again: ${measured_again.join(', ')}`;
  return `${lastDay(as_of)}  ${was} -> ${after.label}${changed}${again}`;
}

/** `models dry-run`: what a model, published or not, would have said at kept snapshots. */
export async function dryRunOf(
  { app, io, flags }: CommandContext,
  id: string,
  options: { last: string },
): Promise<void> {
  const last = parseLast(options.last);
  const [store, rules, model] = await Promise.all([app.store(), app.rules(), app.anyModel(id)]);
  const rows = await dryRunModel({
    store,
    model,
    last,
    signals: rules.signals,
    rulesHash: rules.hash,
    version: app.version,
    signalTimeoutMs: app.config.measure.signal_timeout_s * 1000,
    signal: app.signal,
  });
  if (flags.json) printJson(io, rows);
  else
    for (const row of rows)
      for (const line of [sayRow(row), ...(row.removes === null ? [] : sayWhatGoes(row.removes))]) printText(io, line);
}
