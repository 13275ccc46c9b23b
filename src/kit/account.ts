import type { TokenSource } from './auth/token-source.ts';

/** How requests say who asks. */
export type Auth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  /** A token that has to be fetched, and fetched anew when it expires. */
  | { readonly kind: 'token'; readonly source: TokenSource };

/** So many requests may begin in any span of so many seconds. */
interface RateWindow {
  readonly requests: number;
  readonly seconds: number;
}

export interface OriginLimits {
  /** Requests under way at once to one origin. */
  readonly concurrency: number;
  /** Requests per minute; null = no known limit. Vendor headers override it downwards. */
  readonly perMinute: number | null;
  /** Limits over other spans, all of them kept beside `perMinute`. */
  readonly windows?: readonly RateWindow[];
  /** Names of the vendor's own headers, in lower case, where it does not use the common ones. The limit is read as one per minute. */
  readonly headers?: { readonly limit?: string; readonly remaining?: string; readonly reset?: string };
}

/** A reply as a connector may look at it before the kit acts on it. */
export interface VendorReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  /** The body when it is JSON, else null. Parsed on first use. */
  json(): unknown;
}

/**
 * What a reply means when its status does not say so: `limit` not now, `plan`, `permission` and `absent` a refusal and its reason, `empty`
 * that there is nothing, said without a list or with the status of a refusal, `expired` the credentials are no longer taken, `failed` an error in the dress of a success.
 */
export type ReplyMeaning = 'limit' | 'plan' | 'permission' | 'absent' | 'empty' | 'expired' | 'failed';

/** An address with credentials of its own; those of the account stay away from it. */
interface OwnOrigin {
  readonly url: URL;
  readonly auth: Exclude<Auth, { readonly kind: 'token' }>;
}

/** Everything that is needed to speak with one vendor account. Made from settings and secret; holds no state. */
export interface Account {
  /** Credentials go to this origin and to `origins`, nowhere else. */
  readonly baseUrl: URL;
  /** Further addresses of the same account (a help centre on a host of its own), by a name of ours that requests use. */
  readonly origins?: Readonly<Record<string, URL | OwnOrigin>>;
  readonly auth: Auth;
  /** Fixed headers of every request (version, accept). */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits: OriginLimits;
  /** Null = the status says it. */
  readonly classify?: (reply: VendorReply) => ReplyMeaning | null;
}
