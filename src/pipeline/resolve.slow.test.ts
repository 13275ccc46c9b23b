import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../test/harness/records.ts';
import { aPolicy, aReplyTarget } from '../../test/harness/rule-records.ts';
import { isStaged, type StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { readStaged } from '../domain/staged-reading.ts';
import { readModels } from '../models/index.ts';
import { METHODS, methodOf, questionnaireOf } from '../scoring/index.ts';
import { loadSignals } from '../signals/index.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { keepAnswersOf } from './assess.ts';
import { resolveStatement, type WantedResolution } from './resolve.ts';
import { takeSnapshot } from './snapshot.ts';
import { whatIfInputs } from './what-if-inputs.ts';

const RULES = resolve(import.meta.dirname, '../../rules');
const signals = loadSignals(resolve(RULES, 'signals')).signals.map((s) => s.definition);
const models = readModels(resolve(RULES, 'models'), METHODS, signals).filter(({ model }) => model.id === 'six-stage');
const [today] = models as unknown as [{ model: StagedModel; hash: string }];
/** S1.4 says that first replies are promised; a policy with a target (D1) is its one fact of configuration. */
const S = 'S1.4';

let store: Store;
let now: Date;
let made: number;
beforeEach(async () => {
  store = await openMemoryStore();
  now = at('2026-03-02T00:00:00Z');
  made = 0;
  const questionnaire = questionnaireOf(today.model, 365);
  const said = { respondent: 'r1', role: 'support_lead', answers: { [S]: 3 } };
  await keepAnswersOf(said, 'body', { ledger: store.ledger, questionnaire, now: at('2026-02-01T00:00:00Z') });
});
afterEach(() => store.close());

/** Policies can be read, and there are these. */
async function showPolicies(asOf: string, policies: 0 | 1): Promise<void> {
  const records = policies === 0 ? {} : { sla_policy: [aPolicy('p1', [])], sla_target: [aReplyTarget('p1', 4)] };
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  const row = {
    connection: 'desk',
    status: 'available' as const,
    detail: null,
    fields: ['sla_target'],
    rows: policies,
  };
  const times = { since: null, until: at(asOf), rejected: 0, reconciled_share: null };
  await store.telemetry.recordObservability(
    (['tickets', 'sla_policies', 'automations'] as const).map((stream) => ({ ...row, ...times, stream })),
  );
}

async function take(): Promise<StagedReading> {
  now = new Date(now.getTime() + 3_600_000);
  const snapshot = await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'w' },
    { store, signals, rulesHash: 'r', models, version: 'test', signalTimeoutMs: 60_000, now, keep: true },
  );
  const reading = readStaged(snapshot, 'six-stage');
  if (reading === null) throw new Error('six-stage judges');
  return reading;
}

const settle = (wanted: Partial<WantedResolution> & Pick<WantedResolution, 'kind'>) =>
  resolveStatement(
    { criterion: S, reason: 'looked at it together', by: 'lead-1', proof: null, days: null, ...wanted },
    {
      ledger: store.ledger,
      questionnaire: questionnaireOf(today.model, 365),
      model: today.model,
      now,
      randomId: () => {
        made += 1;
        return `r${made}`;
      },
    },
  );

const statementOf = (reading: StagedReading) => reading.criteria.find(({ id }) => id === S);
const linesOf = (reading: StagedReading) =>
  reading.ledger.filter(({ criterion }) => criterion === S).map(({ source }) => source);
const endsOf = async () => (await store.ledger.resolutions('six-stage')).map(({ ended }) => ended);

/** Judging the inputs of the page again gives the verdict of the snapshot. */
async function expectSameInBrowser(reading: StagedReading): Promise<void> {
  const rules = { signals, hash: reading.provenance.rules_hash };
  const inputs = await whatIfInputs(reading, { ledger: store.ledger, today, rules });
  const again = methodOf(inputs.model).judge({
    ...inputs,
    notApplicable: inputs.not_applicable,
    asOf: new Date(inputs.as_of),
  });
  expect(again.body).toMatchObject({ placement: reading.placement, criteria: reading.criteria });
  expect(again.ledger).toEqual(reading.ledger);
}

describe('a disagreement that was settled', () => {
  it('by accepting the data: the claim is no answer until records show the contrary, then it counts again', async () => {
    expect(isStaged(today.model)).toBe(true);
    await showPolicies('2026-03-01T00:00:00Z', 0);
    const disputed = await take();
    expect([statementOf(disputed)?.telemetry[0], linesOf(disputed)]).toEqual([-15, ['signal', 'answer']]);

    const accepted = await settle({ kind: 'accept_data' });
    expect(accepted).toMatchObject({ level: 1, basis: [-15, 0], expires_at: null });
    const settled = await take();
    expect(linesOf(settled)).toEqual(['signal']);
    expect(statementOf(settled)?.answers).toEqual([0, 0]);
    expect(settled.answers_used.map(({ value }) => value)).toEqual(['dont_know']);
    await expectSameInBrowser(settled);

    await showPolicies('2026-03-03T00:00:00Z', 1);
    const turned = await take();
    expect([statementOf(turned)?.telemetry[0], linesOf(turned)]).toEqual([15, ['signal', 'answer']]);
    expect(await endsOf()).toEqual(['evidence']);
    await expectSameInBrowser(turned);
    await expectSameInBrowser(settled);
    expect(linesOf(await take())).toEqual(['signal', 'answer']);
  });

  it('by keeping the claim: it is proved by who looked at it, until records speak against it', async () => {
    await take();
    const kept = await settle({ kind: 'keep_claim', proof: 'https://wiki.example/promise', days: 90 });
    expect(kept).toMatchObject({ level: 3, basis: [0, 0], proof: 'https://wiki.example/promise' });
    const proved = await take();
    expect(linesOf(proved)).toEqual(['answer', 'artefact']);
    await expectSameInBrowser(proved);

    await showPolicies('2026-03-03T00:00:00Z', 0);
    const turned = await take();
    expect(linesOf(turned)).toEqual(['signal', 'answer']);
    expect(await endsOf()).toEqual(['evidence']);
  });

  it('against what records said already stays settled by what they say still', async () => {
    await showPolicies('2026-03-01T00:00:00Z', 0);
    await take();
    await settle({ kind: 'keep_claim', proof: 'https://wiki.example/promise', days: 90 });
    expect(linesOf(await take())).toEqual(['signal', 'answer', 'artefact']);
    expect(await endsOf()).toEqual([null]);
  });

  it('by taking the statement out: until records show that it is done after all', async () => {
    await showPolicies('2026-03-01T00:00:00Z', 0);
    await take();
    await settle({ kind: 'not_applicable' });
    const out = await take();
    expect(statementOf(out)?.not_applicable).toBe(true);
    await expectSameInBrowser(out);
    await showPolicies('2026-03-03T00:00:00Z', 1);
    expect(statementOf(await take())?.not_applicable).toBe(false);
    expect(await endsOf()).toEqual(['evidence']);
  });

  it('is settled anew by the next word, and refused where there is nothing to settle', async () => {
    await expect(settle({ kind: 'accept_data' })).rejects.toMatchObject({ code: 'NO_DATA' });
    await take();
    await expect(settle({ kind: 'accept_data' })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(settle({ kind: 'keep_claim', by: 'r1' })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(settle({ kind: 'not_applicable', criterion: 'S9.9' })).rejects.toMatchObject({ code: 'UNKNOWN_NAME' });
    await settle({ kind: 'not_applicable' });
    await expect(settle({ kind: 'not_applicable', criterion: 'S1.1' })).rejects.toMatchObject({ code: 'BAD_ANSWERS' });
    await settle({ kind: 'keep_claim', proof: 'https://wiki.example', days: 1 });
    expect(await endsOf()).toEqual(['replaced', null]);
  });
});
