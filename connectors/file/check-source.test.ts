import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { SourceCheck } from '../../src/domain/source-check.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { PLANTED, PLANTED_MARKS } from '../../test/harness/plant-personal-text.ts';
import { runs } from '../../test/harness/property-runs.ts';
import { Mapping } from './mapping-schema.ts';
import { parseMapping } from './plan.ts';
import { openFileSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-check-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

interface Checked {
  readonly check: SourceCheck;
  readonly pages: readonly ConnectorPage[];
  readonly rows: number;
}

/** Dry run and import of one text, side by side. */
async function look(text: string, mapping: Mapping): Promise<Checked> {
  const path = join(folder, `f${made++}.csv`);
  writeFileSync(path, text);
  const source = await openFileSource({
    paths: [path],
    mapping,
    mappingName: 'map.yaml',
    pseudonymise: (kind, value) => `${kind}#${[...value].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1e9, 7)}`,
    now: new Date('2026-06-01T00:00:00Z'),
    pageRows: 3,
  });
  try {
    const check = await source.check(new AbortController().signal);
    const pages: ConnectorPage[] = [];
    for await (const page of source.read(null, new AbortController().signal)) pages.push(page);
    return { check, pages, rows: source.rows };
  } finally {
    await source.close();
  }
}

const PLAIN = parseMapping(
  `version: 1
mode: tickets
time_zone: UTC
ticket:
  id: id
  created_at: created
  solved_at: solved
  group: team
  status: { column: st, values: { open: open, solved: solved } }
`,
  'map.yaml',
);

const HEADER = 'id,created,solved,team,st';

function lines(n: number, line: (i: number) => string): string {
  return [HEADER, ...Array.from({ length: n }, (_, i) => line(i))].join('\n');
}

function expectSums({ check, pages, rows }: Checked): void {
  expect(SourceCheck.parse(check)).toEqual(check);
  expect(check.rows).toBe(rows);
  expect(check.kept + check.set_aside).toBe(rows);
  expect(check.reasons.reduce((sum, one) => sum + one.n, 0)).toBe(check.set_aside);
  // The import cannot disagree: it sets the same rows aside for the same reasons.
  const aside = pages.flatMap((page) => page.rejected).filter((one) => one.stream === 'rows');
  expect(aside.reduce((sum, one) => sum + (one.times ?? 1), 0)).toBe(check.set_aside);
}

describe('the dry run', () => {
  it('says whom the loss hits before anything else', async () => {
    // Of 40 open tickets 20 have no creation time, of 40 solved ones none lacks it.
    const found = await look(
      lines(80, (i) =>
        i < 40
          ? `${i},${i < 20 ? '' : '2026-01-05 09:00'},,Support,open`
          : `${i},2026-01-05 09:00,2026-01-07 09:00,Billing,solved`,
      ),
      PLAIN,
    );
    expectSums(found);
    const { check } = found;
    expect(check).toMatchObject({ rows: 80, kept: 60, set_aside: 20, lost_share: 0.25 });
    expect(check.uneven.map((one) => [one.group, one.value, one.lost, one.of, one.rest_lost])).toEqual([
      ['open', null, 20, 40, 0],
      ['team', 'Support', 20, 40, 0],
    ]);
    expect(check.reasons).toMatchObject([
      { code: 'MISSING_TIME', n: 20, share: 0.25, refs: ['row 1', 'row 2', 'row 3', 'row 4', 'row 5'] },
    ]);
    expect(check.reasons[0]?.remedy).toContain('created_at');
  });

  it('names no team that is hashed', async () => {
    const { check } = await look(
      lines(80, (i) => `${i},${i < 20 ? '' : '2026-01-05 09:00'},,${i < 40 ? 'Anna Schmidt' : 'Jan Weber'},open`),
      PLAIN,
    );
    expect(check.uneven.map((one) => [one.group, one.value])).toEqual([['team', null]]);
    expect(check.hashed).toEqual([
      { target: 'ticket.group', column: 'team', looks_like: 'names of people', values: null, refused: false },
    ]);
  });

  it('tells open tickets with an end, ends before starts, future and placeholder ends, repeats and several rows apart', async () => {
    const found = await look(
      [
        HEADER,
        'a,2026-01-05 09:00,2026-01-06 09:00,Support,open',
        'b,2026-01-05 09:00,2026-01-04 09:00,Support,solved',
        'c,2026-01-05 09:00,2031-01-04 09:00,Support,solved',
        'd,2026-01-05 09:00,1970-01-01 00:00,Support,open',
        'e,2026-01-05 09:00,2026-01-06 09:00,Support,solved',
        'e,2026-01-05 09:00,2026-01-06 09:00,Support,solved',
        'f,2026-01-05 09:00,2026-01-06 09:00,Support,solved',
        'f,2026-01-05 09:00,2026-01-08 09:00,Support,solved',
      ].join('\n'),
      PLAIN,
    );
    expectSums(found);
    expect(found.check.findings.map((one) => [one.code, one.n, one.refs])).toEqual([
      ['OPEN_WITH_END', 1, ['row 1']],
      ['END_BEFORE_START', 1, ['row 2']],
      ['FUTURE_END', 1, ['row 3']],
      ['PLACEHOLDER_END', 1, ['row 4']],
      ['REPEATED_ROWS', 1, ['row 5']],
      ['TICKETS_ON_SEVERAL_ROWS', 1, ['row 7']],
    ]);
    expect(found.check).toMatchObject({ kept: 6, set_aside: 2, tickets: 5, ends_lost: [] });
  });

  it('says when every ticket is closed, and when most ends cannot be true', async () => {
    const { check } = await look(
      lines(4, (i) => `${i},2026-01-05 09:00,2026-01-04 09:00,Support,solved`),
      PLAIN,
    );
    expect(check.findings.map((one) => one.code)).toEqual(['END_BEFORE_START', 'ALL_CLOSED']);
    expect(check.ends_lost).toEqual([
      { column: 'solved', n: 4, of: 4, detail: 'earlier than the creation of the ticket' },
    ]);
  });

  it('counts words that the mapping does not list, and shows no personal one', async () => {
    const { check } = await look(
      lines(
        60,
        (i) => `${i},2026-01-05 09:00,,Support,${i === 0 ? 'parked' : i === 1 ? 'ask jm@example.org' : 'open'}`,
      ),
      PLAIN,
    );
    expect(check.words.map((one) => [one.word, one.n]).sort()).toEqual([
      ['parked', 1],
      ['…', 1],
    ]);
  });
});

const CELLS = fc.oneof(
  fc.constantFrom(
    '',
    '1',
    '2',
    'a',
    'open',
    'solved',
    'odd',
    'Support',
    '?',
    '-3',
    '1970-01-01',
    '9999-12-31',
    '0000-00-00',
    '\0',
    'x'.repeat(130),
  ),
  fc.constantFrom('2026-01-05 09:00', '2026-01-06', '2026-02-30', '2026-03-01T10:00:00Z', '2031-01-01 00:00'),
  fc.constantFrom(...PLANTED),
);
const COLUMNS = ['c0', 'c1', 'c2', 'c3', 'c4'] as const;
const column = fc.constantFrom(...COLUMNS);
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 });
const word = fc.oneof(
  column,
  fc.record({ column, as: fc.constantFrom('clear' as const, 'id' as const, 'hash' as const) }),
);

/** Any mapping of five columns, as wrong as it may be. */
const MAPPINGS = fc
  .record({
    events: fc.boolean(),
    id: column,
    created_at: column,
    solved_at: column,
    updated_at: maybe(column),
    status: maybe(column),
    group: maybe(word),
    assignee: maybe(word),
    product: maybe(word),
    category: maybe(word),
    cause_code: maybe(word),
    form: maybe(word),
    merged_into: maybe(column),
  })
  .map(({ events, status, ...fields }) =>
    Mapping.parse({
      version: 1,
      mode: events ? 'events' : 'tickets',
      time_zone: 'UTC',
      ticket: {
        ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
        ...(status === undefined
          ? {}
          : { status: { column: status, values: { open: 'open', solved: 'solved' }, default: null } }),
      },
      ...(events ? { events: { at: fields.created_at, track: ['c4'] } } : {}),
    }),
  );

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

describe('dirty files under random mappings', () => {
  it('never lose a row without a counted reason, never store personal text, and always end', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(CELLS, { minLength: 5, maxLength: 6 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom('2026-01-05 09:00', '2026-01-06 10:00', '2026-01-07 11:00', 'odd'), {
          minLength: 12,
          maxLength: 12,
        }),
        MAPPINGS,
        async (rows, times, mapping) => {
          // One column of times, so that more than a few of the mappings can be read at all.
          const good = rows.map((row, i) => row.map((cell, c) => (c === 1 ? (times[i] ?? cell) : cell)));
          const text = [COLUMNS.join(','), ...good.map((row) => row.map(quoted).join(','))].join('\n');
          const found = await look(text, mapping).catch((error: unknown) => {
            // A file that cannot be read at all is refused in words; anything else is a fault.
            if (error instanceof PlumblineError && error.code !== 'BUG') return null;
            throw error;
          });
          if (found === null) return;
          taken += 1;
          expectSums(found);
          const stored = JSON.stringify([found.pages, found.check]).toLowerCase();
          expect(PLANTED_MARKS.filter((mark) => stored.includes(mark))).toEqual([]);
        },
      ),
      runs(60),
    );
    expect(taken).toBeGreaterThan(0);
  });
});

it('counts the tickets that are stored, not those whose every row is set aside', async () => {
  const { check, pages } = await look(
    'id,created,solved,team,st\na,2026-01-05 09:00,,t,open\nb,1970-01-01 00:00,,t,open\nb,,,t,open\nc,2026-01-06 09:00,,t,open\n',
    PLAIN,
  );
  expect(check).toMatchObject({ rows: 4, kept: 2, set_aside: 2, tickets: 2 });
  expect(pages.flatMap((page) => page.records.ticket ?? []).map((ticket) => ticket.id)).toEqual(['a', 'c']);
});
