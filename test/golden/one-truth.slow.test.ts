import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_NAMES } from '../../src/demo/index.ts';
import { readStaged, type StagedReading } from '../../src/domain/staged-reading.ts';
import { takeSnapshot } from '../../src/pipeline/snapshot.ts';
import { renderReport } from '../../src/report/html/render-report.ts';
import { renderSnapshotMarkdown } from '../../src/report/markdown/snapshot.ts';
import type { ReportContext } from '../../src/report/report-context.ts';
import { createStyle } from '../../src/report/style.ts';
import { renderSnapshot } from '../../src/report/terminal/snapshot.ts';
import { snapshotView } from '../../src/report/view/snapshot.ts';
import { type DemoStore, syncDemoDesk } from '../harness/demo-store.ts';
import { randomReading } from '../harness/random-reading.ts';
import { reportView } from '../harness/report-view.ts';
import { SIX_STAGE } from '../harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../harness/staged-subjects.ts';
import { type Told, toldInHtml, toldInMarkdown, toldInTerminal, toldInViews } from '../harness/told.ts';
import { findChromium, launchBrowser, NO_BROWSER } from '../web/browser.ts';
import { ON_HOME, openPageTeller, type PageTeller } from '../web/told-on-page.ts';

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

const found = findChromium() !== null;
let browser: Browser | null = null;
let teller: PageTeller | null = null;
beforeAll(async () => {
  if (!found) return;
  browser = await launchBrowser();
  teller = await openPageTeller(browser);
});
afterAll(async () => {
  await teller?.close();
  await browser?.close();
});

/** What a home has room for. A row on which nobody parts clearly has no flag. */
function onHome({ title, flags, moves }: Told): Told {
  return {
    title,
    flags: flags
      .slice(0, ON_HOME.disagreements)
      .map((flag) => (/rated$/.test(flag) ? flag : `${flag}within what chance gives`)),
    moves: moves.slice(0, ON_HOME.moves),
  };
}

describe.each(DESK_NAMES)('the demo desk %s', (desk) => {
  let synced: DemoStore;
  let reading: StagedReading;
  beforeAll(async () => {
    synced = await syncDemoDesk(desk);
    reading = await placeDesk(synced);
  });
  afterAll(() => synced.store.close());

  it('is told alike by terminal, Markdown, report, page and views', async () => {
    const told = toldInViews(snapshotView(reading, CONTEXT, ALL));
    expect(told.title).not.toBe('');
    expect(toldInMarkdown(renderSnapshotMarkdown(reading, CONTEXT))).toEqual(told);
    const terminal = toldInTerminal(renderSnapshot(reading, CONTEXT, STYLE));
    expect(terminal).toEqual({
      title: told.title.toUpperCase(),
      flags: told.flags.slice(0, 6),
      moves: told.moves.slice(0, 3),
    });
    const report = { ...reportView(), snapshot: snapshotView(reading, CONTEXT, ALL) };
    expect(toldInHtml(renderReport(report, 'a4'))).toEqual(told);
    if (teller !== null) expect(await teller.tell(reading, CONTEXT)).toEqual(onHome(told));
  });
});

describe.skipIf(!found)(`two hundred random verdicts${found ? '' : ` (${NO_BROWSER})`}`, () => {
  it('are told on the page as in views', { timeout: 1_800_000 }, async () => {
    for (const reading of fc.sample(randomReading, { numRuns: 200, seed: 20261129 })) {
      const told = toldInViews(snapshotView(reading, CONTEXT, ALL));
      expect(await teller?.tell(reading, CONTEXT)).toEqual(onHome(told));
    }
  });
});
