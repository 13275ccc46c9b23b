import type { GoneFinding, GoneItem, GoneRecords, WhatGoes } from '../pipeline/dry-run/what-goes.ts';
import { counted } from '../report/numbers.ts';

/** Records of a sample that are named. */
const MOST_NAMED = 5;

function sayFinding({ signal, now, reason }: GoneFinding): string {
  if (now === null) return `${signal}: is not looked at any more`;
  return `${signal}: ${now.replaceAll('_', ' ')}${reason === null ? '' : ` (${reason})`}`;
}

function sayRecords({ signal, before, after, excluded, sample }: GoneRecords): string {
  const why = Object.entries(excluded).map(([reason, units]) => `${units} more are left out as ${reason}`);
  const named = sample.slice(0, MOST_NAMED).map(({ connection, id }) => `${connection}/${id}`);
  const more = sample.length > named.length ? ` and ${sample.length - named.length} more` : '';
  const which = named.length === 0 ? [] : [`of those shown: ${named.join(', ')}${more}`];
  return `${signal}: ${after} of ${before} records are counted${[...why, ...which].map((part) => `; ${part}`).join('')}`;
}

function sayItem({ item, was, is_there }: GoneItem): string {
  if (!is_there) return `${item}: is no item any more${was === null ? '' : ` (was ${was})`}`;
  return `${item}: nothing speaks for it any more (was ${was})`;
}

/** What a dry run takes away, in lines; none where nothing is. */
export function sayWhatGoes({ findings, records, items }: WhatGoes): readonly string[] {
  const listOf = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
  return [
    ...listOf(`removes ${counted(findings.length, 'finding')}`, findings.map(sayFinding)),
    ...listOf(`counts fewer records in ${counted(records.length, 'signal')}`, records.map(sayRecords)),
    ...listOf(`removes ${counted(items.length, 'item')}`, items.map(sayItem)),
  ];
}
