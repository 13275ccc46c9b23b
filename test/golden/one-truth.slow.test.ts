import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_NAMES } from '../../src/demo/index.ts';
import { readStaged, type StagedReading } from '../../src/domain/staged-reading.ts';
import { takeSnapshot } from '../../src/pipeline/snapshot.ts';
import { renderSnapshotMarkdown } from '../../src/report/markdown/snapshot.ts';
import type { ReportContext } from '../../src/report/report-context.ts';
import { createStyle } from '../../src/report/style.ts';
import { renderSnapshot } from '../../src/report/terminal/snapshot.ts';
import { snapshotView } from '../../src/report/view/snapshot.ts';
import { type DemoStore, syncDemoDesk } from '../harness/demo-store.ts';
import { SIX_STAGE } from '../harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../harness/staged-subjects.ts';
import { toldInMarkdown, toldInTerminal, toldInViews } from '../harness/told.ts';

const STYLE = createStyle({ color: false, width: 120 });
const CONTEXT: ReportContext = {
  model: SIX_STAGE,
  signals: new Map(SHIPPED_SIGNALS.map((signal) => [signal.id, signal])),
  beside: () => [],
  ticketUrl: () => null,
};
const ALL = { disagreements: Number.POSITIVE_INFINITY, moves: Number.POSITIVE_INFINITY };

async function placeDesk({ store }: DemoStore): Promise<StagedReading> {
  const taken = await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'desk' },
    {
      store,
      signals: SHIPPED_SIGNALS,
      rulesHash: 'r',
      models: [{ model: SIX_STAGE, hash: 'm' }],
      version: '0.0.0',
      signalTimeoutMs: 60_000,
      now: new Date(),
      keep: false,
    },
  );
  const reading = readStaged(taken, SIX_STAGE.id);
  if (reading === null) throw new Error('six-stage judged it');
  return reading;
}

describe.each(DESK_NAMES)('the demo desk %s', (desk) => {
  let synced: DemoStore;
  let reading: StagedReading;
  beforeAll(async () => {
    synced = await syncDemoDesk(desk);
    reading = await placeDesk(synced);
  });
  afterAll(() => synced.store.close());

  it('is told alike by terminal, Markdown and views', () => {
    const told = toldInViews(snapshotView(reading, CONTEXT, ALL));
    expect(told.title).not.toBe('');
    expect(toldInMarkdown(renderSnapshotMarkdown(reading, CONTEXT))).toEqual(told);
    const terminal = toldInTerminal(renderSnapshot(reading, CONTEXT, STYLE));
    expect(terminal).toEqual({
      title: told.title.toUpperCase(),
      flags: told.flags.slice(0, 6),
      moves: told.moves.slice(0, 3),
    });
  });
});
