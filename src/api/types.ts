import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Invitation } from '../domain/invitation.ts';
import type { AccessToken, Role } from '../domain/operations.ts';
import type { ApiDeps } from './deps.ts';
import type { ProcessMetrics } from './process-metrics.ts';
import type { Signed } from './session/recognise.ts';

/**
 * Who may call a route. `workspace` = the token must open the workspace of the path; `own` = the handler shows what the token opens;
 * `fleet` = only a token for all workspaces. `respondent` = only the session of an invitation. `page` = files of the page, which hold nothing of any workspace.
 */
export type Access =
  | { readonly kind: 'open'; readonly probe: boolean }
  | { readonly kind: 'page' }
  | { readonly kind: 'respondent' }
  | { readonly kind: 'token'; readonly role: Role; readonly scope: 'workspace' | 'own' | 'fleet' };

/** What a write leaves in the audit log beside the route's own action; handlers fill it in. */
interface AuditNote {
  workspace?: string;
  subject?: string;
  detail?: Record<string, string | number | boolean | null>;
}

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
  readonly audit: string | null;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Name of the action in the audit log; every route that is not a GET has one. */
    audit?: string;
    /** Takes bytes, not JSON. */
    bytes?: boolean;
    /** Takes a secret that somebody might guess at: asked for seldom, by address. */
    guesses?: boolean;
  }
  interface FastifyRequest {
    caller: AccessToken | null;
    /** The session of the page, where the caller is known by its cookie. */
    signed: Signed | null;
    /** The invitation that the session of the page answers; then there is no caller. */
    respondent: Invitation | null;
    auditNote: AuditNote | null;
    problemCode: string | null;
  }
  interface FastifyInstance {
    /** Every route, from the framework's own list. */
    readonly routeEntries: readonly RouteEntry[];
    /** Aborts when the app begins to close, so that open streams end. */
    readonly closing: AbortSignal;
    /** Figures of this process. */
    readonly processMetrics: ProcessMetrics;
  }
}

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export type RegisterRoutes = (app: Api, deps: ApiDeps) => void;

/** Access of a route under a workspace. */
export function inWorkspace(role: Role): Access {
  return { kind: 'token', role, scope: 'workspace' };
}

export function ownOnly(role: Role): Access {
  return { kind: 'token', role, scope: 'own' };
}

export function fleetOnly(role: Role): Access {
  return { kind: 'token', role, scope: 'fleet' };
}

/** Aborts when the caller hangs up before the reply is out, or when the app closes. */
export function endOf(reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, closing]);
}
