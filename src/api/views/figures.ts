import { countWeek, type WeekHour } from '../../pipeline/count-week.ts';
import { computeMetrics, DEFINITIONS, type Dimension, findZone } from '../../pipeline/metrics.ts';
import { parseBound } from '../../pipeline/parse-span.ts';
import { type FiguresView, figuresView } from '../../report/view/figures.ts';
import type { Store } from '../../store/ports.ts';

const DIFFERS = new Map(DEFINITIONS.map(({ figure }) => [figure.id, figure.differs]));

interface AskedFigures {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly by: readonly Dimension[];
}

/** Plain figures of a span, and the hours of its week. Errors: NO_DATA without telemetry, BAD_USAGE for a span that is none. */
export async function drawFigures({ telemetry, ledger }: Store, asked: AskedFigures): Promise<FiguresView> {
  const zone = await findZone(telemetry, { connections: await ledger.connections() });
  const bound = (text: string | undefined, name: string, edge: 'start' | 'end'): Date | null =>
    text === undefined ? null : parseBound(text, name, edge, zone.id);
  let hours: readonly WeekHour[] | null = null;
  const report = await computeMetrics(telemetry, {
    zone,
    from: bound(asked.from, 'from', 'start'),
    to: bound(asked.to, 'to', 'end'),
    by: asked.by,
    also: async (...over) => {
      hours = await countWeek(...over);
    },
  });
  return figuresView(report, hours, DIFFERS);
}
