import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { takeSnapshot } from '../pipeline/snapshot.ts';

let fleet: ApiFleet;
let viewer: string;
beforeAll(async () => {
  fleet = await openApiFleet(['desk-a', 'desk-b', 'desk-c']);
  viewer = (await fleet.token('viewer', ['desk-a', 'desk-b'])).token;
  await answerAndPlace({ 'S1.1': 3, 'S1.2': 3, 'S1.3': 3, 'S1.4': 3, 'S1.5': 3, 'S2.1': 1 });
});
afterAll(() => fleet.close());

const view = (path: string, desk = 'desk-a') =>
  fleet.ask({ method: 'GET', url: `/v1/workspaces/${desk}/views/${path}`, token: viewer });

/** Answers of one person, then a snapshot of them by a staged model and one of another kind. */
async function answerAndPlace(answers: Record<string, 1 | 2 | 3>): Promise<void> {
  const { token } = await fleet.token('assessor');
  const payload = { respondent: 'r1', role: 'support_lead', answers };
  await fleet.ask({ method: 'POST', url: '/v1/workspaces/desk-a/answers', token, payload });
  const rules = await fleet.deps.rules();
  await takeSnapshot(
    { asOf: null, windowDays: 90, workspace: 'desk-a' },
    {
      store: await fleet.store('desk-a'),
      signals: rules.signals,
      rulesHash: rules.hash,
      models: await fleet.deps.judging({ models: ['six-stage', 'activity-score'] }),
      version: '0.0.0',
      signalTimeoutMs: 10_000,
      now: fleet.clock.now(),
      keep: true,
    },
  );
}

describe('the home of a workspace', () => {
  it('says how to begin where no snapshot was taken', async () => {
    const reply = await view('home', 'desk-b');
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'NO_DATA']);
  });

  it('draws one truth: the ladder marks the step that the headline names', async () => {
    const home = (await view('home')).json();
    expect(home).toMatchObject({ kind: 'staged', headline: { face: 'answers_only', assured: null } });
    const { step, title } = home.headline;
    expect(title.toLowerCase()).toBe(step.text.toLowerCase());
    const marked = home.ladder.rungs.filter((rung: { marks: string[] }) => rung.marks.includes('together'));
    expect(marked.map((rung: { step: unknown }) => rung.step)).toEqual([step]);
    expect(home.freshness.sources).toEqual([]);
  });

  it('draws a model of another kind as a sheet', async () => {
    const home = (await view('home?model=activity-score')).json();
    expect(home).toMatchObject({ kind: 'sheet', model: { id: 'activity-score', kind: 'activity' } });
    expect(home.sheet.parts.length).toBeGreaterThan(0);
    expect(home.models.rows[0].shown).toBe(true);
  });

  it('names the nearest model, and shows no workspace that the token does not open', async () => {
    expect((await view('home?model=six-stages')).json().remedy).toContain('six-stage');
    expect((await view('home', 'desk-c')).statusCode).toBe(404);
  });
});

describe('the other views', () => {
  it('shows every cell of the matrix, and tells unseen from not there', async () => {
    const { rows, steps } = (await view('matrix')).json();
    expect([rows.length, steps.length]).toEqual([5, 6]);
    const faces = rows.flatMap((row: { cells: ({ face: string } | null)[] }) => row.cells.map((cell) => cell?.face));
    expect(faces).toContain('unseen');
  });

  it('follows a statement to its answers, and names the nearest one', async () => {
    const statement = (await view('statement?statement=S2.1')).json();
    expect(statement).toMatchObject({ id: 'S2.1', decided_by: 'answers' });
    // Lone answer 1 of docs/method.md: (-2.094, -2.476).
    expect(statement.ledger[0].to).toBeCloseTo(-2.094 - 2.476, 2);
    expect(statement.answers).toMatchObject([{ role: 'support_lead', value: 1, words: 'not there' }]);
    expect((await view('statement?statement=S9.1')).json()).toMatchObject({ code: 'UNKNOWN_NAME' });
  });

  it('says of a signal that was not measured why, and what would show it', async () => {
    const signal = (await view('signal?signal=d3')).json();
    expect(signal).toMatchObject({ signal: { short: 'D3' }, estimate: null, status: 'not_observable' });
    expect(signal.sentence).toMatch(/^No number: cannot be seen/);
    expect(signal.way_out).not.toBeNull();
  });

  it('has nothing to compare a first snapshot with, and says so', async () => {
    expect((await view('change')).json()).toMatchObject({ code: 'NO_DATA' });
  });

  it('tells how far a connection was read before anything was judged, and nothing where nothing was', async () => {
    const store = await fleet.store('desk-b');
    expect((await view('sources', 'desk-b')).json()).toEqual({ sources: [] });
    const until = new Date(fleet.clock.now().getTime() - 2 * 86_400_000);
    const seen = { connection: 'old', detail: null, fields: [], since: null, rejected: 1 };
    await store.telemetry.recordObservability([
      { ...seen, stream: 'tickets', status: 'available', until, rows: 1_200, reconciled_share: 0.5 },
      { ...seen, stream: 'csat', status: 'plan', until: null, rows: 0, reconciled_share: null },
    ]);
    const { sources } = (await view('sources', 'desk-b')).json();
    expect(sources).toMatchObject([{ connection: 'old', until: until.toISOString(), age_days: 2 }]);
    const told = sources[0].streams.map((one: Record<string, unknown>) => [
      one.stream,
      one.status,
      one.rows,
      one.reconciled_share,
    ]);
    expect(told).toEqual([
      ['csat', 'plan', 0, null],
      ['tickets', 'available', 1_200, 0.5],
    ]);
  });

  it('refuses a step that the model does not have', async () => {
    expect((await view('path?target=9')).json()).toMatchObject({ code: 'BAD_USAGE' });
  });

  it('gives the catalogue as a file that is saved, not shown', async () => {
    const reply = await fleet.ask({ method: 'GET', url: '/v1/catalogue.html', token: viewer });
    expect(reply.headers['content-disposition']).toBe('attachment; filename="catalogue.html"');
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(reply.body).toContain('A known first-reply promise');
  });

  it('gives the words of the glossary', async () => {
    const { entries } = (await fleet.ask({ method: 'GET', url: '/v1/glossary', token: viewer })).json();
    expect(entries.map(({ word }: { word: string }) => word)).toContain('deciban');
  });
});
