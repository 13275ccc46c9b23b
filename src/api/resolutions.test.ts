import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { placedSnapshot } from '../../test/harness/placed-snapshot.ts';

const PATH = '/v1/workspaces/desk-a/statements/S1.1/resolution';
let fleet: ApiFleet;
let token: string;
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a']);
  ({ token } = await fleet.token('assessor'));
  const { ledger } = await fleet.store('desk-a');
  await ledger.saveSnapshot(placedSnapshot({ stage: 2, day: 3, conflicts: { 'S1.1': 'strong' } }), fleet.clock.now());
  const answers = { respondent: 'r1', role: 'agent', answers: { 'S1.1': 3 } };
  await fleet.ask({ method: 'POST', url: '/v1/workspaces/desk-a/answers', token, payload: answers });
});
afterAll(() => fleet.close());

const settle = (payload: object) => fleet.ask({ method: 'POST', url: PATH, token, payload });
const KEEP = {
  kind: 'keep_claim',
  reason: 'seen on the wiki',
  by: 'lead-1',
  proof: 'https://wiki.example',
  expires_in_days: 90,
};

describe('a resolution over HTTP', () => {
  it('is made, listed, audited and taken back', async () => {
    const made = await settle(KEEP);
    expect([made.statusCode, made.json()]).toMatchObject([201, { level: 3, expires_at: '2026-08-30T12:00:00.000Z' }]);
    expect((await fleet.audit())[0]).toMatchObject({
      action: 'resolution.add',
      subject: 'S1.1',
      detail: { kind: 'keep_claim', model: 'six-stage', resolution: made.json().id },
    });
    const list = () => fleet.ask({ method: 'GET', url: '/v1/workspaces/desk-a/resolutions', token });
    expect((await list()).json().resolutions).toEqual([made.json()]);
    const ended = await fleet.ask({ method: 'DELETE', url: PATH, token });
    expect([ended.statusCode, ended.json().ended]).toEqual([200, 'withdrawn']);
    expect((await list()).json().resolutions).toEqual([ended.json()]);
    expect((await fleet.ask({ method: 'DELETE', url: PATH, token })).statusCode).toBe(404);
  });

  it.each([
    ['javascript:alert(1)'],
    ['JavaScript:alert(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['vbscript:x'],
    ['http://wiki.example'],
    ['//evil.example'],
    [' https://a.example\n'],
    ['https://a.example/\u202e'],
    ['wiki'],
    [''],
  ])('takes no proof that is not https: %j', async (proof) => {
    const reply = await settle({ ...KEEP, proof });
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'BAD_USAGE']);
  });

  it.each([
    ['no proof', { ...KEEP, proof: undefined }],
    ['no expiry', { ...KEEP, expires_in_days: undefined }],
    ['an expiry of never', { ...KEEP, expires_in_days: null }],
    ['a proof of nothing', { ...KEEP, kind: 'accept_data' }],
    ['no reason', { ...KEEP, reason: 'no' }],
    ['an address of a person', { ...KEEP, by: 'lead@acme.example' }],
    ['a kind of its own', { ...KEEP, kind: 'ignore' }],
  ])('is refused with %s', async (_, payload) => {
    expect((await settle(payload)).statusCode).toBe(400);
  });
});
