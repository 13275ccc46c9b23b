import type { Headline } from '../../domain/verdict.ts';
import { lastDay, percent, short } from '../numbers.ts';
import { STATUS_WORDS } from '../report-context.ts';
import { padEnd, padStart, type Style } from '../style.ts';

/** What a model said in one kept snapshot. */
interface HeadlineAt {
  readonly digest: string;
  readonly as_of: Date;
  readonly version: number;
  readonly headline: Headline;
}

/** Verdicts of one model of any kind over time, one a line, oldest first. */
export function renderHeadlines(title: string, rows: readonly HeadlineAt[], style: Style): string {
  const widest = Math.max(10, ...rows.map(({ headline }) => headline.label.length)) + 2;
  const lines = rows.map(({ as_of, headline, version, digest }) => {
    const { value, label, of, assured, status, coverage } = headline;
    const scale = value === null ? '–' : `${short(value)} of ${of}`;
    return `  ${padEnd(lastDay(as_of.toISOString()), 12)}${padEnd(label, widest)}${padStart(scale, 10)}${padStart(assured === null ? '–' : short(assured), 9)}${padStart(percent(coverage), 6)}  ${padEnd(STATUS_WORDS[status], 18)} ${style.dim(`v${version} ${digest.slice(0, 12)}`)}`;
  });
  const head = `  ${padEnd('as of', 12)}${padEnd('verdict', widest)}${padStart('value', 10)}${padStart('assured', 9)}${padStart('seen', 6)}`;
  return [style.bold(`${title.toUpperCase()} OVER TIME`), style.dim(head), ...lines].join('\n');
}
