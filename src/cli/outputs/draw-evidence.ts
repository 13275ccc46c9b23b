import type { CriterionExplanation, SignalExplanation } from '../../domain/explanation.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { explain } from '../../pipeline/explain.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { ownFindings } from '../../report/view/own-findings.ts';
import { type SignalView, signalView } from '../../report/view/signal.ts';
import { type StatementView, statementView } from '../../report/view/statement.ts';
import type { Store } from '../../store/ports.ts';

/** Every statement of a snapshot with its ledger, in the order of the model; one that the snapshot did not judge is left out. */
export async function drawStatements(
  store: Store,
  reading: StagedReading,
  context: ReportContext,
): Promise<readonly StatementView[]> {
  const { model, signals, ticketUrl } = context;
  const deps = { store, snapshot: reading, model, signals: [...signals.values()], ticketUrl };
  const judged = new Set(reading.criteria.map(({ id }) => id));
  const observability = await store.telemetry.observability();
  const views: StatementView[] = [];
  for (const { id } of model.criteria) {
    if (!judged.has(id)) continue;
    const told = (await explain(id, deps)) as CriterionExplanation;
    views.push(statementView(told, reading, observability, context));
  }
  return views;
}

/** Order of the catalogue: by letter, then by number, so that N2 stands before N19. */
function inCatalogue(a: string, b: string): number {
  const [letter, number] = [(id: string) => id.replace(/\d.*$/, ''), (id: string) => Number(/\d+/.exec(id)?.[0] ?? 0)];
  return letter(a) === letter(b) ? number(a) - number(b) : letter(a) < letter(b) ? -1 : 1;
}

/** Every signal that the model asks for, in the order of the catalogue; one whose rule is not there any more is left out. No course. */
export async function drawSignals(
  store: Store,
  reading: StagedReading,
  context: ReportContext,
): Promise<readonly SignalView[]> {
  const { model, signals, ticketUrl } = context;
  const deps = { store, snapshot: reading, model, signals: [...signals.values()], ticketUrl };
  const views: SignalView[] = [];
  for (const { signal } of ownFindings(reading.findings, model, signals)) {
    if (!signals.has(signal)) continue;
    const told = (await explain(signal, deps)) as SignalExplanation;
    views.push(signalView(told, [], context));
  }
  return views.sort((a, b) => inCatalogue(a.signal.short, b.signal.short));
}
