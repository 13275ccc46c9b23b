import type { FedBy } from '../domain/fed-by.ts';
import type { Finding } from '../domain/finding.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { PlumblineError } from '../errors/index.ts';
import { ageInDays, decayAt } from './decay.ts';
import { indexFindings, indexSignals } from './signal-pool.ts';

/** What records say to a yes/no question: P(yes), and how much of the question they settle (0..1); or why they say nothing. */
export type RecordsSay = { readonly yes: number; readonly weight: number } | { readonly silent: string };

export interface SignalPool {
  readonly signals: ReadonlyMap<string, SignalDefinition>;
  readonly findings: ReadonlyMap<string, Finding>;
}

const REPORT_IT = 'Report this with the command you ran; no verdict is published.';

/** Signals by id and former ids, findings by signal. BUG when a signal reported twice. */
export function poolOf(signals: Iterable<SignalDefinition>, findings: Iterable<Finding>): SignalPool {
  return { signals: indexSignals(signals), findings: indexFindings(findings) };
}

/**
 * The word of a signal on a yes/no question at `asOf`: P(yes) is its probability of passing the line, its weight what age has left of it.
 * A one-sided signal settles the question only as far as it finds the practice: not finding it weighs nothing.
 * Errors: BUG for a signal that did not report, a measured finding without a probability, or a window that ends after asOf.
 */
export function askSignal(
  fed: FedBy,
  pool: SignalPool,
  halfLifeDays: { readonly config: number; readonly behaviour: number },
  asOf: Date,
): RecordsSay {
  const definition = pool.signals.get(fed.id);
  const finding = definition === undefined ? undefined : pool.findings.get(definition.id);
  if (definition === undefined || finding === undefined)
    throw new PlumblineError(
      'BUG',
      `Signal ${fed.id} ${definition === undefined ? 'has no definition' : 'did not report'}.`,
      REPORT_IT,
    );
  if (finding.status !== 'measured')
    return { silent: finding.reason === null ? finding.status : `${finding.status}: ${finding.reason}` };
  const q = finding.pass?.[fed.gate] ?? null;
  if (q === null) throw new PlumblineError('BUG', `Signal ${fed.id} is measured but gives no ${fed.gate}.`, REPORT_IT);
  const age = ageInDays(asOf, new Date(finding.window.to), `The window of ${fed.id}`);
  const fresh = decayAt(age, halfLifeDays[definition.kind]);
  if (!definition.one_sided) return { yes: q, weight: fresh };
  return q === 0 ? { silent: 'not found, which says nothing: it may live elsewhere' } : { yes: 1, weight: fresh * q };
}
