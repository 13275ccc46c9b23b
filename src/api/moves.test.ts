import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { placedSnapshot } from '../../test/harness/placed-snapshot.ts';

const W = '/v1/workspaces/desk-a';
let fleet: ApiFleet;
let token: string;
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a']);
  ({ token } = await fleet.token('assessor'));
  const { ledger } = await fleet.store('desk-a');
  await ledger.saveSnapshot(placedSnapshot({ stage: 2, day: 3, conflicts: { 'S1.1': 'none' } }), fleet.clock.now());
});
afterAll(() => fleet.close());

const ask = (method: 'GET' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  fleet.ask({ method, url: `${W}${url}`, token, ...(payload === undefined ? {} : { payload }) });

describe('moves over HTTP', () => {
  it('are taken on, changed, listed with the target and forgotten', async () => {
    await ask('PUT', '/moves/S1.4', {});
    const saved = await ask('PUT', '/moves/S1.4', { owner: 'lead-1', due: '2026-09-30', state: 'started' });
    expect([saved.statusCode, saved.json()]).toMatchObject([
      200,
      { criterion: 'S1.4', owner: 'lead-1', due: '2026-09-30', state: 'started', done: 'unknown' },
    ]);
    expect((await ask('PUT', '/target', { stage: 4, due: '2026-12-31' })).json()).toEqual({
      stage: 4,
      due: '2026-12-31',
    });
    const listed = (await ask('GET', '/moves')).json();
    expect(listed).toEqual({ target: { stage: 4, due: '2026-12-31' }, moves: [saved.json()] });
    expect((await ask('DELETE', '/moves/S1.4')).json()).toEqual({ removed: 'S1.4' });
    expect((await ask('DELETE', '/moves/S1.4')).statusCode).toBe(404);
    expect((await ask('GET', '/moves')).json().moves).toEqual([]);
  });

  it.each([
    ['a state that only signals may give', '/moves/S1.4', { state: 'done' }, 400],
    ['an address of a person', '/moves/S1.4', { owner: 'lead@acme.example' }, 400],
    ['no day', '/moves/S1.4', { due: 'soon' }, 400],
    ['a statement of no model', '/moves/S1.44', {}, 404],
    ['a stage that is not there', '/target', { stage: 7 }, 400],
  ])('are refused with %s', async (_, url, payload, status) => {
    expect((await ask('PUT', url, payload)).statusCode).toBe(status);
  });

  it('lie on a path to any stage', async () => {
    expect((await ask('GET', '/path')).json()).toEqual({ path: null });
    const { path } = (await ask('GET', '/path?target=3')).json();
    expect([path.target, path.from]).toEqual([3, 2]);
    expect((await ask('GET', '/path?target=9')).statusCode).toBe(400);
  });
});
