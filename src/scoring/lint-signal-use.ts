import type { FedBy } from '../domain/fed-by.ts';
import { unknownName } from '../domain/model-problem.ts';
import type { SignalDefinition } from '../domain/signal.ts';

const LINES = { q2: 'partial', q3: 'full' } as const;
const WORDS = { q2: '"partly"', q3: '"fully"' } as const;

/** Why a signal cannot answer a yes/no question at this gate; null when it can. */
export function faultOfUse(use: FedBy, known: ReadonlyMap<string, SignalDefinition>): string | null {
  const signal = known.get(use.id);
  if (signal === undefined) return unknownName('signal', use.id, known.keys());
  if (signal.diagnostic) return `${use.id} is a diagnostic; diagnostics are never scored`;
  if (signal.lines[LINES[use.gate]] === null)
    return `${use.id} has no line for ${WORDS[use.gate]}, so it gives no ${use.gate}; ask for ${use.gate === 'q3' ? 'q2' : 'q3'}`;
  return null;
}
