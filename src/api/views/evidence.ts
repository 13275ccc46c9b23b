import type { CriterionExplanation, SignalExplanation } from '../../domain/explanation.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { explain } from '../../pipeline/explain.ts';
import { courseOfSignal } from '../../pipeline/read-course.ts';
import { type SignalView, signalView } from '../../report/view/signal.ts';
import { type StatementView, statementView } from '../../report/view/statement.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { type Asked, type Drawn, openDrawn } from './sources.ts';

/** Snapshots that the course of a signal reaches back over. */
const COURSE = 24;

function unknown(what: string, name: string, known: readonly string[]): PlumblineError {
  const guess = nearest(name, known);
  return new PlumblineError(
    'UNKNOWN_NAME',
    `There is no ${what} "${name}".`,
    guess === null ? `Known: ${known.slice(0, 5).join(', ')} ...` : `Did you mean ${guess}?`,
  );
}

async function tell(what: string, drawn: Drawn): Promise<Awaited<ReturnType<typeof explain>>> {
  const { store, reading, context } = drawn;
  const { model, signals, ticketUrl } = context;
  return explain(what, { store, snapshot: reading, model, signals: [...signals.values()], ticketUrl });
}

/** One statement of a snapshot. Errors: UNKNOWN_NAME with the nearest statement, NO_DATA, BAD_SNAPSHOT. */
export async function drawStatement(
  store: Store,
  asked: Asked & { readonly statement: string },
  deps: ApiDeps,
): Promise<StatementView> {
  const drawn = await openDrawn(store, asked, deps);
  const { model } = drawn.context;
  const ids = model.criteria.map(({ id }) => id);
  if (!ids.includes(asked.statement)) throw unknown(`statement of ${model.id}`, asked.statement, ids);
  const told = (await tell(asked.statement, drawn)) as CriterionExplanation;
  return statementView(told, drawn.reading, await store.telemetry.observability(), drawn.context);
}

/** One signal of a snapshot, with its course. Errors: UNKNOWN_NAME with the nearest signal, NO_DATA, BAD_SNAPSHOT. */
export async function drawSignal(
  store: Store,
  asked: Asked & { readonly signal: string },
  deps: ApiDeps,
): Promise<SignalView> {
  const drawn = await openDrawn(store, asked, deps);
  const { context, reading } = drawn;
  const wanted = asked.signal.toLowerCase();
  const found = [...context.signals.values()].find(({ id, aliases }) =>
    [id, id.split('-')[0] ?? id, ...aliases].some((name) => name.toLowerCase() === wanted),
  );
  if (found === undefined) throw unknown('signal', asked.signal, [...context.signals.keys()]);
  const told = (await tell(found.id, drawn)) as SignalExplanation;
  const reach = { most: COURSE, until: new Date(reading.as_of) };
  return signalView(told, await courseOfSignal(store.ledger, context.model.id, found.id, reach), context);
}
