import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, NewRun, Notice, NoticeTarget, Run, Schedule } from '../../src/domain/operations.ts';
import type { Operations } from '../../src/store/operations-port.ts';

const at = (text: string): Date => new Date(text);
const NOON = at('2026-03-02T12:00:00Z');
const later = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

export function aRun(more: Partial<NewRun> = {}): NewRun {
  return {
    id: 'desk_snapshot_1',
    workspace: 'desk',
    kind: 'snapshot',
    schedule: 'hourly',
    slot: NOON,
    due_at: NOON,
    params: { model: null, models: null, window_days: null, as_of: null, sync: true, connections: null, missed: 0 },
    requested_by: 'schedule',
    created_at: NOON,
    ...more,
  };
}

function aSchedule(more: Partial<Schedule> = {}): Schedule {
  return {
    workspace: 'desk',
    name: 'hourly',
    kind: 'snapshot',
    every_s: 3600,
    cron: null,
    tz: 'UTC',
    jitter_s: 0,
    model: null,
    models: null,
    window_days: null,
    paused: false,
    next_at: NOON,
    created_at: NOON,
    created_by: 'cli',
    ...more,
  };
}

function aNotice(more: Partial<Notice> = {}): Notice {
  return {
    id: 'n1',
    workspace: 'desk',
    kind: 'stage_changed',
    subject: null,
    at: NOON,
    run: 'desk_snapshot_1',
    digest: 'd1',
    text: 'The stage went from 2 to 3.',
    data: { from: 2, to: 3, first: false, note: null },
    ...more,
  };
}

function aTarget(more: Partial<NoticeTarget> = {}): NoticeTarget {
  return {
    workspace: 'desk',
    name: 'chat',
    channel: 'slack',
    settings: { url: 'https://hooks.example.com/1' },
    secret: 'none',
    allow_private: false,
    kinds: null,
    created_at: NOON,
    ...more,
  };
}

const failure = { code: 'STORE_FAILED', message: 'm', remedy: 'r' };

/** What every journal has to do, whatever its engine. `open` gives an empty journal each time, whose clock shows about `clock`. */
export function operationsConformance(name: string, open: () => Promise<Operations>): void {
  describe(`operations conformance: ${name}`, () => {
    let journal: Operations;
    beforeEach(async () => {
      journal = await open();
    });
    afterEach(async () => {
      await journal.close();
    });

    it('is empty at first', async () => {
      expect(await journal.workspaces()).toEqual([]);
      expect(await journal.schedules()).toEqual([]);
      expect(await journal.runs({})).toEqual([]);
      expect(await journal.run('none')).toBeNull();
      expect(await journal.claimDue(NOON, 10)).toEqual([]);
      expect(await journal.silentRuns(NOON)).toEqual([]);
      expect(await journal.countRuns()).toEqual([]);
      expect(await journal.notices('desk', 10)).toEqual([]);
      expect(await journal.notice('none')).toBeNull();
      expect(await journal.dueDeliveries(NOON, 10)).toEqual([]);
      expect(await journal.tokens()).toEqual([]);
      expect(await journal.tokenByHash('none')).toBeNull();
      expect(await journal.audit({})).toEqual([]);
      expect(await journal.tallies()).toEqual([]);
      expect(await journal.prune({ runs: NOON, notices: NOON, audit: NOON, sessions: NOON })).toBe(0);
      expect((await journal.now()).getTime()).toBeGreaterThan(at('2020-01-01T00:00:00Z').getTime());
    });

    it('knows each workspace once, in order', async () => {
      for (const workspace of ['west', 'east', 'west']) await journal.addWorkspace(workspace);
      expect(await journal.workspaces()).toEqual(['east', 'west']);
      await expect(journal.addWorkspace('No/Good')).rejects.toMatchObject({ code: 'BUG' });
    });

    describe('schedules', () => {
      it('gives back what was saved, and replaces it', async () => {
        const cron = aSchedule({
          name: 'nightly',
          every_s: null,
          cron: '0 3 * * *',
          tz: 'Europe/Berlin',
          jitter_s: 60,
        });
        await journal.saveSchedule(aSchedule());
        await journal.saveSchedule({ ...cron, model: 'six-stage', window_days: 30 });
        await journal.saveSchedule({ ...cron, paused: true });
        expect(await journal.schedules('desk')).toEqual([aSchedule(), { ...cron, paused: true }]);
        expect(await journal.removeSchedule('desk', 'nightly')).toBe(true);
        expect(await journal.removeSchedule('desk', 'nightly')).toBe(false);
        expect(await journal.schedules()).toEqual([aSchedule()]);
      });

      it('moves on and enters the run together', async () => {
        await journal.saveSchedule(aSchedule());
        expect(await journal.fire(aSchedule(), NOON, later(3600), aRun())).toBe(true);
        expect((await journal.schedules('desk'))[0]?.next_at).toEqual(later(3600));
        expect(await journal.run('desk_snapshot_1')).toEqual({
          ...aRun(),
          status: 'due',
          attempts: 0,
          progress: null,
          digest: null,
          failure: null,
          started_at: null,
          ended_at: null,
          seen_at: null,
        });
      });

      it('refuses a stale firing and enters nothing then', async () => {
        await journal.saveSchedule(aSchedule());
        expect(await journal.fire(aSchedule(), later(-3600), later(3600), aRun())).toBe(false);
        expect(await journal.fire(aSchedule({ name: 'other' }), NOON, later(3600), aRun())).toBe(false);
        expect(await journal.fire(aSchedule({ workspace: 'other' }), NOON, later(3600), aRun())).toBe(false);
        expect(await journal.runs({})).toEqual([]);
        expect((await journal.schedules('desk'))[0]?.next_at).toEqual(NOON);
      });

      it('lets one of many that fire the same slot win, and enters one run', async () => {
        await journal.saveSchedule(aSchedule());
        const fired = await Promise.all(
          Array.from({ length: 8 }, () => journal.fire(aSchedule(), NOON, later(3600), aRun())),
        );
        expect(fired.filter(Boolean)).toHaveLength(1);
        expect(await journal.runs({})).toHaveLength(1);
      });

      it('leaves a run alone whose id was fired before', async () => {
        await journal.saveSchedule(aSchedule());
        await journal.fire(aSchedule(), NOON, later(3600), aRun());
        await journal.endRun('desk_snapshot_1', later(5), { status: 'done', digest: 'd1' });
        await journal.saveSchedule(aSchedule());
        expect(await journal.fire(aSchedule(), NOON, later(3600), aRun({ requested_by: 'again' }))).toBe(true);
        expect(await journal.runs({})).toMatchObject([{ status: 'done', digest: 'd1', requested_by: 'schedule' }]);
      });

      it('moves on without a run', async () => {
        await journal.saveSchedule(aSchedule());
        expect(await journal.fire(aSchedule(), NOON, later(60), null)).toBe(true);
        expect(await journal.runs({})).toEqual([]);
      });
    });

    describe('runs', () => {
      it('enters each id once and counts the new ones', async () => {
        expect(await journal.addRuns([])).toBe(0);
        const params = { ...aRun().params, connections: ['a', "b'"], as_of: '2026-01-01T00:00:00Z', missed: 3 };
        expect(await journal.addRuns([aRun({ params }), aRun({ id: 'b' }), aRun({ id: 'b' })])).toBe(2);
        expect(await journal.addRuns([aRun(), aRun({ id: 'c' })])).toBe(1);
        expect((await journal.run('desk_snapshot_1'))?.params).toEqual(params);
      });

      it('refuses what would make its table unreadable, by name of the field', async () => {
        await expect(journal.addRuns([aRun({ workspace: 'No Good' })])).rejects.toThrow(/workspace/);
        expect(await journal.runs({})).toEqual([]);
      });

      it('enters more runs than fit into one statement', async () => {
        const many = Array.from({ length: 450 }, (_, i) => aRun({ id: `r${i}`, slot: later(i) }));
        expect(await journal.addRuns(many)).toBe(450);
        expect(await journal.addRuns(many)).toBe(0);
        expect(await journal.runs({ limit: 5000 })).toHaveLength(450);
        expect(await journal.runs({})).toHaveLength(100);
      });

      it('claims what is due, oldest first, each once', async () => {
        await journal.addRuns([
          aRun({ id: 'c', due_at: later(-1) }),
          aRun({ id: 'a', due_at: later(-3) }),
          aRun({ id: 'b', due_at: later(-2) }),
          aRun({ id: 'future', due_at: later(1) }),
        ]);
        expect(await journal.claimDue(NOON, 0)).toEqual([]);
        const first = await journal.claimDue(NOON, 2);
        expect(first.map((run) => [run.id, run.status, run.seen_at])).toEqual([
          ['a', 'queued', NOON],
          ['b', 'queued', NOON],
        ]);
        expect((await journal.claimDue(NOON, 10)).map((run) => run.id)).toEqual(['c']);
        expect(await journal.claimDue(NOON, 10)).toEqual([]);
      });

      it('never gives one run to two of many callers', async () => {
        const many = Array.from({ length: 120 }, (_, i) => aRun({ id: `r${String(i).padStart(3, '0')}` }));
        await journal.addRuns(many);
        const callers = await Promise.all(
          Array.from({ length: 8 }, async () => {
            const got: string[] = [];
            for (;;) {
              const claimed = await journal.claimDue(NOON, 4);
              expect(claimed.length).toBeLessThanOrEqual(4);
              if (claimed.length === 0) return got;
              got.push(...claimed.map((run) => run.id));
            }
          }),
        );
        // A caller may find all others' rows taken and stop early; what is left is due still.
        const rest = await journal.claimDue(NOON, 1000);
        expect([...callers.flat(), ...rest.map((run) => run.id)].sort()).toEqual(many.map((run) => run.id));
      });

      it('counts the attempt of a claim once, from the first begin on', async () => {
        await journal.addRuns([aRun()]);
        await journal.claimDue(NOON, 1);
        expect(await journal.touchRun('desk_snapshot_1', later(1), {})).toBe(true);
        expect(await journal.run('desk_snapshot_1')).toMatchObject({
          status: 'queued',
          attempts: 0,
          seen_at: later(1),
        });
        expect(await journal.touchRun('desk_snapshot_1', later(2), { begin: true })).toBe(true);
        const progress = { step: 'sync', done: 3, total: null };
        expect(await journal.touchRun('desk_snapshot_1', later(3), { begin: true, progress })).toBe(true);
        expect(await journal.run('desk_snapshot_1')).toMatchObject({
          status: 'running',
          attempts: 1,
          started_at: later(2),
          seen_at: later(3),
          progress,
        });
        expect(await journal.touchRun('unknown', later(3), { begin: true })).toBe(false);
      });

      it('counts a run anew whose jobs were lost and are put again', async () => {
        await journal.addRuns([aRun()]);
        await journal.claimDue(NOON, 1);
        await journal.touchRun('desk_snapshot_1', later(1), { begin: true });
        expect(await journal.touchRun('desk_snapshot_1', later(60), { requeued: true })).toBe(true);
        expect(await journal.run('desk_snapshot_1')).toMatchObject({
          status: 'queued',
          attempts: 1,
          seen_at: later(60),
        });
        await journal.touchRun('desk_snapshot_1', later(61), { begin: true });
        expect(await journal.run('desk_snapshot_1')).toMatchObject({ attempts: 2, started_at: later(1) });
        await journal.endRun('desk_snapshot_1', later(62), { status: 'done' });
        expect(await journal.touchRun('desk_snapshot_1', later(63), { requeued: true })).toBe(false);
        expect((await journal.run('desk_snapshot_1'))?.status).toBe('done');
      });

      it('finds those without a sign of life', async () => {
        await journal.addRuns(['queued', 'running', 'fresh', 'ended', 'due'].map((id) => aRun({ id })));
        await journal.endRun('due', NOON, { status: 'cancelled' });
        await journal.claimDue(NOON, 10);
        await journal.touchRun('running', later(10), { begin: true });
        await journal.touchRun('fresh', later(60), { begin: true });
        await journal.endRun('ended', later(1), { status: 'done' });
        expect((await journal.silentRuns(later(60))).map((run) => run.id)).toEqual(['queued', 'running']);
        expect(await journal.silentRuns(NOON)).toEqual([]);
      });

      it('ends once; afterwards nothing changes and nobody is alive', async () => {
        await journal.addRuns([aRun()]);
        await journal.claimDue(NOON, 1);
        expect(await journal.endRun('desk_snapshot_1', later(9), { status: 'done', digest: 'd1' })).toBe(true);
        expect(await journal.endRun('desk_snapshot_1', later(10), { status: 'failed', failure })).toBe(false);
        expect(await journal.touchRun('desk_snapshot_1', later(11), { begin: true })).toBe(false);
        expect(await journal.retryRun('desk_snapshot_1', later(12))).toBe(false);
        expect(await journal.run('desk_snapshot_1')).toMatchObject({
          status: 'done',
          digest: 'd1',
          failure: null,
          ended_at: later(9),
          seen_at: NOON,
        });
        expect(await journal.endRun('unknown', NOON, { status: 'done' })).toBe(false);
      });

      it.each(['failed', 'cancelled'] as const)(
        'puts a %s run back to due, and counts its next attempt',
        async (status) => {
          await journal.addRuns([aRun()]);
          await journal.claimDue(NOON, 1);
          await journal.touchRun('desk_snapshot_1', later(1), { begin: true });
          expect(await journal.retryRun('desk_snapshot_1', later(2))).toBe(false);
          await journal.endRun('desk_snapshot_1', later(3), { status, failure });
          expect((await journal.run('desk_snapshot_1'))?.failure).toEqual(failure);
          expect(await journal.retryRun('desk_snapshot_1', later(4))).toBe(true);
          expect(await journal.run('desk_snapshot_1')).toMatchObject({
            status: 'due',
            due_at: later(4),
            failure: null,
            ended_at: null,
          });
          expect(await journal.claimDue(later(3), 1)).toEqual([]);
          expect(await journal.claimDue(later(4), 1)).toHaveLength(1);
          await journal.touchRun('desk_snapshot_1', later(5), { begin: true });
          expect((await journal.run('desk_snapshot_1'))?.attempts).toBe(2);
        },
      );

      it('selects by workspace, schedule and status, newest first', async () => {
        await journal.addRuns([
          aRun({ id: 'a', created_at: later(1) }),
          aRun({ id: 'b', created_at: later(3), schedule: null }),
          aRun({ id: 'c', created_at: later(2) }),
          aRun({ id: 'x', workspace: 'other', created_at: later(9) }),
        ]);
        await journal.endRun('a', later(5), { status: 'failed', failure });
        const ids = async (filter: Parameters<Operations['runs']>[0]) => (await journal.runs(filter)).map((r) => r.id);
        expect(await ids({})).toEqual(['x', 'b', 'c', 'a']);
        expect(await ids({ workspace: 'desk' })).toEqual(['b', 'c', 'a']);
        expect(await ids({ workspace: 'desk', limit: 1 })).toEqual(['b']);
        expect(await ids({ workspace: 'desk', schedule: 'hourly' })).toEqual(['c', 'a']);
        expect(await ids({ status: ['failed', 'done'] })).toEqual(['a']);
        expect(await ids({ status: [] })).toEqual([]);
      });

      it('goes on behind a run, also among those of one instant', async () => {
        const twins = { created_at: later(1), slot: later(1) };
        await journal.addRuns([
          aRun({ id: 'b', ...twins }),
          aRun({ id: 'a', ...twins }),
          aRun({ id: 'c', ...twins, slot: later(0) }),
          aRun({ id: 'old', created_at: NOON, slot: later(9) }),
          aRun({ id: 'new', created_at: later(2), slot: NOON }),
          aRun({ id: 'x', workspace: 'other', ...twins }),
        ]);
        const told: string[] = [];
        for (let after: Run | undefined, page = 0; page < 9; page++) {
          const [next] = await journal.runs({ workspace: 'desk', limit: 1, after });
          if (next === undefined) break;
          told.push(next.id);
          after = next;
        }
        expect(told).toEqual(['new', 'a', 'b', 'c', 'old']);
      });

      it('counts by workspace and status', async () => {
        await journal.addRuns([
          aRun({ id: 'a' }),
          aRun({ id: 'b' }),
          aRun({ id: 'c' }),
          aRun({ id: 'x', workspace: 'other' }),
        ]);
        await journal.endRun('a', later(5), { status: 'failed', failure });
        expect(await journal.countRuns()).toEqual([
          { workspace: 'desk', status: 'due', n: 2 },
          { workspace: 'desk', status: 'failed', n: 1 },
          { workspace: 'other', status: 'due', n: 1 },
        ]);
      });
    });

    describe('notices', () => {
      it('keeps targets by name and forgets them', async () => {
        const target = aTarget({ kinds: ['sync_broken'], settings: { to: ['a@example.com'], nested: { n: 1 } } });
        await journal.saveNoticeTarget(aTarget());
        await journal.saveNoticeTarget(target);
        await journal.saveNoticeTarget(aTarget({ workspace: 'other' }));
        expect(await journal.noticeTargets('desk')).toEqual([target]);
        expect(await journal.removeNoticeTarget('desk', 'chat')).toBe(true);
        expect(await journal.removeNoticeTarget('desk', 'chat')).toBe(false);
        expect(await journal.noticeTargets('desk')).toEqual([]);
        expect(await journal.noticeTargets('other')).toHaveLength(1);
      });

      it('gives one delivery to each target that wants it, however often it is said', async () => {
        await journal.saveNoticeTarget(aTarget());
        await journal.saveNoticeTarget(aTarget({ name: 'ops', kinds: ['sync_broken', 'stage_changed'] }));
        await journal.saveNoticeTarget(aTarget({ name: 'stale', kinds: ['data_stale'] }));
        await journal.saveNoticeTarget(aTarget({ name: 'elsewhere', workspace: 'other' }));
        expect(await journal.addNotices([])).toBe(0);
        expect(await journal.addNotices([aNotice(), aNotice()])).toBe(1);
        expect(await journal.addNotices([aNotice({ text: 'other words' })])).toBe(0);
        expect(await journal.notice('n1')).toEqual(aNotice());
        const due = { notice: 'n1', workspace: 'desk', status: 'due', attempts: 0, next_at: NOON, failure: null };
        expect(await journal.deliveries('n1')).toEqual([
          { ...due, target: 'chat', delivered_at: null },
          { ...due, target: 'ops', delivered_at: null },
        ]);
      });

      it('ends a delivery or puts it off; what has arrived stays so', async () => {
        await journal.saveNoticeTarget(aTarget());
        await journal.addNotices([aNotice()]);
        expect(await journal.dueDeliveries(later(-1), 10)).toEqual([]);
        const [delivery] = (await journal.dueDeliveries(NOON, 10)) as [Delivery];
        await journal.endDelivery({ ...delivery, attempts: 1, next_at: later(60), failure });
        expect(await journal.dueDeliveries(later(59), 10)).toEqual([]);
        expect(await journal.dueDeliveries(later(60), 10)).toMatchObject([{ attempts: 1, failure }]);
        const delivered = { ...delivery, status: 'delivered', attempts: 2, delivered_at: later(61) } as const;
        await journal.endDelivery(delivered);
        await journal.endDelivery({ ...delivery, status: 'failed', attempts: 3, failure });
        expect(await journal.deliveries('n1')).toEqual([delivered]);
        expect(await journal.dueDeliveries(later(999), 10)).toEqual([]);
      });

      it('drops what was on its way to a target that is removed', async () => {
        await journal.saveNoticeTarget(aTarget());
        await journal.addNotices([aNotice()]);
        await journal.removeNoticeTarget('desk', 'chat');
        expect(await journal.dueDeliveries(later(1), 10)).toEqual([]);
      });

      it('knows the last word about a subject', async () => {
        await journal.addNotices([
          aNotice({ id: 'b1', kind: 'sync_broken', subject: 'zendesk', at: later(1) }),
          aNotice({ id: 'r1', kind: 'sync_restored', subject: 'zendesk', at: later(2) }),
          aNotice({ id: 'b2', kind: 'sync_broken', subject: 'jira', at: later(3) }),
          aNotice({ id: 'w1', kind: 'sync_broken', subject: null, at: later(4) }),
          aNotice({ id: 'o1', kind: 'sync_broken', subject: 'zendesk', at: later(5), workspace: 'other' }),
        ]);
        const kinds = ['sync_broken', 'sync_restored'];
        expect((await journal.lastNotice('desk', kinds, 'zendesk'))?.id).toBe('r1');
        expect((await journal.lastNotice('desk', ['sync_broken'], 'zendesk'))?.id).toBe('b1');
        expect((await journal.lastNotice('desk', kinds, null))?.id).toBe('w1');
        expect(await journal.lastNotice('desk', kinds, 'nobody')).toBeNull();
        expect(await journal.lastNotice('desk', [], 'zendesk')).toBeNull();
        const [first, second] = await journal.notices('desk', 2);
        expect([first?.id, second?.id]).toEqual(['w1', 'b2']);
        expect((await journal.notices('desk', 1, first)).map((notice) => notice.id)).toEqual(['b2']);
      });
    });

    describe('access', () => {
      const token = {
        id: 't1',
        name: 'dashboard',
        hash: 'ab'.repeat(32),
        role: 'viewer' as const,
        workspaces: ['desk'],
        created_at: NOON,
        expires_at: later(60),
        revoked_at: null,
        made_by: null,
      };
      const entry = {
        id: 'e1',
        at: NOON,
        actor: 'token:t1',
        action: 'schedule.add',
        workspace: 'desk',
        subject: 'hourly',
        outcome: 'done' as const,
        detail: { every: '1h', n: 1, ok: true, none: null },
      };

      it('finds tokens by their hash and revokes them', async () => {
        await journal.saveToken(token);
        await journal.saveToken({
          ...token,
          id: 't2',
          hash: 'cd'.repeat(32),
          workspaces: null,
          expires_at: null,
          made_by: 't1',
        });
        expect(await journal.tokenByHash(token.hash)).toEqual(token);
        await journal.saveToken({ ...token, revoked_at: later(5) });
        expect((await journal.tokens()).map(({ id, revoked_at }) => [id, revoked_at])).toEqual([
          ['t1', later(5)],
          ['t2', null],
        ]);
      });

      it('keeps audit entries, newest first, each once', async () => {
        await journal.addAudit(entry);
        await journal.addAudit({ ...entry, outcome: 'failed' });
        await journal.addAudit({ ...entry, id: 'e2', at: later(1), workspace: null, subject: null });
        expect(await journal.audit({})).toEqual([
          { ...entry, id: 'e2', at: later(1), workspace: null, subject: null },
          entry,
        ]);
        expect(await journal.audit({ workspace: 'desk' })).toEqual([entry]);
        expect(await journal.audit({ limit: 1 })).toHaveLength(1);
      });

      it('goes on behind an entry, also among those of one instant', async () => {
        for (const id of ['e2', 'e3', 'e1']) await journal.addAudit({ ...entry, id });
        await journal.addAudit({ ...entry, id: 'e0', at: later(1) });
        await journal.addAudit({ ...entry, id: 'e9', at: later(-1), workspace: 'other' });
        const ids = async (filter: Parameters<Operations['audit']>[0]) =>
          (await journal.audit(filter)).map(({ id }) => id);
        expect(await ids({})).toEqual(['e0', 'e3', 'e2', 'e1', 'e9']);
        expect(await ids({ after: { id: 'e3', at: NOON } })).toEqual(['e2', 'e1', 'e9']);
        expect(await ids({ after: { id: 'e3', at: NOON }, workspace: 'desk', limit: 1 })).toEqual(['e2']);
        expect(await ids({ after: { id: 'e1', at: NOON }, workspace: 'desk' })).toEqual([]);
      });
    });

    it('adds up counters of many writers, whatever the order of labels', async () => {
      const a = { name: 'requests', labels: { vendor: 'zendesk', status: '200' } };
      const b = { name: 'requests', labels: { vendor: 'jira', status: '200' } };
      const mixed = { name: 'requests', labels: { status: '200', vendor: 'zendesk' } };
      await journal.addTallies([]);
      await Promise.all(
        Array.from({ length: 8 }, async (_, i) => {
          for (let n = 0; n < 5; n++) {
            const batch = [
              { ...a, value: 1 },
              { ...b, value: 0.5 },
              { ...mixed, value: 1 },
            ];
            await journal.addTallies(i % 2 === 0 ? batch : batch.reverse());
          }
        }),
      );
      expect(await journal.tallies()).toEqual([
        { ...b, value: 20 },
        { ...a, value: 80 },
      ]);
    });

    it('prunes only what ended before, and keeps the last word about each subject', async () => {
      await journal.saveNoticeTarget(aTarget());
      await journal.addRuns(['old', 'young', 'open'].map((id) => aRun({ id })));
      await journal.endRun('old', later(-1), { status: 'done' });
      await journal.endRun('young', NOON, { status: 'done' });
      await journal.addNotices([
        aNotice({ id: 'delivered', at: later(-30) }),
        aNotice({ id: 'waiting', at: later(-20) }),
        aNotice({ id: 'last', at: later(-10) }),
        aNotice({ id: 'broken', kind: 'sync_broken', subject: 'zendesk', at: later(-30) }),
      ]);
      for (const id of ['delivered', 'last', 'broken']) {
        const [delivery] = (await journal.deliveries(id)) as [Delivery];
        await journal.endDelivery({ ...delivery, status: 'delivered', delivered_at: NOON });
      }
      const entry = { actor: 'cli', action: 'a', workspace: null, subject: null, outcome: 'done' as const, detail: {} };
      await journal.addAudit({ ...entry, id: 'old', at: later(-1) });
      await journal.addAudit({ ...entry, id: 'young', at: NOON });
      // By hand: run `old`, notice `delivered` (`waiting` is under way; `last` and `broken` are the last words), audit `old`.
      expect(await journal.prune({ runs: NOON, notices: NOON, audit: NOON, sessions: NOON })).toBe(3);
      expect((await journal.runs({})).map((run) => run.id).sort()).toEqual(['open', 'young']);
      expect((await journal.notices('desk', 10)).map((notice) => notice.id).sort()).toEqual([
        'broken',
        'last',
        'waiting',
      ]);
      expect(await journal.deliveries('delivered')).toEqual([]);
      expect((await journal.audit({})).map(({ id }) => id)).toEqual(['young']);
      expect(await journal.prune({ runs: NOON, notices: NOON, audit: NOON, sessions: NOON })).toBe(0);
    });

    it('never shows rows of another workspace', async () => {
      await journal.saveSchedule(aSchedule({ workspace: 'other' }));
      await journal.addRuns([aRun({ workspace: 'other' })]);
      await journal.saveNoticeTarget(aTarget({ workspace: 'other' }));
      await journal.addNotices([aNotice({ workspace: 'other' })]);
      await journal.addAudit({
        id: 'e',
        at: NOON,
        actor: 'cli',
        action: 'a',
        workspace: 'other',
        subject: null,
        outcome: 'done',
        detail: {},
      });
      expect(await journal.schedules('desk')).toEqual([]);
      expect(await journal.runs({ workspace: 'desk' })).toEqual([]);
      expect(await journal.noticeTargets('desk')).toEqual([]);
      expect(await journal.notices('desk', 10)).toEqual([]);
      expect(await journal.lastNotice('desk', ['stage_changed'], null)).toBeNull();
      expect(await journal.audit({ workspace: 'desk' })).toEqual([]);
      expect(await journal.removeSchedule('desk', 'hourly')).toBe(false);
      expect(await journal.removeNoticeTarget('desk', 'chat')).toBe(false);
      expect(await journal.fire({ workspace: 'desk', name: 'hourly' }, NOON, later(1), aRun())).toBe(false);
      const [delivery] = (await journal.deliveries('n1')) as [Delivery];
      await journal.endDelivery({ ...delivery, workspace: 'desk', status: 'failed' });
      expect(await journal.deliveries('n1')).toEqual([delivery]);
    });
  });
}
