import type { FastifyRequest } from 'fastify';
import { recordAudit } from '../pipeline/audit.ts';
import type { ApiDeps } from './deps.ts';
import type { Api } from './types.ts';

/** Who asks, as logs name it: never a name. Null = nobody who is known. */
export function actorOf({ caller, respondent }: Pick<FastifyRequest, 'caller' | 'respondent'>): string | null {
  if (caller !== null) return `token:${caller.id}`;
  return respondent === null ? null : `invitation:${respondent.id}`;
}

/**
 * Every write by a known caller leaves an entry before its reply goes out. Requests without a known token are in the access log only:
 * nobody did them, and they must not be able to fill the audit log. An entry that cannot be kept goes to the log at error level.
 */
export function auditWrites(app: Api, deps: ApiDeps): void {
  app.decorateRequest('auditNote', null);
  app.decorateRequest('problemCode', null);
  app.addHook('onSend', async (request, reply, payload) => {
    const action = request.routeOptions.config?.audit;
    const { respondent } = request;
    const actor = actorOf(request);
    if (action === undefined || actor === null || reply.statusCode === 429) return payload;
    const params = request.params as Readonly<Record<string, string | undefined>>;
    const note = request.auditNote;
    const status = reply.statusCode;
    const act = {
      actor,
      action,
      workspace: note?.workspace ?? params.workspace ?? respondent?.workspace ?? null,
      subject: note?.subject ?? params.name ?? params.id ?? null,
      detail: { status, ...note?.detail, ...(request.problemCode === null ? {} : { code: request.problemCode }) },
    };
    const outcome = status < 400 ? 'done' : status < 500 ? 'refused' : 'failed';
    try {
      await recordAudit(act, outcome, {
        operations: deps.operations,
        now: () => deps.clock.now(),
        randomId: () => Buffer.from(deps.randomBytes(16)).toString('hex'),
      });
    } catch (error) {
      request.log.error({ err: error, audit: { ...act, outcome } }, 'audit entry could not be kept');
    }
    return payload;
  });
}
