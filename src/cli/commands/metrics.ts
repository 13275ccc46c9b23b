import { nearest, PlumblineError } from '../../errors/index.ts';
import { computeMetrics, DIMENSIONS, type Dimension, findZone } from '../../pipeline/metrics.ts';
import { parseBound } from '../../pipeline/parse-span.ts';
import { renderMetrics } from '../../report/terminal/metrics.ts';
import { figuresView } from '../../report/view/figures.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';
import { printReconciliation } from './metrics-reconcile.ts';

interface MetricsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly by?: readonly string[];
  readonly reconcile?: boolean;
  readonly tz?: string;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, ...value.split(',').map((one) => one.trim())];
}

function dimensionOf(name: string): Dimension {
  const found = DIMENSIONS.find((dimension) => dimension === name);
  if (found !== undefined) return found;
  const guess = nearest(name, DIMENSIONS);
  throw new PlumblineError(
    'BAD_USAGE',
    `--by ${name} is not known.`,
    guess === null ? `Use ${DIMENSIONS.join(', ')}.` : `Did you mean ${guess}?`,
  );
}

export const registerMetrics: RegisterCommand = (program, run) => {
  program
    .command('metrics')
    .description('plain service figures, unscored')
    .option('--from <date>', 'start, a date (its first moment) or an instant')
    .option('--to <date>', 'end, a date (the whole day) or an instant; default: the end of the data')
    .option(
      '--tz <zone>',
      "zone of days, weeks and months, e.g. Europe/Berlin; default: the desk's calendar, else timezone of plumbline.yaml, else UTC",
    )
    .option('--by <dimension>', `break down by ${DIMENSIONS.join(', ')}; may be repeated`, collect, [])
    .option('--reconcile', "compare with the helpdesk's own counters instead: how many tickets differ, by what and why")
    .action(
      run(async (context, options: MetricsOptions) => {
        if (options.reconcile === true) return printReconciliation(context);
        const { app, io, flags } = context;
        const store = await app.store();
        const zone = await findZone(store.telemetry, {
          option: options.tz,
          workspace: app.config.timezone,
          connections: await store.ledger.connections(),
        });
        const report = await computeMetrics(store.telemetry, {
          zone,
          from: options.from === undefined ? null : parseBound(options.from, '--from', 'start', zone.id),
          to: options.to === undefined ? null : parseBound(options.to, '--to', 'end', zone.id),
          by: (options.by ?? []).map(dimensionOf),
        });
        if (flags.json) printJson(io, report);
        else printText(io, renderMetrics(figuresView(report, null, new Map()), io.style));
      }),
    );
};
