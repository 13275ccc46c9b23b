import type { CustomerMatch } from '../../domain/customer-match.ts';
import { ENOUGH_MATCHED } from '../../domain/joined-source.ts';
import { count, counted, percent } from '../numbers.ts';
import type { Style } from '../style.ts';

/** Ids that a screen shows; `--json` has them all. */
const MOST_IDS = 20;

function tellCounts({ matched, of, share }: CustomerMatch['organisations']): string {
  return `${count(matched)} of ${count(of)}${share === null ? '' : ` (${percent(share)})`}`;
}

function tellRules({ mapping, external_id, domain }: CustomerMatch['by_rule']): string {
  const parts: [number, string][] = [
    [mapping, 'by the mapping'],
    [external_id, 'by external id'],
    [domain, 'by domain'],
  ];
  return parts
    .filter(([n]) => n > 0)
    .map(([n, how]) => `${count(n)} ${how}`)
    .join(', ');
}

function tellMapping({ pairs, unknown_customers, unknown_organisations }: CustomerMatch['mapping']): string[] {
  if (pairs === 0) return [];
  const lost = [
    ...(unknown_customers === 0 ? [] : [`${count(unknown_customers)} name a customer that was not read`]),
    ...(unknown_organisations === 0 ? [] : [`${count(unknown_organisations)} an organisation that was not read`]),
  ];
  return [`  mapping: ${counted(pairs, 'pair')}${lost.length === 0 ? '' : `; ${lost.join(', ')}`}`];
}

function tellTold(told: CustomerMatch['told']): string[] {
  const { tier, contract, health, health_90d, health_understood, renewal, value, churned, expanded } = told;
  return [
    `  of the matched: ${count(tier)} with a tier, ${count(contract)} with a contract, renewal or value, ${count(health)} with a health value, ${count(health_90d)} of which changed in 90 days and ${count(health_understood)} of which are understood`,
    `  dated: ${count(renewal)} with a day of renewal, ${count(churned)} left, ${count(expanded)} bought more; ${count(value)} with a band of value`,
  ];
}

/** How organisations of desks were matched, a block for each desk and source. Empty for none. */
export function renderCustomerMatches(matches: readonly CustomerMatch[], style: Style): string {
  return matches.map((match) => renderOne(match, style)).join('\n\n');
}

function renderOne(match: CustomerMatch, style: Style): string {
  const { organisations, with_tickets, ambiguous } = match;
  const rules = tellRules(match.by_rule);
  const shown = ambiguous.slice(0, MOST_IDS).map(({ organisation_id }) => organisation_id);
  const more = ambiguous.length - shown.length;
  const mark = match.counts ? style.good('✓') : style.warn('!');
  return [
    `${mark} ${style.bold(`${match.desk} and ${match.source}`)}: ${tellCounts(organisations)} organisations matched${rules === '' ? '' : `, ${rules}`}`,
    `  with tickets: ${tellCounts(with_tickets)}; ${
      match.counts
        ? 'what the source tells of them counts'
        : `what the source tells counts from ${percent(ENOUGH_MATCHED)} on`
    }`,
    `  ${count(organisations.ambiguous)} ambiguous, not joined${shown.length === 0 ? '' : `: ${shown.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`}`,
    `  ${count(organisations.unmatched)} unmatched`,
    ...(organisations.matched === 0 ? [] : tellTold(match.told)),
    ...tellMapping(match.mapping),
  ].join('\n');
}
