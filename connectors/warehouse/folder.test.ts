import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { type MadeTables, readTables, writeCsv } from '../../test/harness/warehouse.ts';
import { readCell } from './cells.ts';
import { recogniseTables } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'warehouse-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
function folder(tables: MadeTables = {}, prefix = ''): string {
  made += 1;
  const dir = join(root, String(made));
  writeCsv(dir, tables, prefix);
  return dir;
}

const WHEN = '2026-03-07 11:00:00 UTC';
const TICKET = {
  id: '1',
  created_at: '2026-03-01 08:00:00',
  updated_at: '2026-03-02 08:00:00',
  status: 'open',
  via_channel: 'web',
  submitter_id: '9',
  requester_id: '9',
  _fivetran_deleted: 'FALSE',
  _fivetran_synced: WHEN,
};

async function refusal(act: () => Promise<unknown>): Promise<PlumblineError> {
  const error = await act().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PlumblineError);
  return error as PlumblineError;
}

describe('a folder of tables', () => {
  it('is told by its tables, whatever the letters and the prefix of the schema', async () => {
    expect(await recogniseTables(folder({ TICKET: [TICKET] }, 'RAW.ZENDESK.'), undefined, root)).toBe(
      'warehouse-zendesk',
    );
    const nested = join(root, 'nested', 'zendesk', 'Ticket', 'day=1');
    writeCsv(nested, { 'part-0': [TICKET] });
    expect(await recogniseTables(join(root, 'nested'), undefined, root)).toBe('warehouse-zendesk');
  });

  it('is refused with what was found and what each layout expects', async () => {
    const other = await refusal(() => recogniseTables(folder({ invoice: [{ id: 1 }] }), undefined, root));
    expect(other.code).toBe('BAD_INPUT_FILE');
    expect(other.message).toContain('of no layout that is known. Found: invoice.');
    expect(other.problems).toContain('fivetran/zendesk lacks ticket');
    const { via_channel, ...flat } = TICKET;
    const model = await refusal(() => recogniseTables(folder({ ticket: [flat] }), 'fivetran/zendesk', root));
    expect(model.message).toContain('another layout than fivetran/zendesk');
    expect(model.problems).toEqual(['fivetran/zendesk lacks ticket.via_channel']);
    const unknown = await refusal(() => recogniseTables(folder({ ticket: [TICKET] }), 'stitch/zendesk', root));
    expect(unknown.message).toBe('There is no layout named stitch/zendesk.');
  });

  it('is refused where several layouts fit, unless one is named', async () => {
    const tickets = { ...TICKET, via: '{"channel":"web"}', _airbyte_extracted_at: WHEN };
    const both = folder({ ticket: [TICKET], tickets: [tickets] });
    const error = await refusal(() => recogniseTables(both, undefined, root));
    expect(error.message).toContain('fit several layouts: fivetran/zendesk, airbyte/zendesk');
    expect(error.remedy).toContain('--set layout=fivetran/zendesk');
    expect(await recogniseTables(both, 'airbyte/zendesk', root)).toBe('warehouse-zendesk');
  });

  it('is refused by name when it is missing, empty or damaged', async () => {
    expect((await refusal(() => recogniseTables(join(root, 'nowhere'), undefined, root))).code).toBe('FILE_REFUSED');
    const empty = join(root, 'empty');
    mkdirSync(empty);
    expect((await refusal(() => recogniseTables(empty, undefined, root))).message).toBe(
      `${empty} holds no Parquet or CSV file.`,
    );
    const damaged = folder();
    writeFileSync(join(damaged, 'ticket.parquet'), 'PAR1 but no more');
    const error = await refusal(() => recogniseTables(damaged, undefined, root));
    expect(error.message).toContain(`The table ticket (${join(damaged, 'ticket.parquet')}) cannot be read as parquet`);
    writeFileSync(join(damaged, 'ticket.csv'), 'id\n1\n');
    expect((await refusal(() => recogniseTables(damaged, undefined, root))).message).toContain(
      'The table ticket is there twice',
    );
  });

  it('is refused where no row says when it was written', async () => {
    const dir = folder({ ticket: [{ ...TICKET, _fivetran_synced: '' }] });
    const { error } = await readTables('warehouse-zendesk', dir).then(
      () => ({ error: null }),
      (thrown: unknown) => ({ error: thrown }),
    );
    expect(error).toMatchObject({ code: 'BAD_INPUT_FILE', remedy: expect.stringContaining('_fivetran_synced') });
  });
});

describe('rows of a table', () => {
  it('stand once, as they were written last, and deleted ones are deleted tickets', async () => {
    const { rows, result } = await readTables(
      'warehouse-zendesk',
      folder({
        ticket: [
          { ...TICKET, status: 'solved', _fivetran_synced: '2026-03-07 11:30:00.5 UTC' },
          TICKET,
          { ...TICKET, id: '2', _fivetran_deleted: 'true' },
        ],
        // This table has no mark of deletion.
        organization: [{ id: '7', created_at: '2026-01-01 00:00:00', updated_at: WHEN, _fivetran_synced: WHEN }],
      }),
    );
    expect(result.until).toEqual(new Date('2026-03-07T11:30:00Z'));
    expect(rows.ticket?.['1']).toMatchObject({ status: 'solved', deleted: false, priority_rank: null });
    expect(rows.ticket?.['2']).toMatchObject({ deleted: true });
    expect(Object.keys(rows.organisation ?? {})).toEqual(['7']);
  });

  it('that are not there are said with the table to switch on', async () => {
    const { shows, result } = await readTables('warehouse-zendesk', folder({ ticket: [TICKET] }));
    expect(result.error).toBeNull();
    expect(shows('messages')).toMatchObject({
      status: 'absent',
      detail:
        'The folder lacks the tables ticket_field_history, ticket_comment. Switch them on in the Fivetran connection, export again, and sync.',
    });
    expect(shows('tickets')?.status).toBe('available');
    expect(shows('tickets')?.fields).not.toContain('tags');
    expect(shows('tickets')?.detail).toContain('ticket_tag');
    expect(shows('automations')).toMatchObject({ status: 'absent', detail: expect.stringContaining('do not hold it') });
  });

  it('are read again only when a file has changed, and then whole', async () => {
    const dir = folder({ ticket: [TICKET] });
    const first = await readTables('warehouse-zendesk', dir);
    const before = JSON.stringify(first.store.all());
    const second = await readTables('warehouse-zendesk', dir, {}, first.store);
    expect(second.result.streams.find((one) => one.stream === 'tickets')).toMatchObject({ status: 'read', written: 0 });
    expect(JSON.stringify(second.store.all())).toBe(before);
    writeCsv(dir, {
      ticket: [
        { ...TICKET, status: 'pending' },
        { ...TICKET, id: '3' },
      ],
    });
    const third = await readTables('warehouse-zendesk', dir, {}, first.store);
    expect(third.rows.ticket?.['1']).toMatchObject({ status: 'pending' });
    expect(Object.keys(third.rows.ticket ?? {})).toEqual(['1', '3']);
  });

  it('whose value is not of its kind lose the value with its place', async () => {
    const { rows, aside } = await readTables(
      'warehouse-zendesk',
      folder({ ticket: [{ ...TICKET, updated_at: 'yesterday' }] }),
    );
    expect(rows.ticket?.['1']).toMatchObject({ updated_at: null });
    expect(aside).toMatchObject([{ stream: 'tickets', ref: '1', path: 'updated_at' }]);
  });
});

describe('a cell', () => {
  it.each([
    ['12', 'number', 12],
    ['TRUE', 'bool', true],
    ['0', 'bool', false],
    ['maybe', 'bool', 'maybe'],
    ['2026-03-02T09:00:00.000Z', 'time', '2026-03-02T09:00:00Z'],
    ['{"id":9007199254740993}', 'json', { id: '9007199254740993' }],
    ['plain word', 'json', 'plain word'],
    [null, 'bool', null],
  ] as const)('%s as %s is %j', (text, kind, value) => {
    expect(readCell(text, kind)).toEqual(value);
  });
});
