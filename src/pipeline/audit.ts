import type { AuditEntry } from '../domain/operations.ts';
import { PlumblineError, showHidden } from '../errors/index.ts';
import type { Operations } from '../store/operations-port.ts';

export interface AuditDeps {
  readonly operations: Pick<Operations, 'addAudit'>;
  readonly now: () => Date;
  readonly randomId: () => string;
}

type AuditedAct = Pick<AuditEntry, 'actor' | 'action' | 'workspace' | 'subject' | 'detail'>;

/** Longest text of an entry: what was refused is written down too, and may be anything that a caller typed. */
const LONGEST = 500;

function kept(text: string): string {
  const shown = showHidden(text.slice(0, LONGEST));
  return text.length <= LONGEST ? shown : `${shown}…`;
}

/** Writes down one write by somebody. `detail` never holds a secret, a ticket's text or a person's name. */
export async function recordAudit(act: AuditedAct, outcome: AuditEntry['outcome'], deps: AuditDeps): Promise<void> {
  const detail = Object.fromEntries(
    Object.entries(act.detail).map(([key, value]) => [key, typeof value === 'string' ? kept(value) : value]),
  );
  const subject = act.subject === null ? null : kept(act.subject);
  await deps.operations.addAudit({ ...act, subject, detail, id: deps.randomId(), at: deps.now(), outcome });
}

/** What an error means for the log: a refusal is the caller's to mend, a failure is not. */
function outcomeOf(error: unknown): 'refused' | 'failed' {
  return error instanceof PlumblineError && (error.kind === 'config' || error.kind === 'permission')
    ? 'refused'
    : 'failed';
}

/** Does a write and writes down how it ended; the error of the write is passed on. */
export async function audited<T>(act: AuditedAct, deps: AuditDeps, write: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await write();
  } catch (error) {
    const code = error instanceof PlumblineError ? error.code : 'BUG';
    await recordAudit({ ...act, detail: { ...act.detail, code } }, outcomeOf(error), deps);
    throw error;
  }
  await recordAudit(act, 'done', deps);
  return result;
}
