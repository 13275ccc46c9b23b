import { resolve } from 'node:path';
import { environment } from '../../config/variables.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { PlumblineError } from '../../errors/index.ts';
import { renderBadge } from '../../report/badge/badge.ts';
import { summarize } from '../../report/badge/summary.ts';
import { PAPERS, type Paper } from '../../report/html/report-view.ts';
import { findBrowser } from '../pdf/find-browser.ts';
import type { CommandContext } from '../runner.ts';
import { writePrivate } from '../write-private.ts';
import { drawReport } from './draw-report.ts';

/** Files that a command may write of one snapshot. */
export interface ReportOptions {
  readonly html?: string;
  readonly pdf?: string;
  readonly badge?: string;
  readonly summary?: string;
  readonly paper?: string;
  readonly browser?: string;
}

/** What is to be written, checked before anything is measured: a browser that is missing should not cost a measurement. */
interface ReportPlan {
  readonly html: string | null;
  readonly pdf: string | null;
  readonly badge: string | null;
  readonly summary: string | null;
  readonly paper: Paper;
  /** Null when no PDF is asked for. */
  readonly browser: string | null;
}

/** Errors: BAD_USAGE for a paper that is not known, NO_BROWSER. */
export function planReport({ app, io }: CommandContext, options: ReportOptions): ReportPlan {
  const { browser, paper: configured } = app.config.report;
  const named = options.paper ?? configured;
  const paper = PAPERS.find((one) => one === named);
  if (paper === undefined)
    throw new PlumblineError('BAD_USAGE', `--paper ${named} is not known.`, `Use ${PAPERS.join(' or ')}.`);
  return {
    html: options.html ?? null,
    pdf: options.pdf ?? null,
    badge: options.badge ?? null,
    summary: options.summary ?? null,
    paper,
    browser:
      options.pdf === undefined
        ? null
        : findBrowser({ named: options.browser ?? browser, path: environment().PATH ?? '', cwd: io.cwd }),
  };
}

/** Writes what was planned of one snapshot, `since` an earlier one, and says where. Errors: FILE_REFUSED, PDF_FAILED, those of `drawReport`. */
export async function writeReport(
  { app, io }: CommandContext,
  plan: ReportPlan,
  reading: StagedReading,
  since: string | null,
): Promise<readonly string[]> {
  const { html, pdf, badge, summary, paper, browser } = plan;
  const files = [html, pdf, badge, summary].filter((file) => file !== null);
  if (files.length === 0) return [];
  const view = await drawReport(app, reading, since);
  const write = (file: string, content: string | Uint8Array): void => writePrivate(resolve(io.cwd, file), content);
  if (badge !== null) write(badge, renderBadge(view.snapshot.headline));
  if (summary !== null) write(summary, `${JSON.stringify(summarize(view.snapshot), null, 2)}\n`);
  if (html !== null || pdf !== null) {
    // Most runs write no report.
    const { renderReport } = await import('../../report/html/render-report.ts');
    const text = renderReport(view, paper);
    if (html !== null) write(html, text);
    if (pdf !== null && browser !== null) {
      const { printPdf } = await import('../pdf/print-pdf.ts');
      write(pdf, await printPdf(text, { browser, isRoot: process.getuid?.() === 0, signal: app.signal }));
    }
  }
  for (const file of files) io.err(`Wrote ${file}\n`);
  return files;
}
