import { createHmac } from 'node:crypto';
import { resolve } from 'node:path';
import { startDemoServer } from '../../src/demo/index.ts';
import type { RandomDesk } from '../../src/demo/random/draw-desk.ts';
import { createRandom } from '../../src/demo/random.ts';
import type { Answer } from '../../src/domain/assessment.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { Placement } from '../../src/domain/placement.ts';
import type { SignalDefinition } from '../../src/domain/signal.ts';
import type { StagedModel } from '../../src/domain/staged-model.ts';
import { onlyStaged, readModels } from '../../src/models/index.ts';
import { endOfData } from '../../src/pipeline/end-of-data.ts';
import { joinSources } from '../../src/pipeline/join-sources.ts';
import { measureFindings } from '../../src/pipeline/measure-findings.ts';
import { METHODS, scoreSnapshot, stageAtFaceValue } from '../../src/scoring/index.ts';
import { loadSignals } from '../../src/signals/index.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';
import type { Store } from '../../src/store/ports.ts';
import { runVendor } from '../../test/conformance/vendor-run.ts';
import { putConnection } from '../../test/harness/beside-desk.ts';
import { syncAccount } from '../../test/harness/demo-store.ts';
import { asCustomersOf } from '../../test/rendered/customers.ts';
import type { DeskResult, StageSaid } from './result.ts';

export interface Judge {
  readonly model: StagedModel;
  readonly signals: readonly SignalDefinition[];
}

/** The rules and the model of this checkout. */
export function loadJudge(root: string): Judge {
  const signals = loadSignals(resolve(root, 'rules/signals')).signals.map((signal) => signal.definition);
  const found = onlyStaged(readModels(resolve(root, 'rules/models'), METHODS, signals)).find(
    ({ model }) => model.id === 'six-stage',
  );
  if (found === undefined) throw new Error('rules/models holds no six-stage model');
  return { model: found.model, signals };
}

/** Shares of answers of an honest person that are one level off either way. */
const HONEST_SLIPS = 0.12;

interface MeasuredDesk {
  readonly findings: readonly Finding[];
  readonly asOf: Date;
  /** How many of five plain figures are passed, as a tool with fixed lines would count. */
  readonly plainFigures: number;
}

/** Syncs a simulated desk over HTTP through the real connector and measures all signals on it. Errors: a desk that gives no data. */
export async function measureDesk(
  desk: RandomDesk,
  signals: readonly SignalDefinition[],
  onFinding: (finding: Finding) => void = () => undefined,
  { customersBeside = false }: { readonly customersBeside?: boolean } = {},
): Promise<MeasuredDesk> {
  const store = await openMemoryStore({ trusts: async () => true });
  try {
    await sync(store, desk);
    if (customersBeside) await readCustomers(store, desk);
    const observability = await store.telemetry.observability();
    const asOf = endOfData(observability);
    if (asOf === null) throw new Error('the simulated desk gave no data');
    const joined = await joinSources(store, asOf);
    const findings = await measureFindings(
      store.telemetry,
      { signals, asOf, observability, disconnected: new Set(), earlier: null, joined },
      { limits: { timeoutMs: 120_000, maxRows: 20_000_000 }, onFinding },
    );
    return { findings, asOf, plainFigures: await thresholds(store, asOf) };
  } finally {
    await store.close();
  }
}

/** Measures a simulated desk and judges it with nobody, an honest and an over-claiming respondent. Errors: as `measureDesk`. */
export async function playDesk(
  desk: RandomDesk,
  vocabulary: string,
  { model, signals }: Judge,
  onFinding?: (finding: Finding) => void,
): Promise<DeskResult> {
  const { findings, asOf, plainFigures } = await measureDesk(desk, signals, onFinding);
  return judge(desk, vocabulary, findings, asOf, plainFigures, { model, signals });
}

/** Both sides of one workspace hash alike. */
function pseudonymise(kind: string, value: string): string {
  return createHmac('sha256', 'study').update(`${kind}:${value}`).digest('hex').slice(0, 24);
}

/** The customers of the desk as a CRM keeps them, read through its connector. Errors: that with which the sync ended. */
async function readCustomers(store: Store, { world }: RandomDesk): Promise<void> {
  await putConnection(store, 'crm', 'customers', {});
  const run = await runVendor(asCustomersOf(world), { store, batchRows: 20_000, pseudonymise, connection: 'crm' });
  if (run.error !== null) throw run.error;
  if (run.result?.error) throw run.result.error;
}

async function sync(store: Store, desk: RandomDesk): Promise<void> {
  const server = await startDemoServer({ desk: desk.world });
  try {
    await syncAccount('desk', {
      // A stranger's account: nothing is told about it beside address and user.
      settings: { url: server.settings.url, user: server.settings.user },
      telemetry: store.telemetry,
      pseudonymise,
    });
  } finally {
    await server.close();
  }
}

function judge(
  desk: RandomDesk,
  vocabulary: string,
  findings: readonly Finding[],
  asOf: Date,
  passed: number,
  { model, signals }: Judge,
): DeskResult {
  const honest = answersOf(desk, model, asOf, false);
  const over = answersOf(desk, model, asOf, true);
  const score = (answers: readonly Answer[], by: StagedModel = model) =>
    scoreSnapshot({ model: by, signals, findings, answers, asOf, notApplicable: {} });
  const alone = score([]);
  const withHonest = score(honest);
  const values = (answers: readonly Answer[]): ReadonlyMap<string, number> =>
    new Map(answers.map((answer) => [answer.criterion, Number(answer.value)]));
  return {
    seed: desk.seed,
    kind: desk.kind,
    thin: desk.thin,
    vocabulary,
    tickets: desk.world.tickets.length,
    truth: desk.truth,
    trueStage: stageAtFaceValue(model, new Map(Object.entries(desk.truth))) ?? 1,
    notExcluded:
      stageAtFaceValue(
        model,
        new Map(
          alone.criteria.map(({ id, observability }) => [id, observability === 'seen' ? (desk.truth[id] ?? 1) : 3]),
        ),
      ) ?? 1,
    stages: { none: said(alone.placement), honest: said(withHonest.placement), over: said(score(over).placement) },
    statements: alone.criteria.map((criterion) => ({
      id: criterion.id,
      truth: desk.truth[criterion.id] ?? 1,
      level: criterion.level,
      posterior: criterion.posterior,
      mass: criterion.telemetry_mass,
      seen: criterion.observability === 'seen',
    })),
    points: alone.ledger
      .filter((line) => line.source === 'signal' && /^S\d/.test(line.criterion))
      .map((line) => ({ signal: line.ref, criterion: line.criterion, points: line.points })),
    silent: findings
      .filter((finding) => finding.status !== 'measured')
      .map((finding) => ({ signal: finding.signal, status: finding.status, reason: finding.reason })),
    variants: Object.fromEntries(
      variantsOf(model).map(([name, changed]) => [name, said(score(honest, changed).placement)]),
    ),
    simple: {
      always2: 2,
      selfHonest: stageAtFaceValue(model, values(honest)) ?? 1,
      selfOver: stageAtFaceValue(model, values(over)) ?? 1,
      thresholds: Math.min(6, 1 + passed),
    },
  };
}

function said(placement: Placement): StageSaid {
  return { stage: placement.stage, assured: placement.assured, atLeast: placement.atLeast };
}

function answersOf(desk: RandomDesk, model: StagedModel, asOf: Date, claiming: boolean): Answer[] {
  const random = createRandom(`answers/${desk.seed}`);
  return model.criteria.map(({ id }) => {
    const truth = desk.truth[id] ?? 1;
    const slip = random.chance(HONEST_SLIPS) ? (random.chance(0.5) ? 1 : -1) : 0;
    const level = claiming ? 3 : Math.min(3, Math.max(1, truth + slip));
    return {
      model: model.id,
      criterion: id,
      respondent: 'lead',
      role: 'support_lead',
      value: level as 1 | 2 | 3,
      comment: null,
      proof: null,
      proof_checked_by: null,
      answered_at: asOf,
      expires_at: new Date(asOf.getTime() + 365 * 86_400_000),
    };
  });
}

/** Other constants, one at a time. */
function variantsOf(model: StagedModel): [string, StagedModel][] {
  const half = (name: 'D' | 'B' | 'W'): StagedModel => ({
    ...model,
    classes: { ...model.classes, [name]: model.classes[name] / 2 },
  });
  const slope = (factor: number): StagedModel => ({
    ...model,
    prior: { ...model.prior, slope: model.prior.slope * factor },
  });
  const life = (factor: number): StagedModel => ({
    ...model,
    half_life_days: {
      config: model.half_life_days.config * factor,
      behaviour: model.half_life_days.behaviour * factor,
      answers: model.half_life_days.answers * factor,
    },
  });
  return [
    ['class D halved', half('D')],
    ['class B halved', half('B')],
    ['class W halved', half('W')],
    ['slope halved', slope(0.5)],
    ['slope doubled', slope(2)],
    ['half-lives halved', life(0.5)],
    ['half-lives doubled', life(2)],
  ];
}

/**
 * A tool that sets lines on plain figures: how many of five are passed. Median first reply within four hours, nine in ten targets met, a
 * survey on half of the solved tickets, at most 5 % opened again, median resolution within two days.
 */
async function thresholds(store: Store, asOf: Date): Promise<number> {
  const horizon = new Date(asOf.getTime() - 90 * 86_400_000);
  const rows = await store.telemetry.measure({ asOf, horizon }, (session) =>
    session.query(
      `SELECT
        (SELECT median(first_reply_calendar_s) <= 14400 FROM ticket_h WHERE created_at >= $from) AS fast,
        (SELECT avg(CAST(met AS INTEGER)) >= 0.9 FROM sla_clock WHERE met IS NOT NULL AND applied_at >= $from) AS kept,
        (SELECT count(c.ticket_id) >= 0.5 * count(*) FROM ticket_h t LEFT JOIN csat c ON c.connection = t.connection AND c.ticket_id = t.id
          WHERE t.first_solved_at >= $from) AS asked,
        (SELECT avg(CAST(reopens > 0 AS INTEGER)) <= 0.05 FROM ticket_h WHERE first_solved_at >= $from) AS firm,
        (SELECT median(full_resolution_calendar_s) <= 172800 FROM ticket_h WHERE first_solved_at >= $from) AS short`,
      { from: horizon },
    ),
  );
  return Object.values(rows[0] ?? {}).filter((passed) => passed === true).length;
}
