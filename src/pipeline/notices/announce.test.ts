import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aVerdict, type PlacedParts, placedReading, placedSnapshot } from '../../../test/harness/placed-snapshot.ts';
import { runs } from '../../../test/harness/property-runs.ts';
import { type NewRun, RunParams } from '../../domain/operations.ts';
import type { KeptVerdict } from '../../domain/snapshot.ts';
import { openMemoryStore } from '../../store/duckdb/open.ts';
import { openMemoryOperations } from '../../store/operations/embedded.ts';
import { announceAge, announceRun, announceSnapshot, announceSync } from './announce.ts';
import { announcePublished } from './announce-published.ts';

const START = new Date('2026-02-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const WORKSPACE = 'default';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open() {
  let ms = START.getTime();
  const clock = { now: () => new Date(ms) };
  const operations = await openMemoryOperations({ clock });
  const store = await openMemoryStore({ clock: clock.now });
  closers.push(
    () => operations.close(),
    () => store.close(),
  );
  const deps = { operations, clock, ledger: store.ledger, store };
  await operations.saveNoticeTarget({
    workspace: WORKSPACE,
    name: 'hook',
    channel: 'webhook',
    settings: {},
    secret: 'none',
    allow_private: false,
    kinds: null,
    created_at: START,
  });
  const publish = async (run: string, parts: PlacedParts, as_of: string | null = null) => {
    const snapshot = placedSnapshot(parts);
    await store.ledger.saveSnapshot(snapshot, clock.now(), run);
    ms += HOUR_MS;
    return announceSnapshot(deps, {
      workspace: WORKSPACE,
      run: { id: run, params: RunParams.parse({ as_of }) },
      snapshot: placedReading(parts),
    });
  };
  const said = async () =>
    (await operations.notices(WORKSPACE, 100)).map((n) => [n.kind, n.data.from, n.data.to]).reverse();
  const wait = (hours: number) => {
    ms += hours * HOUR_MS;
  };
  return { ...deps, publish, said, wait };
}

describe('announceSnapshot', () => {
  it('says what another model says by its headline alone, when its words change and not when only its value moves', async () => {
    const { publish, said, operations } = await open();
    const told = (value: number | null, label: string, day: number) =>
      ({ day, stage: 2, beside: [aVerdict('value-exchange', { value, label })] }) as const;
    expect(await publish('r1', told(2, '2 of 6', 1))).toBe(0);
    expect(await publish('r2', told(2.2, '2 of 6', 2))).toBe(0);
    // Withheld for a while: neither better nor worse, and the next known one is held against the last known one.
    expect(await publish('r3', { day: 3, stage: null, beside: [aVerdict('value-exchange', {})] })).toBe(0);
    expect(await publish('r4', told(3, '3 of 6', 4))).toBe(1);
    expect(await said()).toEqual([['verdict_changed', 2.2, 3]]);
    const [notice] = await operations.notices(WORKSPACE, 1);
    expect(notice).toMatchObject({ subject: 'value-exchange', text: 'default: value-exchange: 2 of 6 became 3 of 6.' });
  });

  it('says what the models that judged say where the one that is shown did not', async () => {
    const { operations, clock, ledger, wait, said } = await open();
    const told = async (run: string, day: number, verdicts: KeptVerdict[]) => {
      const snapshot = { ...placedSnapshot({ day, stage: 2 }), verdicts, digest: `${run}-digest` };
      await ledger.saveSnapshot(snapshot, clock.now(), run);
      wait(1);
      const published = { workspace: WORKSPACE, run: { id: run, params: RunParams.parse({}) }, snapshot };
      return announcePublished({ operations, clock, ledger }, { ...published, model: 'not-there' });
    };
    const words = (label: string, value: number) => [aVerdict('value-exchange', { value, label })];
    expect(await told('r1', 1, words('2 of 6', 2))).toBe(0);
    expect(await told('r2', 2, words('3 of 6', 3))).toBe(1);
    expect(await said()).toEqual([['verdict_changed', 2, 3]]);
    // The same run told again is the same notice.
    expect(await told('r2', 2, words('3 of 6', 3))).toBe(0);
    // One with stages speaks by its stages, whichever it is.
    await told('r3', 3, placedSnapshot({ day: 3, stage: 2, assured: 1 }).verdicts);
    expect(await told('r4', 4, placedSnapshot({ day: 4, stage: 3, assured: 1 }).verdicts)).toBe(1);
    expect((await said()).at(-1)).toEqual(['stage_changed', 2, 3]);
  });

  it('holds each publication against the one before it', async () => {
    const { publish, said } = await open();
    expect(await publish('r1', { day: 1, stage: 2, assured: 1 })).toBe(0);
    expect(await publish('r2', { day: 2, stage: 3, assured: 1 })).toBe(1);
    expect(await publish('r3', { day: 3, stage: 3, assured: 1 })).toBe(0);
    expect(await publish('r4', { day: 4, stage: 2, assured: 1 })).toBe(1);
    expect(await said()).toEqual([
      ['stage_changed', 2, 3],
      ['stage_changed', 3, 2],
    ]);
  });

  it('finds the same again when the job is tried again, even after a later publication', async () => {
    const { publish, said, operations } = await open();
    await publish('r1', { day: 1, stage: 2, assured: 1 });
    await publish('r2', { day: 2, stage: 3, assured: 1 });
    await publish('r3', { day: 3, stage: 4, assured: 1 });
    expect(await publish('r2', { day: 2, stage: 3, assured: 1 })).toBe(0);
    expect(await publish('r3', { day: 3, stage: 4, assured: 1 })).toBe(0);
    expect(await said()).toHaveLength(2);
    for (const { id } of await operations.notices(WORKSPACE, 10))
      expect(await operations.deliveries(id)).toHaveLength(1);
  });

  it('bridges a stage that is unknown for a while', async () => {
    const { publish, said } = await open();
    await publish('r1', { day: 1, stage: 3, assured: 1 });
    await publish('r2', { day: 2, stage: null });
    await publish('r3', { day: 3, stage: null });
    await publish('r4', { day: 4, stage: 2, assured: 1 });
    expect(await said()).toEqual([['stage_changed', 3, 2]]);
  });

  it('does not mix schedules of other windows or models, nor a backfill', async () => {
    const { publish, said } = await open();
    await publish('r1', { day: 10, stage: 3, assured: 1 });
    await publish('r2', { day: 11, stage: 5, assured: 1, windowDays: 30 });
    await publish('r3', { day: 12, stage: 1, assured: 1, model: 'tiers' });
    await publish('r4', { day: 5, stage: 1, assured: 1 }, '2026-01-05T00:00:00Z');
    await publish('r5', { day: 13, stage: 3, assured: 1 });
    expect(await said()).toEqual([]);
    await publish('r6', { day: 14, stage: 4, assured: 1, windowDays: 30 });
    expect(await said()).toEqual([['stage_changed', 5, 4]]);
  });

  it('does not repeat a conflict that wavers about its line', async () => {
    const { publish, said } = await open();
    const grades = ['none', 'strong', 'substantial', 'strong', 'none', 'strong'] as const;
    for (const [index, grade] of grades.entries())
      await publish(`r${index}`, { day: index + 1, stage: 3, conflicts: { 'S1.1': grade } });
    expect(await said()).toEqual([
      ['conflict_found', 'none', 'strong'],
      ['conflict_found', 'none', 'strong'],
    ]);
  });

  it('makes one notice and one delivery of a change, however often and by whomever it is found', async () => {
    const { publish, operations } = await open();
    const stage = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 6 }));
    const history = fc.array(stage, { minLength: 2, maxLength: 6 });
    let histories = 0;
    const check = async (stages: readonly (number | null)[], workers: number): Promise<void> => {
      histories += 1;
      const model = `model-${histories}`;
      const take = (value: number | null, index: number) =>
        publish(`${model}-${index}`, { model, day: index + 1, stage: value, assured: 1 });
      for (const [index, value] of stages.entries())
        await Promise.all(Array.from({ length: workers }, () => take(value, index)));
      for (const [index, value] of stages.entries()) await take(value, index);
      const known = stages.filter((value) => value !== null);
      const changes = known.filter((value, index) => index > 0 && value !== known[index - 1]).length;
      const notices = (await operations.notices(WORKSPACE, 1_000)).filter((n) => n.data.model === model);
      expect(notices).toHaveLength(changes);
      for (const { id } of notices) expect(await operations.deliveries(id)).toHaveLength(1);
    };
    await fc.assert(fc.asyncProperty(history, fc.integer({ min: 1, max: 3 }), check), runs(15));
  });
});

describe('announceSync, announceRun and announceAge', () => {
  const failure = { code: 'PERMISSION_DENIED', message: 'No.', remedy: 'Yes.' };
  const sync = (run: string, more: object = {}) => ({
    workspace: WORKSPACE,
    connection: 'desk',
    run,
    failure,
    forGood: true,
    ...more,
  });

  it('says an outage of a connection once, and its end', async () => {
    const { wait, operations, ...deps } = await open();
    const all = { ...deps, operations };
    expect(await Promise.all([announceSync(all, sync('r1')), announceSync(all, sync('r1'))])).toContain(0);
    wait(1);
    expect(await announceSync(all, sync('r2'))).toBe(0);
    wait(1);
    expect(await announceSync(all, sync('r3', { failure: null }))).toBe(1);
    wait(1);
    expect(await announceSync(all, sync('r4', { failure: null }))).toBe(0);
    expect((await operations.notices(WORKSPACE, 9)).map((n) => n.kind)).toEqual(['sync_restored', 'sync_broken']);
  });

  const run = (id: string, hour: number): NewRun => ({
    id,
    workspace: WORKSPACE,
    kind: 'snapshot',
    schedule: 'hourly',
    slot: new Date(START.getTime() + hour * HOUR_MS),
    due_at: START,
    params: RunParams.parse({}),
    requested_by: 'schedule',
    created_at: new Date(START.getTime() + hour * HOUR_MS),
  });

  it('says the first failed run of a row', async () => {
    const { operations, ...deps } = await open();
    const all = { ...deps, operations };
    const results: number[] = [];
    for (const [hour, status] of (['done', 'failed', 'failed', 'done', 'failed'] as const).entries()) {
      await operations.addRuns([run(`r${hour}`, hour)]);
      await operations.endRun(`r${hour}`, START, { status, failure: status === 'failed' ? failure : null });
      results.push(await announceRun(all, `r${hour}`));
    }
    expect(results).toEqual([0, 1, 0, 0, 1]);
    expect(await announceRun(all, 'r1')).toBe(0);
  });

  it('leaves a failed run to the notice about its connection', async () => {
    const { operations, ...deps } = await open();
    const all = { ...deps, operations };
    await operations.addRuns([run('r0', 0)]);
    await announceSync(all, sync('r0'));
    await operations.endRun('r0', START, { status: 'failed', failure });
    expect(await announceRun(all, 'r0')).toBe(0);
  });

  it('says stale data of connected helpdesks, not of files or of what was disconnected', async () => {
    const { operations, store, ledger, wait, ...deps } = await open();
    const rows = [
      ['desk', 'zendesk', 'connected'],
      ['old', 'zendesk', 'disconnected'],
      ['csv', 'file', 'connected'],
    ] as const;
    for (const [name, vendor, status] of rows) {
      await ledger.saveConnection({
        name,
        vendor,
        role: 'desk',
        status,
        settings: {},
        secret: 'none',
        allow_private: false,
        created_at: START,
      });
      await store.telemetry.recordObservability([
        {
          connection: name,
          stream: 'tickets',
          status: 'available',
          detail: null,
          fields: [],
          since: null,
          until: START,
          rows: 1,
          rejected: 0,
          reconciled_share: null,
        },
      ]);
    }
    const say = () =>
      announceAge(
        { ...deps, operations, store },
        { workspace: WORKSPACE, models: ['six-stage'], staleAfterMs: 36 * HOUR_MS },
      );
    wait(36);
    expect(await say()).toBe(0);
    wait(1);
    expect(await say()).toBe(1);
    wait(24);
    expect(await say()).toBe(0);
    expect((await operations.notices(WORKSPACE, 9)).map((n) => [n.kind, n.subject])).toEqual([['data_stale', 'desk']]);
  });
});
