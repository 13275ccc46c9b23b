/** Which requests a fault hits: all, each n-th, or those whose path begins with one of the given. */
export type FaultTarget = boolean | number | readonly string[];

/** Ways in which a helpdesk misbehaves, for tests. Absent = it behaves. */
export interface Faults {
  /** Each n-th request is answered 429. */
  readonly rate429Every?: number;
  /** `Retry-After` of those, as sent: seconds or an HTTP date. Default `1`. */
  readonly retryAfter?: string;
  /** Each n-th request is answered 500. */
  readonly status500Every?: number;
  /** Never answered. */
  readonly hang?: FaultTarget;
  /** 200 with a marketing page. */
  readonly html200?: FaultTarget;
  /** The connection breaks off in the middle of the body. */
  readonly truncated?: FaultTarget;
  /** The server uses page sizes of its own, a different one each time. */
  readonly pageSizeChange?: boolean;
  /** Paths answered 403, by prefix after `/api/v2`. */
  readonly forbidden?: readonly string[];
  /** Paths answered 404, by prefix after `/api/v2`. */
  readonly missing?: readonly string[];
  /** Cursor exports give the same cursor again and never end. */
  readonly repeatCursor?: boolean;
  /** One row of each page is not what it should be. */
  readonly oddRow?: boolean;
  /** Links to the next page point to another origin. */
  readonly foreignNext?: string;
}

export type FaultKind = 'none' | 'rate' | 'server' | 'hang' | 'html' | 'truncate' | 'forbidden' | 'missing';

/** What goes wrong with request number `count` (from 1) to `path` (after `/api/v2`). */
export function chooseFault(faults: Faults, count: number, path: string): FaultKind {
  if (faults.rate429Every !== undefined && count % faults.rate429Every === 0) return 'rate';
  if (faults.status500Every !== undefined && count % faults.status500Every === 0) return 'server';
  if (isHit(faults.hang, count, path)) return 'hang';
  if (isHit(faults.html200, count, path)) return 'html';
  if (isHit(faults.truncated, count, path)) return 'truncate';
  if (isHit(faults.forbidden, count, path)) return 'forbidden';
  if (isHit(faults.missing, count, path)) return 'missing';
  return 'none';
}

function isHit(target: FaultTarget | undefined, count: number, path: string): boolean {
  if (target === undefined || typeof target === 'boolean') return target === true;
  if (typeof target === 'number') return count % target === 0;
  return target.some((prefix) => path.startsWith(prefix));
}

/** Changes a good reply into one of a server that follows no rule about pages. */
export function bendBody(faults: Faults, body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const bent: Record<string, unknown> = { ...body };
  if (faults.repeatCursor === true && 'after_cursor' in bent) {
    bent.after_cursor = Buffer.from('1.0||1').toString('base64');
    bent.end_of_stream = false;
  }
  if (faults.oddRow === true)
    for (const [key, value] of Object.entries(bent))
      if (Array.isArray(value) && value.length > 0)
        bent[key] = [{ id: 'odd', created_at: 'yesterday' }, ...value.slice(1)];
  if (faults.foreignNext !== undefined) {
    if (typeof bent.next_page === 'string') bent.next_page = moveOrigin(bent.next_page, faults.foreignNext);
    if (typeof bent.after_url === 'string') bent.after_url = moveOrigin(bent.after_url, faults.foreignNext);
    const { links } = bent;
    if (typeof links === 'object' && links !== null && 'next' in links && typeof links.next === 'string')
      bent.links = { ...links, next: moveOrigin(links.next, faults.foreignNext) };
  }
  return bent;
}

function moveOrigin(link: string, origin: string): string {
  const url = new URL(link);
  return `${origin}${url.pathname}${url.search}`;
}
