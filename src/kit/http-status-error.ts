import type { ErrorCode } from '../errors/codes.ts';
import { type ErrorDetails, PlumblineError } from '../errors/plumbline-error.ts';
import type { ReplyMeaning } from './account.ts';

/** Why the vendor refuses, where a connector can read it from the reply. */
type RefusalReason = Extract<ReplyMeaning, 'plan' | 'permission' | 'absent'>;

/** A reply with an error status that the connector may interpret, e.g. 404 = "this ticket was deleted". */
export class HttpStatusError extends PlumblineError {
  readonly status: number;
  /** The vendor's own error code when it is a plain identifier, e.g. `RecordNotFound`; free text is dropped, it may quote content. */
  readonly vendorCode: string | null;
  /** Null = only the status says it. */
  readonly meaning: RefusalReason | null;

  constructor(
    code: ErrorCode,
    status: number,
    vendorCode: string | null,
    path: string,
    remedy: string,
    {
      meaning = null,
      says = `${path} answered ${status}${vendorCode === null ? '' : ` (${vendorCode})`}.`,
      ...details
    }: ErrorDetails & { readonly meaning?: RefusalReason | null; readonly says?: string } = {},
  ) {
    super(code, says, remedy, { where: path, ...details });
    this.name = 'HttpStatusError';
    this.status = status;
    this.vendorCode = vendorCode;
    this.meaning = meaning;
  }
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_.-]{0,47}$/;

/** Finds an identifier-like error code in an error body; null when there is none. Never returns prose. */
export function readVendorCode(body: unknown): string | null {
  if (typeof body === 'string') return IDENTIFIER.test(body) ? body : null;
  if (Array.isArray(body)) return readVendorCode(body[0]);
  if (typeof body !== 'object' || body === null) return null;
  const record = body as Record<string, unknown>;
  for (const key of ['code', 'errorCode', 'error', 'errors', 'title', 'type']) {
    const found = key in record ? readVendorCode(record[key]) : null;
    if (found !== null) return found;
  }
  return null;
}

/**
 * The helpdesk refuses this call with one of `statuses`, or with a reply that the connector reads as a refusal, as an answer about the thing asked for. Never for 401 (the credentials are dead, which
 * says nothing about a permission) and never for a refusal that is a limit of the vendor (a 403 that means 429).
 */
export function isRefusal(error: unknown, statuses: readonly number[]): error is HttpStatusError {
  return (
    error instanceof HttpStatusError &&
    error.kind !== 'rate_limited' &&
    error.status !== 401 &&
    (error.meaning !== null || statuses.includes(error.status))
  );
}
