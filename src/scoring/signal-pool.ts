import type { Finding } from '../domain/finding.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { PlumblineError } from '../errors/index.ts';

/** Signals by id and by former ids; an id goes before a former one. */
export function indexSignals(signals: Iterable<SignalDefinition>): ReadonlyMap<string, SignalDefinition> {
  const list = [...signals];
  const former = list.flatMap((signal) => signal.aliases.map((alias) => [alias, signal] as const));
  return new Map([...former, ...list.map((signal) => [signal.id, signal] as const)]);
}

/** Findings by signal. Errors: BUG when a signal reported twice. */
export function indexFindings(findings: Iterable<Finding>): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    if (found.has(finding.signal))
      throw new PlumblineError(
        'BUG',
        `Signal ${finding.signal} reported twice; it would count double.`,
        'Report this with the command you ran; no verdict is published.',
      );
    found.set(finding.signal, finding);
  }
  return found;
}
