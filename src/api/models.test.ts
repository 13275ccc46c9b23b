import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { Answer } from '../domain/assessment.ts';
import { WhatIfInputs } from '../domain/what-if.ts';
import { keepAnswersOf } from '../pipeline/assess.ts';
import { takeSnapshot } from '../pipeline/snapshot.ts';
import { methodOf } from '../scoring/index.ts';

let fleet: ApiFleet;
let token: string;
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a']);
  ({ token } = await fleet.token('viewer'));
  const store = await fleet.store('desk-a');
  const questionnaire = await fleet.deps.questionnaire();
  const deps = { ledger: store.ledger, questionnaire, now: fleet.clock.now() };
  const checked = { value: 3, comment: 'said in confidence', proof: 'https://wiki.example/kb', proof_checked_by: 'r9' };
  const answers = { 'S1.1': 3, 'S1.2': 2, 'S2.1': 'dont_know', 'S2.2': checked };
  const not_applicable = { 'S3.1': 'there is no phone' };
  await keepAnswersOf({ respondent: 'r1', role: 'support_lead', answers, not_applicable }, 'body', deps);
  await keepAnswersOf({ respondent: 'r2', role: 'agent', answers: { 'S1.1': 1 } }, 'body', deps);
  await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'desk-a' },
    {
      ...(await fleet.deps.rules()),
      store,
      rulesHash: (await fleet.deps.rules()).hash,
      models: await fleet.deps.judging({ models: null }),
      version: 'test',
      signalTimeoutMs: 60_000,
      now: fleet.clock.now(),
      keep: true,
    },
  );
  // Said after the snapshot: not in what it counted.
  fleet.clock.advance(60_000);
  const later = { ...deps, now: fleet.clock.now() };
  await keepAnswersOf({ respondent: 'r1', role: 'support_lead', answers: { 'S1.1': 1 } }, 'body', later);
});
afterAll(() => fleet.close());

const get = (url: string) => fleet.ask({ method: 'GET', url, token });

describe('models', () => {
  it('are listed with those that judge, and shown whole', async () => {
    const { models } = (await get('/v1/models')).json();
    expect(models.filter((one: { shown: boolean }) => one.shown).map((one: { id: string }) => one.id)).toEqual([
      'six-stage',
    ]);
    expect(models.every((one: { judges: boolean }) => one.judges)).toBe(true);
    for (const { id, kind, hash } of models) {
      const whole = (await get(`/v1/models/${id}`)).json();
      expect([whole.hash, whole.kind, whole.document.id]).toEqual([hash, kind, id]);
    }
    const unknown = await get('/v1/models/six-stages');
    expect([unknown.statusCode, unknown.json().remedy]).toEqual([404, 'Did you mean six-stage?']);
  });
});

describe('a snapshot read by a model without stages', () => {
  it.each(['activity-score', 'value-exchange'])('gives what was measured and the verdict of %s', async (id) => {
    const reply = await get(`/v1/workspaces/desk-a/snapshots/latest?model=${id}`);
    const whole = (await get('/v1/workspaces/desk-a/snapshots/latest')).json();
    const { verdict, digest, findings, measurement } = reply.json();
    expect([reply.statusCode, verdict.model.id, digest, measurement]).toEqual([
      200,
      id,
      whole.digest,
      whole.measurement,
    ]);
    expect(findings).toEqual(whole.findings);
    expect(verdict).toEqual(whole.verdicts.find((one: { model: { id: string } }) => one.model.id === id));
  });
});

describe('what-if inputs', () => {
  it.each(['six-stage', 'cx-programme', 'contact-centre-continuum'])(
    'give the verdict of the snapshot when the core of %s judges them again',
    async (id) => {
      const snapshot = (await get(`/v1/workspaces/desk-a/snapshots/latest?model=${id}`)).json();
      const body = (await get(`/v1/workspaces/desk-a/what-if?model=${id}`)).json();
      const answers = body.answers.map((one: Record<string, string>) =>
        Answer.parse({
          ...one,
          answered_at: new Date(one.answered_at ?? ''),
          expires_at: new Date(one.expires_at ?? ''),
        }),
      );
      const inputs = WhatIfInputs.parse({ ...body, answers });
      const again = methodOf(inputs.model).judge({
        ...inputs,
        notApplicable: inputs.not_applicable,
        asOf: new Date(inputs.as_of),
      });
      const { placement, criteria, comparison, path } = snapshot;
      expect(JSON.parse(JSON.stringify(again.body))).toMatchObject({ placement, criteria, comparison, path });
      expect(JSON.parse(JSON.stringify(again.ledger))).toEqual(snapshot.ledger);
      expect(inputs.notes).toEqual([]);
      expect(inputs.digest).toBe(snapshot.digest);
    },
  );

  it('hold what the snapshot counted, without comments, and not what was said since', async () => {
    const reply = await get('/v1/workspaces/desk-a/what-if');
    const { answers, not_applicable } = reply.json();
    const said = answers.map((one: Answer) => [one.criterion, one.respondent, one.value, one.proof]);
    expect(said).toEqual([
      ['S1.1', 'r1', 3, null],
      ['S1.1', 'r2', 1, null],
      ['S1.2', 'r1', 2, null],
      ['S2.1', 'r1', 'dont_know', null],
      ['S2.2', 'r1', 3, 'https://wiki.example/kb'],
    ]);
    expect(not_applicable).toEqual({ 'S3.1': 'there is no phone' });
    expect(reply.body).not.toContain('in confidence');
  });
});
