import type { NotUnderstood } from '../../domain/meaning.ts';
import type { Observability } from '../../domain/observability.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { PlumblineError } from '../../errors/index.ts';
import { type ConnectionCheck, checkConnection, findFormerAgents } from '../../pipeline/connect.ts';
import { endOfData } from '../../pipeline/end-of-data.ts';
import { findHiddenEvidence, type HiddenEvidence } from '../../pipeline/hidden-evidence.ts';
import { findImportedDays } from '../../pipeline/imported-days.ts';
import { joinSources } from '../../pipeline/join-sources.ts';
import { recogniseDesk } from '../../pipeline/recognise.ts';
import { reconcile } from '../../pipeline/reconcile.ts';
import { renderCheck } from '../../report/terminal/check.ts';
import { type FormerAgentsView, renderFormerAgents } from '../../report/terminal/former-agents.ts';
import { renderHidden, renderStreams } from '../../report/terminal/hidden.ts';
import { renderUnread } from '../../report/terminal/recognition.ts';
import { renderReconciliation } from '../../report/terminal/reconciliation.ts';
import { tellBeside } from '../../report/view/beside-desks.ts';
import { sayImported, sayLeftOut } from '../../report/view/left-out.ts';
import type { ConnectionRow, Store } from '../../store/ports.ts';
import type { App, QueueCheck } from '../app.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';
import { unknownConnection } from './connect.ts';

interface Failure {
  readonly connection: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export const registerDoctor: RegisterCommand = (program, run) => {
  program
    .command('doctor [connection]')
    .description('permissions, plan limits, clock, store and queue: what is missing and which statements it hides')
    .action(
      run(async ({ app, io, flags }, name: string | undefined) => {
        const store = await app.store();
        const chosen = await chooseConnections(store, name);
        const visit = await visitVendors(app, store, chosen);
        const queue = await queueOf(app);
        const { model } = await app.model();
        const seen = await store.telemetry.observability();
        const { worst: refused, ...visited } = visit;
        const { observed, ...stored } = await lookAtStore(app, store, chosen, seen, name, model);
        const findings = { ...visited, ...stored };
        const { imported, leftOut } = await leftOutOf(app, store, model, seen);
        const places = {
          data_dir: app.dataDir,
          store: storeOf(app),
          config: app.config.file,
          workspace: app.config.workspace,
        };
        if (flags.json) {
          const told = { ...findings, observability: observed };
          printJson(io, { ...places, queue: queueJson(queue), ...told, left_out: leftOut, imported });
        } else {
          const warnings = leftOut.map((line) => `${io.style.warn('!')} ${line}`);
          printText(io, [renderDoctor(findings, model, places, io.style, queue), ...warnings].join('\n\n'));
        }
        const worst = refused ?? (queue instanceof PlumblineError ? queue : null);
        if (worst !== null) throw worst;
      }),
    );
};

/** The named connection, or all. Errors: UNKNOWN_NAME. */
async function chooseConnections(store: Store, name: string | undefined): Promise<readonly ConnectionRow[]> {
  const all = await store.ledger.connections();
  if (name === undefined) return all;
  const chosen = all.filter((row) => row.name === name);
  if (chosen.length > 0) return chosen;
  throw unknownConnection(
    name,
    all.map((row) => row.name),
  );
}

/** What vendors say now. One that cannot be asked is a failure beside the others; `worst` is the first of them. */
interface Visit {
  readonly checks: readonly ConnectionCheck[];
  readonly former_agents: readonly FormerAgentsView[];
  readonly failures: readonly Failure[];
  readonly worst: PlumblineError | null;
}

async function visitVendors(app: App, store: Store, chosen: readonly ConnectionRow[]): Promise<Visit> {
  const checks: ConnectionCheck[] = [];
  const former: FormerAgentsView[] = [];
  const failures: Failure[] = [];
  let worst: PlumblineError | null = null;
  for (const row of chosen.filter((one) => one.vendor !== 'file' && one.status === 'connected')) {
    try {
      const open = await app.open(row, app.signal);
      try {
        const agents = await findFormerAgents(open, store.telemetry);
        former.push({ connection: row.name, agents });
        checks.push(await checkConnection(open, app.clock.now()));
      } finally {
        open.close();
      }
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
      worst ??= error;
      failures.push({ connection: row.name, code: error.code, message: error.message, remedy: error.remedy });
    }
  }
  return { checks, former_agents: former, failures, worst };
}

/** What is stored of the chosen connections, and what stays dark with it. `observed` holds also what a vendor shows and nobody read. */
async function lookAtStore(
  app: App,
  store: Store,
  chosen: readonly ConnectionRow[],
  seen: readonly Observability[],
  name: string | undefined,
  model: StagedModel,
) {
  const isChosen = ({ connection }: { readonly connection: string }): boolean =>
    name === undefined || connection === name;
  const observability = seen.filter(isChosen);
  const observed = (await store.telemetry.observed()).filter(isChosen);
  const { signals } = await app.rules();
  // What stands beside the desks is not asked for what a desk shows.
  const hasDesk = chosen.length === 0 || chosen.some(({ role }) => role === 'desk');
  const recognised = await recogniseDesk(store.telemetry, { asOf: null, signals });
  return {
    observability,
    observed,
    beside: await besideOf(store, chosen, observed, app.clock.now()),
    hidden: hasDesk ? findHiddenEvidence(observability, signals, model) : null,
    agreement: endOfData(observability) === null ? null : await reconcile(store.telemetry, name ?? null),
    unread: (recognised?.unread ?? []).filter(isChosen),
  };
}

/** One line on each source beside the desks. */
async function besideOf(
  store: Store,
  chosen: readonly ConnectionRow[],
  observed: readonly Observability[],
  now: Date,
): Promise<string[]> {
  const sources = chosen.filter(({ role }) => role !== 'desk');
  const joined = sources.length === 0 ? [] : await joinSources(store, now);
  return sources.map((row) => tellBeside(row, observed, joined));
}

/** What signals pass over: by the last snapshot, and the days that look like an import. */
async function leftOutOf(app: App, store: Store, model: StagedModel, seen: readonly Observability[]) {
  // Before the first sync there is nothing to look through.
  const imported = endOfData(seen) === null ? [] : await findImportedDays(store.telemetry, app.clock.now());
  const last = await store.ledger.latestSnapshot(model.id, app.clock.now());
  const leftOut = [sayLeftOut(last?.findings ?? []), sayImported(imported)].filter((line) => line !== null);
  return { imported, leftOut };
}

/** Where the data are, without user and password. */
function storeOf({ config, dataDir }: App): string {
  const { databaseUrl } = config.backends;
  if (databaseUrl === null) return dataDir;
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL at ${host}${pathname}`;
}

/** A queue that does not answer is a finding like the others, so that the rest is still told. */
async function queueOf(app: App): Promise<QueueCheck | PlumblineError> {
  try {
    return await app.checkQueue();
  } catch (error) {
    if (error instanceof PlumblineError) return error;
    throw error;
  }
}

function queueJson(queue: QueueCheck | PlumblineError): object {
  return queue instanceof PlumblineError
    ? { code: queue.code, message: queue.message, remedy: queue.remedy }
    : { ...queue };
}

const CARRIERS = { 'in-process': 'in this process', redis: 'on Redis', postgres: 'on PostgreSQL' } as const;

function renderQueue(queue: QueueCheck | PlumblineError, style: Parameters<typeof renderCheck>[1]): string {
  if (queue instanceof PlumblineError) return `${style.bad('✗')} ${queue.message}\n  → ${queue.remedy}`;
  const version = queue.version === null ? '' : ` ${queue.version}`;
  const lines = [`${style.good('✓')} Jobs are carried ${CARRIERS[queue.carrier]}${version}`];
  for (const { message, remedy } of queue.warnings) lines.push(`  ! ${message}\n  → ${remedy}`);
  return lines.join('\n');
}

interface Findings {
  readonly checks: readonly ConnectionCheck[];
  readonly failures: readonly Failure[];
  readonly observability: readonly Observability[];
  /** What each source beside the desks is good for, one line each. */
  readonly beside: readonly string[];
  /** What stays dark; null where only sources beside the desks were asked for. */
  readonly hidden: HiddenEvidence | null;
  readonly former_agents: readonly FormerAgentsView[];
  readonly agreement: Reconciliation | null;
  readonly unread: readonly NotUnderstood[];
}

function renderDoctor(
  { checks, failures, observability, beside, hidden, former_agents, agreement, unread }: Findings,
  model: StagedModel,
  places: { readonly store: string; readonly config: string | null; readonly workspace: string },
  style: Parameters<typeof renderCheck>[1],
  queue: QueueCheck | PlumblineError,
): string {
  const parts = [
    `${style.good('✓')} Store opens: ${places.store}, workspace ${places.workspace}, configuration ${places.config ?? 'defaults'}`,
    renderQueue(queue, style),
  ];
  for (const check of checks) parts.push(renderCheck(check, style));
  for (const failure of failures)
    parts.push(`${style.bad('✗')} ${style.bold(failure.connection)} ${failure.message}\n  → ${failure.remedy}`);
  for (const line of beside) parts.push(`${style.good('✓')} ${line}`);
  if (observability.length === 0 && beside.length === 0)
    parts.push('Nothing was read yet. Next: plumbline connect, then plumbline sync; or plumbline import.');
  else if (observability.length > 0) parts.push(renderStreams(observability, style));
  for (const view of former_agents) parts.push(renderFormerAgents(view, style));
  if (agreement !== null && agreement.figures.length > 0) parts.push(renderReconciliation(agreement, style));
  if (observability.length > 0 && hidden !== null) parts.push(renderHidden(hidden, model, style));
  if (observability.length > 0) parts.push(renderUnread(unread, style));
  return parts.filter((part) => part !== '').join('\n\n');
}
