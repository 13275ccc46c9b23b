import { createHash } from 'node:crypto';
import type { NewRun, RunKind, RunParams } from '../domain/operations.ts';

export interface RunRequest {
  readonly workspace: string;
  readonly kind: RunKind;
  readonly params: RunParams;
  /** Instant that the run means; null = now. */
  readonly slot: Date | null;
  /** `token:<id>` or `cli`. */
  readonly requestedBy: string;
  /**
   * Makes asking twice asking once: requests with the same key (of the caller's choice) and content are one run. Null = the instant of
   * asking is part of what was asked.
   */
  readonly key: string | null;
}

/** What was asked for, without what came to the parameters later and was not said: an upgrade makes no other run of the same request. */
function contentOf({ models, ...rest }: RunParams): Partial<RunParams> {
  const { model, ...others } = rest;
  return models === null ? rest : { model, models, ...others };
}

/** The run that a request by hand means, due at once. Its id has no colon, which a queue would not take. */
export function requestedRun(request: RunRequest, now: Date): NewRun {
  const { workspace, kind, params, requestedBy } = request;
  const asked = [
    workspace,
    kind,
    contentOf(params),
    request.slot?.toISOString() ?? null,
    request.key ?? now.toISOString(),
  ];
  return {
    id: `hand-${createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32)}`,
    workspace,
    kind,
    schedule: null,
    slot: request.slot ?? now,
    due_at: now,
    params,
    requested_by: requestedBy,
    created_at: now,
  };
}
