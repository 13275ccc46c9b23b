import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { openJudgement } from '../compose/judgement.ts';
import { takeSnapshot } from '../pipeline/snapshot.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const JUDGEMENT = openJudgement(
  { packs: [], rules: [], models: [], judges: null, areas: {}, model: 'six-stage', answers: { expire_after: '365d' } },
  ROOT,
);

let fleet: ApiFleet;
let viewer: string;
beforeEach(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b']);
  viewer = (await fleet.token('viewer', ['desk-a'])).token;
});
afterEach(() => fleet.close());

const view = (path: string) => fleet.ask({ method: 'GET', url: `/v1/workspaces/desk-a/views/${path}`, token: viewer });

/** Answers of one person to the model that is shown, then a snapshot of them by every model. */
async function answerAndPlace(answers: Record<string, 1 | 2 | 3>): Promise<void> {
  const { token } = await fleet.token('assessor');
  const body = { respondent: 'r1', role: 'support_lead', answers };
  await fleet.ask({ method: 'POST', url: '/v1/workspaces/desk-a/answers', token, payload: body });
  const rules = await JUDGEMENT.rules();
  await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'desk-a' },
    {
      store: await fleet.store('desk-a'),
      signals: rules.signals,
      rulesHash: rules.hash,
      models: await JUDGEMENT.judging(),
      version: '0.0.0',
      signalTimeoutMs: 10_000,
      now: fleet.clock.now(),
      keep: true,
    },
  );
}

const SET_ONE = { 'S1.1': 3, 'S1.2': 3, 'S1.3': 3, 'S1.4': 3, 'S1.5': 3 } as const;

describe('the home of a workspace', () => {
  it('says how to begin where no snapshot was taken', async () => {
    const reply = await view('home');
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'NO_DATA']);
  });

  it('draws one truth: the ladder marks the step that the headline names', async () => {
    await answerAndPlace({ ...SET_ONE, 'S2.1': 3, 'S2.2': 3 });
    const home = (await view('home')).json();
    expect(home).toMatchObject({ kind: 'staged', headline: { face: 'answers_only', assured: null } });
    const { step, title } = home.headline;
    expect(title.toLowerCase()).toBe(step.text.toLowerCase());
    const marked = home.ladder.rungs.filter((rung: { marks: string[] }) => rung.marks.includes('together'));
    expect(marked.map((rung: { step: unknown }) => rung.step)).toEqual([step]);
    expect(home.freshness.sources).toEqual([]);
  });

  it('draws a model of another kind as a sheet', async () => {
    await answerAndPlace(SET_ONE);
    const home = (await view('home?model=activity-score')).json();
    expect(home).toMatchObject({ kind: 'sheet', model: { id: 'activity-score', kind: 'activity' } });
    expect(home.sheet.parts.length).toBeGreaterThan(0);
    expect(home.models.rows[0].shown).toBe(true);
  });

  it('names the nearest model, and shows no other workspace', async () => {
    await answerAndPlace(SET_ONE);
    expect((await view('home?model=six-stages')).json().remedy).toContain('six-stage');
    const other = await fleet.ask({ method: 'GET', url: '/v1/workspaces/desk-b/views/home', token: viewer });
    expect(other.statusCode).toBe(404);
  });
});
