import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StagedReading } from '../../src/domain/staged-reading.ts';
import { renderReport } from '../../src/report/html/render-report.ts';
import { renderSnapshotMarkdown } from '../../src/report/markdown/snapshot.ts';
import type { ReportContext } from '../../src/report/report-context.ts';
import { createStyle } from '../../src/report/style.ts';
import { renderSnapshot } from '../../src/report/terminal/snapshot.ts';
import { snapshotView } from '../../src/report/view/snapshot.ts';
import { runs } from '../harness/property-runs.ts';
import { randomReading } from '../harness/random-reading.ts';
import { reportView } from '../harness/report-view.ts';
import { SIX_STAGE } from '../harness/scored-points.ts';
import { toldInHtml, toldInMarkdown, toldInTerminal, toldInViews } from '../harness/told.ts';

const STYLE = createStyle({ color: false, width: 120 });
const CONTEXT: ReportContext = { model: SIX_STAGE, signals: new Map(), beside: () => [], ticketUrl: () => null };
const ALL = { disagreements: Number.POSITIVE_INFINITY, moves: Number.POSITIVE_INFINITY };

const viewsOf = (reading: StagedReading) => toldInViews(snapshotView(reading, CONTEXT, ALL));

describe('one truth', () => {
  it('terminal, Markdown and report tell the stage, span, flags and moves of the views', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(randomReading, (reading) => {
        const told = viewsOf(reading);
        const terminal = toldInTerminal(renderSnapshot(reading, CONTEXT, STYLE));
        seen.add(snapshotView(reading, CONTEXT).headline.face);
        expect(toldInMarkdown(renderSnapshotMarkdown(reading, CONTEXT))).toEqual(told);
        const report = { ...reportView(), snapshot: snapshotView(reading, CONTEXT, ALL) };
        expect(toldInHtml(renderReport(report, 'a4'))).toEqual(told);
        expect(terminal.title).toBe(told.title.toUpperCase());
        // A screen has room for the first of them.
        expect(terminal.flags).toEqual(told.flags.slice(0, 6));
        expect(terminal.moves).toEqual(told.moves.slice(0, 3));
      }),
      { ...runs(200), seed: 20261129 },
    );
    expect([...seen].toSorted()).toEqual(['answers_only', 'not_placed', 'span', 'step']);
  });
});
