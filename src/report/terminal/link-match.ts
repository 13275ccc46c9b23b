import { ENOUGH_MATCHED } from '../../domain/joined-source.ts';
import type { LinkMatch } from '../../domain/link-match.ts';
import { count, counted, percent } from '../numbers.ts';
import type { Style } from '../style.ts';

/** Tickets that a screen shows; `--json` has them all. */
const MOST_TICKETS = 20;

/** Which issues of each desk were found in the trackers beside it, a block for each desk. Empty for none. */
export function renderLinkMatches(matches: readonly LinkMatch[], style: Style): string {
  return matches.map((match) => renderOne(match, style)).join('\n\n');
}

function renderOne(match: LinkMatch, style: Style): string {
  const { issues, share, counts } = match;
  const mark = counts ? style.good('✓') : style.warn('!');
  const trackers = match.by_tracker.map(({ tracker, issues: n }) => `${count(n)} in ${tracker}`).join(', ');
  const head = `${mark} ${style.bold(match.desk)}: ${count(issues.matched)} of ${counted(issues.of, 'issue')} matched${trackers === '' ? '' : `, ${trackers}`}`;
  if (issues.of === 0) return `${head}; its tickets name none`;
  return [head, `  ${tellShare(share, counts)}`, ...match.by_system.map(tellSystem), ...tellAmbiguous(match)].join(
    '\n',
  );
}

function tellShare(share: number | null, counts: boolean): string {
  if (share === null) return 'no issue of any system was found in a tracker: nothing is joined';
  const of = `${percent(share)} of the issues in systems that a tracker knows`;
  return counts
    ? `${of}: what the trackers tell of them counts`
    : `${of}; what the trackers tell counts from ${percent(ENOUGH_MATCHED)} on`;
}

function tellSystem({ system, matched, ambiguous, unmatched, reached }: LinkMatch['by_system'][number]): string {
  const name = system ?? 'system not told';
  if (!reached) return `  ${name}: ${counted(unmatched + ambiguous, 'issue')}, of which no tracker knows any`;
  return `  ${name}: ${count(matched)} matched, ${count(ambiguous)} ambiguous, ${count(unmatched)} unmatched`;
}

function tellAmbiguous({ ambiguous }: LinkMatch): string[] {
  if (ambiguous.length === 0) return [];
  const tickets = [...new Set(ambiguous.flatMap((one) => one.tickets))];
  const more = tickets.length - MOST_TICKETS;
  return [
    `  ambiguous, not joined, named by ${tickets.slice(0, MOST_TICKETS).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`,
  ];
}
