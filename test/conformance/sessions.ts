import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invitation } from '../../src/domain/invitation.ts';
import type { Session } from '../../src/domain/session.ts';
import type { Operations } from '../../src/store/operations-port.ts';

const NOON = new Date('2026-03-02T12:00:00Z');
const later = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

function aSession(more: Partial<Session> = {}): Session {
  return {
    hash: 'ab'.repeat(32),
    token: 't1',
    invitation: null,
    created_at: NOON,
    seen_at: NOON,
    expires_at: later(3_600),
    ...more,
  };
}

function anInvitation(more: Partial<Invitation> = {}): Invitation {
  return {
    id: 'i1',
    workspace: 'desk',
    hash: 'h1',
    model: 'six-stage',
    respondent: 'lead-1',
    role: 'support_lead',
    created_at: NOON,
    created_by: 't1',
    expires_at: later(3_600),
    used_at: null,
    revoked_at: null,
    ...more,
  };
}

/** What every journal has to do about those who are at the page. */
export function sessionConformance(name: string, open: () => Promise<Operations>): void {
  describe(`sessions: ${name}`, () => {
    let journal: Operations;
    beforeEach(async () => {
      journal = await open();
    });
    afterEach(() => journal.close());

    it('finds a session by its hash until it is ended, once', async () => {
      const { hash } = aSession();
      expect(await journal.sessionByHash(hash)).toBeNull();
      await journal.addSession(aSession(), 5);
      expect(await journal.sessionByHash(hash)).toEqual(aSession());
      expect([await journal.endSession(hash), await journal.endSession(hash)]).toEqual([true, false]);
      expect(await journal.sessionByHash(hash)).toBeNull();
    });

    it('keeps the latest sign of life, whatever the order', async () => {
      await journal.addSession(aSession(), 5);
      for (const s of [5, 90, 60]) await journal.touchSession(aSession().hash, later(s));
      expect((await journal.sessionByHash(aSession().hash))?.seen_at).toEqual(later(90));
      await journal.touchSession('unknown', later(1));
    });

    it('keeps the newest of one token, and those of others whole', async () => {
      const rows = [
        aSession({ hash: 'other', token: 't2' }),
        aSession({ hash: 'invited', token: null, invitation: 'i1' }),
        ...[1, 2, 3, 4].map((n) => aSession({ hash: `s${n}`, created_at: later(n) })),
      ];
      for (const row of rows) await journal.addSession(row, 2);
      const there = await Promise.all(rows.map(async ({ hash }) => (await journal.sessionByHash(hash)) !== null));
      expect(there).toEqual([true, true, false, false, true, true]);
    });

    it('prunes what is over', async () => {
      await journal.addSession(aSession({ hash: 'old', expires_at: later(-1) }), 5);
      await journal.addSession(aSession({ hash: 'young', expires_at: NOON }), 5);
      expect(await journal.prune({ runs: NOON, notices: NOON, audit: NOON, sessions: NOON })).toBe(1);
      expect(await journal.sessionByHash('old')).toBeNull();
      expect(await journal.sessionByHash('young')).not.toBeNull();
    });

    it('opens an invitation for one of many who try, while it stands', async () => {
      const open = anInvitation();
      await journal.addInvitation(open);
      await journal.addInvitation(anInvitation({ id: 'i2', hash: 'h2', expires_at: NOON }));
      await journal.addInvitation(anInvitation({ id: 'i3', hash: 'h3', workspace: 'other', created_at: later(1) }));
      expect(await journal.invitationByHash('h1')).toEqual(open);
      expect(await Promise.all(['h1', 'nothing'].map((hash) => journal.invitationByHash(hash)))).toEqual([open, null]);
      const tries = await Promise.all(Array.from({ length: 5 }, (_, i) => journal.takeInvitation('i1', later(i))));
      expect(tries.filter((won) => won)).toHaveLength(1);
      expect(await journal.takeInvitation('i2', NOON)).toBe(false);
      expect((await journal.invitation('i1'))?.used_at).not.toBeNull();
      expect((await journal.invitations('desk')).map(({ id }) => id).sort()).toEqual(['i1', 'i2']);
    });

    it('revokes an invitation once, of its own workspace', async () => {
      await journal.addInvitation(anInvitation());
      expect(await journal.revokeInvitation('other', 'i1', NOON)).toBeNull();
      expect((await journal.revokeInvitation('desk', 'i1', later(5)))?.revoked_at).toEqual(later(5));
      expect((await journal.revokeInvitation('desk', 'i1', later(9)))?.revoked_at).toEqual(later(5));
      expect(await journal.takeInvitation('i1', NOON)).toBe(false);
    });

    it('keeps moves and the target of a workspace and model, and replaces them', async () => {
      const by = { updated_at: NOON, updated_by: 't1' };
      const move = { workspace: 'desk', model: 'six-stage', criterion: 'S1.4', owner: 'lead-1', due: '2026-09-30' };
      await journal.saveMove({ ...move, ...by, state: 'planned' });
      await journal.saveMove({ ...move, ...by, workspace: 'other', state: 'planned' });
      await journal.saveMove({ ...move, ...by, owner: null, due: null, state: 'started' });
      expect(await journal.moves('desk', 'six-stage')).toEqual([
        { ...move, ...by, owner: null, due: null, state: 'started' },
      ]);
      expect(await journal.moves('desk', 'another')).toEqual([]);
      expect(await journal.removeMove('desk', 'six-stage', 'S1.4')).toBe(true);
      expect(await journal.removeMove('desk', 'six-stage', 'S1.4')).toBe(false);
      expect(await journal.moves('other', 'six-stage')).toHaveLength(1);
      const goal = { workspace: 'desk', model: 'six-stage', stage: 4, due: null, ...by };
      expect(await journal.goal('desk', 'six-stage')).toBeNull();
      await journal.saveGoal({ ...goal, stage: 3 });
      await journal.saveGoal(goal);
      expect([await journal.goal('desk', 'six-stage'), await journal.goal('other', 'six-stage')]).toEqual([goal, null]);
    });

    it('finds a token by its id', async () => {
      const token = {
        id: 't1',
        name: 'dashboard',
        hash: 'ab'.repeat(32),
        role: 'viewer' as const,
        workspaces: ['desk'],
        created_at: NOON,
        expires_at: null,
        revoked_at: null,
        made_by: null,
      };
      await journal.saveToken(token);
      expect([await journal.token('t1'), await journal.token('t2')]).toEqual([token, null]);
    });
  });
}
