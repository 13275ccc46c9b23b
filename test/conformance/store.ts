import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/assessment.ts';
import type { Observability } from '../../src/domain/observability.ts';
import type { TelemetryBatch, TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { ConnectionRow, Store, TelemetryCommit } from '../../src/store/ports.ts';
import { aResolution } from '../harness/a-resolution.ts';
import { aVerdict, placedSnapshot } from '../harness/placed-snapshot.ts';
import { aCustomer, aMessage, anEvent, aSnapshot, aTicket, at } from '../harness/records.ts';
import { storeDuties } from './store-duties.ts';

function commitOf(records: TelemetryBatch, more: Partial<TelemetryCommit> = {}): TelemetryCommit {
  return { connection: 'desk', stream: 'tickets', checkpoint: 'c1', records, rejected: [], ...more };
}

function observability(more: Partial<Observability> = {}): Observability {
  return {
    connection: 'desk',
    stream: 'events',
    status: 'available',
    detail: null,
    fields: ['status', 'actor'],
    since: null,
    until: at('2026-03-01T00:00:00Z'),
    rows: 12,
    rejected: 1,
    reconciled_share: 0.5,
    ...more,
  };
}

function answer(more: Partial<Answer> = {}): Answer {
  return {
    model: 'six-stages',
    criterion: 'S1.1',
    respondent: 'lead',
    role: 'operations',
    value: 2,
    comment: null,
    proof: null,
    proof_checked_by: null,
    answered_at: at('2026-01-10T09:00:00Z'),
    expires_at: at('2027-01-10T09:00:00Z'),
    ...more,
  };
}

const AWKWARD = 'quote \' double " back\\slash emoji \u{1F9ED} tab\t new\nline';

/** What every store has to do, whatever its engine. `open` gives an empty store each time. */
export function storeConformance(name: string, open: () => Promise<Store>): void {
  describe(`store conformance: ${name}`, () => {
    let store: Store;
    let folder: string;
    beforeEach(async () => {
      store = await open();
      folder = await mkdtemp(join(tmpdir(), 'plumbline-conformance-'));
    });
    afterEach(async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    });

    storeDuties(open);

    describe('telemetry', () => {
      it('is empty at first', async () => {
        expect((await store.telemetry.rows('desk')).get('ticket')).toBe(0);
        expect([...(await store.telemetry.checkpoints('desk'))]).toEqual([]);
        expect(await store.telemetry.setAside('desk')).toEqual([]);
        expect(await store.telemetry.observability()).toEqual([]);
        expect(await store.telemetry.find('ticket', 'desk', '1')).toEqual([]);
      });

      it('gives back what was written, value by value', async () => {
        const id = '9223372036854775808123';
        const ticket = aTicket({
          id,
          product: AWKWARD,
          tags: [AWKWARD, ''],
          filled_fields: [],
          priority_rank: 4,
          billable_s: Number.MAX_SAFE_INTEGER,
          created_at: at('2026-01-05T09:00:00.123Z'),
          requester_is_agent: false,
        });
        await store.telemetry.commit(commitOf({ ticket: [ticket] }));
        expect(await store.telemetry.find('ticket', 'desk', id)).toEqual([ticket]);
        expect(await store.telemetry.find('ticket', 'other', id)).toEqual([]);
      });

      it('keeps the last record of a key, within a batch and over batches', async () => {
        const first = await store.telemetry.commit(
          commitOf({ ticket: [aTicket({ id: '1', status: 'new' }), aTicket({ id: '1', status: 'open' })] }),
        );
        expect(first).toEqual({ written: 1, rejected: 0 });
        expect((await store.telemetry.find('ticket', 'desk', '1')).map((t) => t.status)).toEqual(['open']);
        await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1', status: 'solved' })] }));
        expect((await store.telemetry.find('ticket', 'desk', '1')).map((t) => t.status)).toEqual(['solved']);
        expect((await store.telemetry.rows('desk')).get('ticket')).toBe(1);
      });

      it('tells keys apart by all their parts and by connection', async () => {
        const calendar = { id: 'c', time_zone: 'UTC', weekly: [], holidays: [], valid_to: null, is_default: true };
        await store.telemetry.commit(
          commitOf({
            calendar: [
              { ...calendar, valid_from: at('2020-01-01T00:00:00Z') },
              { ...calendar, valid_from: at('2021-01-01T00:00:00Z') },
            ],
          }),
        );
        await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }, { connection: 'other' }));
        await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }));
        expect((await store.telemetry.rows('desk')).get('calendar')).toBe(2);
        expect((await store.telemetry.rows('desk')).get('ticket')).toBe(1);
        expect((await store.telemetry.rows('other')).get('ticket')).toBe(1);
      });

      it('is changed by writing a batch again in nothing', async () => {
        const batch = commitOf(
          { ticket: [aTicket({ id: '1' })], event: [anEvent({ id: 'e', ticket_id: '1' })] },
          {
            rejected: [{ stream: 'tickets', ref: '9', code: 'RECORD_REJECTED', path: 'created_at', detail: 'no date' }],
          },
        );
        await store.telemetry.commit(batch);
        const before = await store.telemetry.digest();
        const aside = await store.telemetry.setAside('desk');
        await store.telemetry.commit(batch);
        expect(await store.telemetry.digest()).toBe(before);
        expect(await store.telemetry.setAside('desk')).toEqual(aside);
        expect(aside.map((a) => [a.ref, a.times])).toEqual([['9', 1]]);
      });

      it('counts a record that is set aside at a later cursor again', async () => {
        const rejected = [{ stream: 'tickets', ref: '9', code: 'RECORD_REJECTED', path: 'id', detail: 'no id' }];
        await store.telemetry.commit(commitOf({}, { rejected, checkpoint: 'c1' }));
        await store.telemetry.commit(commitOf({}, { rejected, checkpoint: 'c2' }));
        expect((await store.telemetry.setAside('desk')).map((a) => a.times)).toEqual([2]);
      });

      it('counts records that are set aside together by their number', async () => {
        const many = { stream: 'rows', ref: 'others', code: 'NEGATIVE_DURATION', path: 'solved_at', detail: 'earlier' };
        await store.telemetry.commit(commitOf({}, { rejected: [{ ...many, times: 4400 }], checkpoint: 'c1' }));
        await store.telemetry.commit(commitOf({}, { rejected: [{ ...many, times: 4400 }], checkpoint: 'c1' }));
        await store.telemetry.commit(commitOf({}, { rejected: [{ ...many, times: 30 }], checkpoint: 'c2' }));
        expect((await store.telemetry.setAside('desk')).map((a) => a.times)).toEqual([4430]);
      });

      it('leaves a newer state of a ticket with its parts when asked to, whatever comes later', async () => {
        const state = (updated: string | null, more: { status: 'open' | 'solved'; event: string }) => ({
          ticket: [aTicket({ id: '1', updated_at: updated === null ? null : at(updated), status: more.status })],
          event: [anEvent({ id: more.event, ticket_id: '1' })],
        });
        const keepNewer = true;
        const shown = async () => [
          (await store.telemetry.find('ticket', 'desk', '1'))[0]?.status,
          (await store.telemetry.find('event', 'desk', '1')).map((one) => one.id).sort(),
        ];
        await store.telemetry.commit(
          commitOf(state('2026-02-10T09:00:00Z', { status: 'solved', event: 'feb' }), { keepNewer }),
        );
        const older = state('2026-01-31T08:00:00Z', { status: 'open', event: 'jan' });
        expect(await store.telemetry.commit(commitOf(older, { keepNewer }))).toEqual({
          written: 0,
          rejected: 0,
          older: 1,
        });
        expect(await shown()).toEqual(['solved', ['feb']]);
        // Equal or unknown: the later writing stands; and so does everything where it is not asked for.
        const equal = state('2026-02-10T09:00:00Z', { status: 'open', event: 'feb' });
        expect(await store.telemetry.commit(commitOf(equal, { keepNewer }))).toEqual({
          written: 2,
          rejected: 0,
          older: 0,
        });
        expect(await shown()).toEqual(['open', ['feb']]);
        await store.telemetry.commit(commitOf(state(null, { status: 'solved', event: 'none' }), { keepNewer }));
        expect(await shown()).toEqual(['solved', ['feb', 'none']]);
        await store.telemetry.commit(commitOf(older));
        expect(await shown()).toEqual(['open', ['feb', 'jan', 'none']]);
      });

      it.each([
        ['an instant that is none', { created_at: new Date(Number.NaN) }, 'ticket.created_at'],
        ['a missing instant', { created_at: null }, 'ticket.created_at'],
        ['an instant before the first year', { created_at: at('-000001-01-01T00:00:00Z') }, 'ticket.created_at'],
        ['an instant after the year 9999', { created_at: at('+010000-01-01T00:00:00Z') }, 'ticket.created_at'],
        ['NUL in a text', { product: 'a\u0000b' }, 'ticket.product'],
        ['NUL in a list', { tags: ['a\u0000b'] }, 'ticket.tags'],
        ['an unknown word', { status: 'sleeping' }, 'ticket.status'],
        ['a fraction for a whole number', { priority_rank: 1.5 }, 'ticket.priority_rank'],
        ['a whole number beyond 2^53', { billable_s: 2 ** 53 }, 'ticket.billable_s'],
        ['a number for a text', { group_id: 5 }, 'ticket.group_id'],
        ['a missing column', { deleted: undefined }, 'ticket.deleted'],
      ])('sets aside %s and keeps the rest of the batch', async (_, broken, path) => {
        const bad = { ...aTicket({ id: 'bad' }), ...broken } as ReturnType<typeof aTicket>;
        const counts = await store.telemetry.commit(
          commitOf({ ticket: [aTicket({ id: '1' }), bad, aTicket({ id: '2' })] }),
        );
        expect(counts).toEqual({ written: 2, rejected: 1 });
        const [aside] = await store.telemetry.setAside('desk');
        expect(aside).toMatchObject({ stream: 'ticket', ref: 'bad', code: 'RECORD_REJECTED', path });
        expect(await store.telemetry.find('ticket', 'desk', 'bad')).toEqual([]);
      });

      it('sets aside a key that no index can hold', async () => {
        const tickets = [aTicket({ id: 'k'.repeat(500) }), aTicket({ id: 'k'.repeat(501) })];
        expect(await store.telemetry.commit(commitOf({ ticket: tickets }))).toEqual({ written: 1, rejected: 1 });
        expect((await store.telemetry.setAside('desk'))[0]?.path).toBe('ticket.id');
      });

      it('takes keys that differ only in half a surrogate pair as one', async () => {
        const tickets = [aTicket({ id: 'a\ud800', status: 'new' }), aTicket({ id: 'a\ud801', status: 'open' })];
        expect(await store.telemetry.commit(commitOf({ ticket: tickets }))).toEqual({ written: 1, rejected: 0 });
        expect((await store.telemetry.find('ticket', 'desk', 'a\ufffd')).map((t) => t.status)).toEqual(['open']);
      });

      it('sets aside a score that is not finite', async () => {
        const csat = { ticket_id: '1', offered_at: null, answered_at: null, scale: null, reason_code: null };
        const counts = await store.telemetry.commit(
          commitOf({
            csat: [
              { id: 'a', score: Number.NaN, ...csat },
              { id: 'b', score: Number.POSITIVE_INFINITY, ...csat },
              { id: 'c', score: 0.5, ...csat },
            ],
          }),
        );
        expect(counts).toEqual({ written: 1, rejected: 2 });
      });

      it('replaces whole tables of one connection, also by nothing', async () => {
        const team = (id: string) => ({ id, active: true, purpose: null, tier: null });
        await store.telemetry.commit(commitOf({ team: [team('a'), team('b')] }));
        await store.telemetry.commit(commitOf({ team: [team('x')] }, { connection: 'other' }));
        await store.telemetry.commit(commitOf({ team: [team('b'), team('c')] }, { replace: ['team'] }));
        expect((await store.telemetry.rows('desk')).get('team')).toBe(2);
        await store.telemetry.commit(commitOf({}, { replace: ['team'] }));
        expect((await store.telemetry.rows('desk')).get('team')).toBe(0);
        expect((await store.telemetry.rows('other')).get('team')).toBe(1);
      });

      it('keeps the cursor of each stream, and none without one', async () => {
        await store.telemetry.commit(commitOf({}, { checkpoint: 'a' }));
        await store.telemetry.commit(commitOf({}, { checkpoint: 'b' }));
        await store.telemetry.commit(commitOf({}, { stream: 'events', checkpoint: 'e' }));
        await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }, { stream: null, checkpoint: null }));
        expect([...(await store.telemetry.checkpoints('desk'))]).toEqual([
          ['events', 'e'],
          ['tickets', 'b'],
        ]);
      });

      it('gives equal digests to equal stores, whatever the order of writing', async () => {
        const tickets = Array.from({ length: 50 }, (_, i) => aTicket({ id: String(i), tags: ['a', String(i)] }));
        await store.telemetry.commit(commitOf({ ticket: tickets }));
        const other = await open();
        try {
          for (const ticket of [...tickets].reverse()) await other.telemetry.commit(commitOf({ ticket: [ticket] }));
          expect(await other.telemetry.digest()).toBe(await store.telemetry.digest());
          await other.telemetry.commit(commitOf({ ticket: [aTicket({ id: '7', tags: ['a', '8'] })] }));
          expect(await other.telemetry.digest()).not.toBe(await store.telemetry.digest());
        } finally {
          await other.close();
        }
      });

      it('tells null, empty text and empty list apart in the digest', async () => {
        const digests = new Set<string>();
        for (const tags of [null, [], [''], ['null']]) {
          await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1', tags })] }));
          digests.add(await store.telemetry.digest());
        }
        expect(digests.size).toBe(4);
      });

      it('digests one connection alone', async () => {
        await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }));
        const alone = await store.telemetry.digest();
        await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '2' })] }, { connection: 'other' }));
        expect(await store.telemetry.digest('desk')).toBe(alone);
        expect(await store.telemetry.digest()).not.toBe(alone);
      });

      it('keeps the latest word on what can be seen', async () => {
        await store.telemetry.recordObservability([observability(), observability({ stream: 'messages', rows: 3 })]);
        const later = observability({
          status: 'plan',
          detail: 'Needs the larger plan.',
          fields: [],
          reconciled_share: null,
        });
        await store.telemetry.recordObservability([later]);
        expect(await store.telemetry.observability()).toEqual([later, observability({ stream: 'messages', rows: 3 })]);
      });

      it('forgets one connection and nothing else', async () => {
        for (const connection of ['desk', 'other']) {
          await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }, { connection }));
          await store.telemetry.recordObservability([observability({ connection })]);
        }
        await store.telemetry.forget('desk');
        expect((await store.telemetry.rows('desk')).get('ticket')).toBe(0);
        expect((await store.telemetry.checkpoints('desk')).size).toBe(0);
        expect((await store.telemetry.observability()).map((o) => o.connection)).toEqual(['other']);
        expect((await store.telemetry.rows('other')).get('ticket')).toBe(1);
      });

      it('finds what belongs to a ticket in order of time', async () => {
        await store.telemetry.commit(
          commitOf({
            message: [
              aMessage({ id: 'b', ticket_id: '1', at: at('2026-01-05T10:00:00Z'), seq: 1 }),
              aMessage({ id: 'a', ticket_id: '1', at: at('2026-01-05T10:00:00Z'), seq: 2 }),
              aMessage({ id: 'c', ticket_id: '1', at: at('2026-01-05T09:00:00Z'), seq: 0 }),
              aMessage({ id: 'd', ticket_id: '2', at: at('2026-01-05T09:00:00Z'), seq: 0 }),
            ],
          }),
        );
        expect((await store.telemetry.find('message', 'desk', '1')).map((m) => m.id)).toEqual(['c', 'b', 'a']);
      });

      it('refuses to write inside a measurement instead of waiting for itself', async () => {
        const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2025-01-01T00:00:00Z') };
        await expect(store.telemetry.measure(span, () => store.telemetry.commit(commitOf({})))).rejects.toMatchObject({
          code: 'BUG',
        });
      });
    });

    describe('export', () => {
      it('writes lines of JSON with ISO instants, in key order', async () => {
        await store.telemetry.commit(
          commitOf({ ticket: [aTicket({ id: '2' }), aTicket({ id: '1', tags: [AWKWARD] })] }),
        );
        const path = join(folder, 'deep', 'ticket.jsonl');
        expect(await store.telemetry.exportTable('ticket', 'jsonl', path)).toBe(2);
        const rows = readFileSync(path, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(rows.map((row) => row.id)).toEqual(['1', '2']);
        expect(rows[0]).toMatchObject({ connection: 'desk', created_at: '2026-01-05T09:00:00.000Z', tags: [AWKWARD] });
      });

      it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
        'keeps a spreadsheet from running %j',
        async (product) => {
          await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1', product })] }));
          const path = join(folder, 'ticket.csv');
          expect(await store.telemetry.exportTable('ticket', 'csv', path)).toBe(1);
          expect(readFileSync(path, 'utf8')).toContain(`'${product}`);
        },
      );

      it('writes a parquet file and an empty table', async () => {
        const path = join(folder, 'team.parquet');
        expect(await store.telemetry.exportTable('team', 'parquet', path)).toBe(0);
        // The format starts and ends with this word: https://parquet.apache.org/docs/file-format/
        const bytes = readFileSync(path);
        expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
      });
    });

    describe('ledger', () => {
      const row: ConnectionRow = {
        name: 'desk',
        vendor: 'zendesk',
        role: 'desk',
        settings: { url: 'https://x.example', nested: { a: [1, null] } },
        secret: 'env:TOKEN',
        allow_private: false,
        status: 'connected',
        created_at: at('2026-01-01T00:00:00Z'),
      };

      it('keeps connections by name', async () => {
        await store.ledger.saveConnection(row);
        await store.ledger.saveConnection({ ...row, name: 'another' });
        await store.ledger.saveConnection({ ...row, status: 'disconnected' });
        expect(await store.ledger.connections()).toEqual([
          { ...row, name: 'another' },
          { ...row, status: 'disconnected' },
        ]);
      });

      it('measures desks only, and keeps the books of what stands beside them', async () => {
        await store.ledger.saveConnection(row);
        await store.ledger.saveConnection({ ...row, name: 'tracker', role: 'engineering' });
        expect((await store.ledger.connections()).map(({ role }) => role)).toEqual(['desk', 'engineering']);
        for (const connection of ['desk', 'tracker']) {
          await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: `of ${connection}` })] }, { connection }));
          await store.telemetry.recordObservability([observability({ connection, stream: 'tickets' })]);
        }
        const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2026-01-01T00:00:00Z') };
        const measured = () =>
          store.telemetry.measure(span, async (session) => [
            await session.query('SELECT id FROM ticket_all ORDER BY id'),
            await session.query(
              "SELECT DISTINCT connection, 'telemetry.ticket' AS word FROM ticket_all ORDER BY connection",
            ),
          ]);
        const names = async () => (await store.telemetry.observability()).map(({ connection }) => connection);
        expect(await measured()).toEqual([[{ id: 'of desk' }], [{ connection: 'desk', word: 'telemetry.ticket' }]]);
        expect(await names()).toEqual(['desk']);
        expect((await store.telemetry.observed()).map(({ connection }) => connection)).toEqual(['desk', 'tracker']);
        expect(await store.telemetry.observed('tracker')).toEqual([
          observability({ connection: 'tracker', stream: 'tickets' }),
        ]);
        // Connected again as a desk: its records were kept.
        await store.ledger.saveConnection({ ...row, name: 'tracker' });
        expect((await measured())[0]).toEqual([{ id: 'of desk' }, { id: 'of tracker' }]);
        expect(await names()).toEqual(['desk', 'tracker']);
      });

      it('keeps every answer, oldest first, and a repeated one once', async () => {
        const later = answer({ value: 'dont_know', comment: AWKWARD, answered_at: at('2026-02-01T00:00:00Z') });
        const earlier = answer({ proof: 'https://x.example/a', proof_checked_by: 'me' });
        await store.ledger.addAnswers([later, earlier]);
        await store.ledger.addAnswers([later, answer({ model: 'other' })]);
        expect(await store.ledger.answers('six-stages')).toEqual([earlier, later]);
        expect(await store.ledger.answers('none')).toEqual([]);
      });

      it('keeps statements that do not apply', async () => {
        const note = { model: 'm', criterion: 'S1.1', reason: 'no phone', by: 'me', at: at('2026-01-01T00:00:00Z') };
        await store.ledger.addNotApplicable([note]);
        await store.ledger.addNotApplicable([note]);
        expect(await store.ledger.notApplicable('m')).toEqual([note]);
      });

      it('keeps resolutions of a model, oldest first, and ends each once', async () => {
        const later = aResolution({
          id: 'b',
          at: at('2026-02-01T00:00:00Z'),
          kind: 'keep_claim',
          proof: 'https://a.example',
        });
        const earlier = aResolution({ id: 'a', expires_at: null });
        await store.ledger.addResolutions([later, earlier, aResolution({ id: 'c', model: 'other' })]);
        expect(await store.ledger.resolutions('six-stage')).toEqual([earlier, later]);
        await store.ledger.endResolution('a', at('2026-03-01T00:00:00Z'), 'evidence');
        await store.ledger.endResolution('a', at('2026-04-01T00:00:00Z'), 'withdrawn');
        const ended = { ...earlier, ended_at: at('2026-03-01T00:00:00Z'), ended: 'evidence' };
        expect(await store.ledger.resolutions('six-stage')).toEqual([ended, later]);
        expect(await store.ledger.models()).toEqual(['other', 'six-stage']);
      });

      it('keeps whom people said to be whom, the later word of an organisation', async () => {
        const pair = { desk: 'desk', source: 'crm', organisation_id: '2', customer_id: 'B' };
        const first = { ...pair, organisation_id: '1', customer_id: 'A' };
        const other = { ...pair, source: 'billing', customer_id: '7' };
        await store.ledger.addCustomerPairs([pair, first, other, { ...pair, customer_id: 'C' }]);
        expect(await store.ledger.customerPairs()).toEqual([other, first, { ...pair, customer_id: 'C' }]);
        await store.ledger.replaceCustomerPairs(pair, [{ ...first, customer_id: 'D' }]);
        expect(await store.ledger.customerPairs()).toEqual([other, { ...first, customer_id: 'D' }]);
        await store.ledger.clear();
        expect(await store.ledger.customerPairs()).toEqual([]);
      });

      it('matches organisations of a desk to customers of a source beside it', async () => {
        await store.ledger.saveConnection(row);
        await store.ledger.saveConnection({ ...row, name: 'crm', role: 'customers' });
        await store.ledger.addCustomerPairs([
          { desk: 'desk', source: 'crm', organisation_id: 'told', customer_id: 'B' },
        ]);
        const commit = (connection: string, organisation: readonly TelemetryRecord<'organisation'>[]) =>
          store.telemetry.commit(commitOf({ organisation: [...organisation] }, { connection }));
        await commit('desk', [
          aCustomer({ id: 'by domain', domain_hash: 'd' }),
          aCustomer({ id: 'by id', external_keys: ['other', 'k'] }),
          aCustomer({ id: 'nobody' }),
          aCustomer({ id: 'told', external_keys: ['k'] }),
        ]);
        await commit('crm', [aCustomer({ id: 'A', external_keys: ['k'], domain_hash: 'd' }), aCustomer({ id: 'B' })]);
        const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2026-01-01T00:00:00Z') };
        const found = await store.telemetry.measure(span, (session) =>
          session.query(
            'SELECT organisation_id, customer_id, status, rule FROM customer_match ORDER BY organisation_id',
          ),
        );
        expect(found.map((one) => Object.values(one))).toEqual([
          ['by domain', 'A', 'matched', 'domain'],
          ['by id', 'A', 'matched', 'external_id'],
          ['nobody', null, 'unmatched', null],
          ['told', 'B', 'matched', 'mapping'],
        ]);
      });

      it('stores a snapshot once and finds the latest at or before an instant', async () => {
        const january = aSnapshot({ digest: 'a', as_of: '2026-01-31T00:00:00.000Z' });
        const february = aSnapshot({ digest: 'b', as_of: '2026-02-28T00:00:00.000Z' });
        await store.ledger.saveSnapshot(february, at('2026-03-01T00:00:00Z'));
        await store.ledger.saveSnapshot(january, at('2026-03-02T00:00:00Z'));
        await store.ledger.saveSnapshot(january, at('2026-03-03T00:00:00Z'));
        expect((await store.ledger.snapshots()).map((s) => [s.digest, s.created_at.toISOString()])).toEqual([
          ['a', '2026-03-02T00:00:00.000Z'],
          ['b', '2026-03-01T00:00:00.000Z'],
        ]);
        expect(await store.ledger.snapshot('a')).toEqual(january);
        expect(await store.ledger.snapshot('z')).toBeNull();
        const latest = (iso: string) => store.ledger.latestSnapshot(january.model.id, at(iso));
        expect((await latest('2026-02-27T23:59:59Z'))?.digest).toBe('a');
        expect((await latest('2026-02-28T00:00:00Z'))?.digest).toBe('b');
        expect(await latest('2026-01-30T23:59:59Z')).toBeNull();
        expect(await store.ledger.snapshots('other')).toEqual([]);
      });

      it('finds a snapshot by every model that judged it, and tells what each says', async () => {
        const other = aVerdict('value-exchange', { value: 2.5, label: '2 of 6', of: 6, assured: null });
        const both = placedSnapshot({ stage: 3, assured: 2, day: 9, beside: [other] });
        await store.ledger.saveSnapshot(both, at('2026-03-01T00:00:00Z'));
        await store.ledger.saveSnapshot(both, at('2026-03-02T00:00:00Z'));
        expect(await store.ledger.snapshot(both.digest)).toEqual(both);
        for (const model of ['six-stage', 'value-exchange']) {
          expect((await store.ledger.snapshots(model)).map((head) => [head.digest, head.model])).toEqual([
            [both.digest, model],
          ]);
          expect((await store.ledger.latestSnapshot(model, at('2026-02-01T00:00:00Z')))?.digest).toBe(both.digest);
        }
        expect((await store.ledger.snapshots()).map(({ model }) => model)).toEqual(['six-stage']);
        expect(await store.ledger.verdicts('value-exchange')).toEqual([
          {
            digest: both.digest,
            model: 'value-exchange',
            as_of: at('2026-01-09T00:00:00Z'),
            created_at: at('2026-03-01T00:00:00Z'),
            version: 1,
            hash: 'other',
            kind: 'value',
            headline: other.headline,
          },
        ]);
        expect((await store.ledger.verdicts()).map(({ model, headline }) => [model, headline.value])).toEqual([
          ['six-stage', 3],
          ['value-exchange', 2.5],
        ]);
      });

      it('leaves no verdict of a snapshot that a run did not publish', async () => {
        await store.ledger.saveSnapshot(placedSnapshot({ stage: 3, day: 9 }), at('2026-03-01T00:00:00Z'), 'run');
        await store.ledger.saveSnapshot(placedSnapshot({ stage: 4, day: 9 }), at('2026-03-01T00:00:00Z'), 'run');
        expect((await store.ledger.verdicts()).map(({ headline }) => headline.value)).toEqual([3]);
      });

      it('keeps the document of a model once', async () => {
        await store.ledger.saveModels([{ hash: 'h', text: AWKWARD }]);
        await store.ledger.saveModels([
          { hash: 'h', text: 'another' },
          { hash: 'g', text: '{}' },
        ]);
        expect(await store.ledger.modelDocument('h')).toEqual({ hash: 'h', text: AWKWARD });
        expect(await store.ledger.modelDocument('x')).toBeNull();
        expect((await store.ledger.modelDocuments()).map(({ hash }) => hash)).toEqual(['g', 'h']);
      });
    });
  });
}
