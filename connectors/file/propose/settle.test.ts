import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { PlumblineError } from '../../../src/errors/index.ts';
import { runs } from '../../../test/harness/property-runs.ts';
import { parseMapping } from '../plan.ts';
import { openFileSource } from '../source.ts';
import { type Proposal, proposeMapping } from './propose-mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-settle-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

type Column = readonly [header: string, values: (row: number, ticket: number) => string];

const two = (n: number): string => String(n).padStart(2, '0');
const WRITTEN: readonly ((day: number, hour: number) => string)[] = [
  (day, hour) => `2026-01-${two(day)} ${two(hour)}:00:00`,
  (day, hour) => `2026-01-${two(day)}T${two(hour)}:00:00Z`,
  // No number above 12: the order of day and month is open.
  (day, hour) => `${two((day % 12) + 1)}/${two((hour % 9) + 2)}/2026 08:30`,
  (day, hour) => `${day}/Jan/26 ${(hour % 11) + 1}:15 AM`,
];

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const time = (names: readonly string[], share: number): fc.Arbitrary<Column> =>
  fc
    .tuple(pick(...names), pick(...WRITTEN), fc.integer({ min: 0, max: 9 }))
    .map(
      ([name, write, later]): Column => [
        name,
        (row, ticket) => ((ticket * 7) % 10 < share * 10 ? write((ticket % 20) + 1, ((row + later) % 12) + 8) : ''),
      ],
    );
const words = (names: readonly string[], ...list: readonly string[]): fc.Arbitrary<Column> =>
  fc
    .tuple(pick(...names), fc.array(pick(...list), { minLength: 1, maxLength: 5 }))
    .map(([name, chosen]): Column => [name, (row) => chosen[row % chosen.length] ?? '']);
const maybe = (column: fc.Arbitrary<Column>): fc.Arbitrary<Column | null> => fc.option(column, { freq: 2 });

/** What a desk may export: some columns of each kind, well and badly named, one row a ticket or one a change. */
const EXPORTS = fc.record({
  key: pick('Ticket ID', 'sr_number', 'CaseID', 'case:concept:name', 'Ref'),
  rows: fc.integer({ min: 4, max: 14 }),
  log: fc.boolean(),
  created: time(['Created', 'open_dt', 'Date', 'Reported on', 'CompleteTimestamp'], 1),
  others: fc
    .tuple(
      maybe(time(['Resolved At', 'Required Resolution DateTime', 'resolution_by', 'Solved'], 0.6)),
      maybe(time(['Close date', 'closed_dt', 'Expected closure', 'Completion'], 1)),
      maybe(time(['First response date', 'First Response Due', 'replied'], 0.5)),
      maybe(time(['Last Modified', 'Status Changed', 'Due by Time', 'Due date'], 1)),
      maybe(
        words(
          ['Status', 'State', 'ticket_status'],
          'Open',
          'Closed',
          'parked',
          '-',
          '3',
          'Resolved - Pending X',
          'None',
        ),
      ),
      maybe(words(['Priority', 'urgency'], '1', '4', '5', 'High', '2 - High', 'None', 'P9')),
      maybe(words(['SLA Breached', 'SLA', 'ontime', 'Resolution status', 'overdue'], 'Yes', 'No', 'Within SLA', 'NA')),
      maybe(
        words(['First response time', 'Resolution time (in hrs)', 'TTR', 'time to close'], '1', '90', '2.5', '0', '-'),
      ),
      maybe(words(['Resolution time', 'Full resolution time'], '1:30', '0:10', '26:00')),
      maybe(words(['CSAT', 'satisfaction_score', 'Rating', 'Survey results'], '1', '5', '9', 'Good', 'Offered', 'meh')),
      maybe(words(['Team', 'Region', 'Assigned group', 'agency'], 'NA', 'EMEA', 'None', 'L2 Team', '-')),
      maybe(
        words(
          ['activity', 'concept:name', 'action'],
          'Open',
          'Reply',
          'Close',
          '8',
          'Chat with vendor',
          'Create SW anomaly',
        ),
      ),
      maybe(words(['owner', 'org:resource', 'Assignee'], 'ann', 'bob', 'None')),
    )
    .map((list) => list.filter((column): column is Column => column !== null)),
});

function write(file: {
  key: string;
  rows: number;
  log: boolean;
  created: Column;
  others: readonly Column[];
}): string | null {
  const columns = [file.created, ...file.others].filter(
    ([name], i, all) => all.findIndex(([other]) => other.toLowerCase() === name.toLowerCase()) === i,
  );
  const lines = [[file.key, ...columns.map(([name]) => name)].map(cell).join(',')];
  for (let row = 0; row < file.rows; row++) {
    const ticket = file.log ? Math.floor(row / 3) : row;
    lines.push([`T-${ticket + 1}`, ...columns.map(([, value]) => value(row, ticket))].map(cell).join(','));
  }
  made += 1;
  const path = join(folder, `f${made}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** Rows that came in and rows that were set aside, counted. */
async function read(path: string, yaml: string): Promise<number> {
  const source = await openFileSource({
    paths: [path],
    mapping: parseMapping(yaml, 'settled'),
    mappingName: 'settled',
    pseudonymise: (_, value) => value,
    now: new Date('2027-01-01T00:00:00Z'),
  });
  try {
    let seen = 0;
    for await (const page of source.read(null, new AbortController().signal)) seen += page.seen ?? 0;
    return seen;
  } finally {
    await source.close();
  }
}

describe('settling every open point', () => {
  it('always ends in a mapping that can be imported', async () => {
    await fc.assert(
      fc.asyncProperty(EXPORTS, fc.array(fc.nat(6), { minLength: 12, maxLength: 12 }), async (file, picks) => {
        const path = write(file);
        if (path === null) return;
        let proposal: Proposal;
        try {
          proposal = await proposeMapping([path]);
        } catch (error) {
          // A file without a key or a time that can be read is said to be one; there is nothing to settle.
          expect(error).toBeInstanceOf(PlumblineError);
          return;
        }
        const answers = new Map(
          proposal.points.map((point, i) => [point.id, (picks[i % picks.length] ?? 0) % point.options.length]),
        );
        const settled = proposal.settle(answers);
        expect(settled.open).toEqual([]);
        expect(await read(path, settled.yaml)).toBe(file.rows);
      }),
      { ...runs(24), endOnFailure: true },
    );
  });
});
