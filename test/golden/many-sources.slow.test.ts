import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { Observability, StreamName } from '../../src/domain/observability.ts';
import { blank } from '../../src/kit/blank.ts';
import { onlyStaged, readModels } from '../../src/models/index.ts';
import { takeSnapshot } from '../../src/pipeline/snapshot.ts';
import { METHODS } from '../../src/scoring/index.ts';
import { loadSignals } from '../../src/signals/index.ts';
import { putConnection } from '../harness/beside-desk.ts';
import { type DemoStore, syncDemoDesk } from '../harness/demo-store.ts';
import { aCustomer, aTicket, at } from '../harness/records.ts';

const ROOT = join(import.meta.dirname, '../..');
const signals = loadSignals(join(ROOT, 'rules/signals')).signals.map((s) => s.definition);
const models = onlyStaged(readModels(join(ROOT, 'rules/models'), METHODS, signals));
const WEEK_MS = 7 * 86_400_000;

/** What the second desk does not show, as a vendor without field history and without configuration. */
const BLIND: readonly StreamName[] = ['events', 'sla_policies', 'sla_clocks', 'automations', 'articles', 'csat'];

describe('two desks of different vendors, a tracker, a CRM and counts of self-service in one workspace', () => {
  let desk: DemoStore;
  let seen: readonly Observability[];
  let alone: readonly Finding[];
  let together: readonly Finding[];
  let verdicts: number;

  async function measured() {
    const taken = await takeSnapshot(
      { asOf: null, windowDays: 90, workspace: 'test' },
      {
        store: desk.store,
        signals,
        rulesHash: 'r',
        models: models.filter(({ model }) => model.id === 'six-stage'),
        version: '0',
        now: new Date(0),
        signalTimeoutMs: 60_000,
        keep: false,
      },
    );
    return taken;
  }

  /** The records of the first desk once more, under the same ids: what one desk knows of a ticket must never reach that of the other. */
  async function connectSecond(): Promise<void> {
    const hidden = new Set(BLIND);
    for (const { records } of desk.batches) {
      const { ticket, message, agent, team, membership, organisation } = records;
      await putConnection(desk.store, 'second', 'desk', {
        ...(ticket === undefined ? {} : { ticket: ticket.filter((_, i) => i % 3 === 0) }),
        ...(message === undefined ? {} : { message: message.filter(({ author }) => author !== 'agent') }),
        ...(agent === undefined ? {} : { agent }),
        ...(team === undefined ? {} : { team }),
        ...(membership === undefined ? {} : { membership }),
        ...(organisation === undefined ? {} : { organisation }),
      });
    }
    await desk.store.telemetry.recordObservability(
      seen.map((row) =>
        hidden.has(row.stream)
          ? {
              ...row,
              connection: 'second',
              status: 'absent',
              detail: 'This vendor does not show it.',
              fields: [],
              rows: 0,
            }
          : { ...row, connection: 'second', fields: row.fields.filter((field) => field !== 'has_contract') },
      ),
    );
  }

  async function connectBeside(until: Date): Promise<void> {
    const known = desk.batches.flatMap(({ records }) => records.organisation ?? []);
    await putConnection(desk.store, 'crm', 'customers', {
      organisation: known.map((one) =>
        aCustomer({ id: `A${one.id}`, domain_hash: one.domain_hash, has_contract: true }),
      ),
    });
    await putConnection(desk.store, 'tracker', 'engineering', {
      ticket: Array.from({ length: 50 }, (_, i) => aTicket({ id: String(i), created_at: at('2026-01-05T09:00:00Z') })),
    });
    const monday = Math.floor((until.getTime() - 4 * 86_400_000) / WEEK_MS) * WEEK_MS + 4 * 86_400_000;
    await putConnection(desk.store, 'report', 'deflection', {
      help_centre_count: Array.from({ length: 14 }, (_, i) => ({
        ...blank('help_centre_count'),
        day: new Date(monday - (i + 1) * WEEK_MS),
        days: 7,
        visitors: 5000,
        searches: 100,
        searches_without_result: 25,
      })),
    });
    const one = (connection: string, stream: StreamName, fields: string[]): Observability => ({
      connection,
      stream,
      status: 'available',
      detail: null,
      fields,
      since: null,
      // A file that is newer than the desks must not move the end of the data.
      until: connection === 'report' ? new Date(until.getTime() + 30 * 86_400_000) : until,
      rows: 1,
      rejected: 0,
      reconciled_share: null,
    });
    await desk.store.telemetry.recordObservability([
      one('crm', 'organisations', ['has_contract', 'domain_hash']),
      one('tracker', 'tickets', ['created_at', 'status']),
      one('report', 'article_views', ['visitors', 'searches', 'searches_without_result']),
    ]);
  }

  beforeAll(async () => {
    desk = await syncDemoDesk('harbor');
    const { telemetry, ledger } = desk.store;
    await putConnection(desk.store, desk.connection, 'desk', {});
    seen = await telemetry.observability();
    const first = await measured();
    alone = first.findings;
    await ledger.clear();
    await putConnection(desk.store, desk.connection, 'desk', {});
    await connectSecond();
    await connectBeside(new Date(first.as_of));
    const second = await measured();
    expect(second.as_of).toBe(first.as_of);
    together = second.findings;
    verdicts = second.verdicts.length;
  });
  afterAll(() => desk.store.close());

  const of = (findings: readonly Finding[], id: string) => findings.find(({ signal }) => signal === id);

  it('gives one verdict', () => {
    expect(verdicts).toBe(1);
  });

  it('hides nothing that one desk shows: what the other cannot is measured on the first, and says so', () => {
    const dark = alone
      .filter(({ status }) => status === 'measured')
      .filter(({ signal }) => of(together, signal)?.status !== 'measured')
      .map(({ signal }) => signal);
    expect(dark).toEqual([]);
    const leftOut = together.filter(({ extra }) => extra.connections_left_out === 'second');
    expect(leftOut.length).toBeGreaterThan(20);
    for (const finding of leftOut) {
      expect(finding.extra.connections).toBe(desk.connection);
      const { status, estimate, n, pass, interval } = of(alone, finding.signal) ?? {};
      expect([finding.signal, finding]).toMatchObject([finding.signal, { status, estimate, n, pass, interval }]);
    }
  });

  it('names the CRM where it tells of customers what a desk does not', () => {
    expect(of(alone, 'L1-contract-fields-filled')?.extra).not.toHaveProperty('joined_with');
    expect(of(together, 'L1-contract-fields-filled')).toMatchObject({
      status: 'measured',
      extra: { connections: `${desk.connection}, second`, joined_with: 'crm' },
    });
  });

  it('names every source of a finding, and no source that has no say', () => {
    for (const { signal, status, extra } of together.filter(({ status }) => status === 'measured')) {
      const names = String(extra.connections ?? 'none').split(', ');
      expect([
        signal,
        status,
        names.length > 0 && names.every((name) => [desk.connection, 'second', 'report'].includes(name)),
      ]).toEqual([signal, 'measured', true]);
      expect(`${signal} ${String(extra.connections_left_out ?? '')}`).not.toMatch(/crm|tracker/);
    }
    const both = together.filter(({ extra }) => extra.connections === `${desk.connection}, second`);
    expect(both.length).toBeGreaterThan(5);
    // Three in four searches find something, by the report alone.
    expect(of(together, 'J8-searches-find-an-answer')).toMatchObject({
      status: 'measured',
      estimate: 0.75,
      extra: { connections: 'report' },
    });
    const tickets = together.filter(({ extra }) => String(extra.connections).includes(desk.connection));
    expect(
      tickets.filter(
        ({ signal, extra }) => !signal.startsWith('J') && String(extra.connections_left_out).includes('report'),
      ),
    ).toEqual([]);
  });
});
