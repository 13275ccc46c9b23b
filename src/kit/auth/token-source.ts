/** What a token source may do; given by the HTTP client, so that addresses, time-outs and sizes are guarded as for any other request. */
export interface TokenAsk {
  /**
   * Posts a form to the vendor's token address and gives the JSON of the reply. Errors: PERMISSION_DENIED when the vendor refuses (400, 401,
   * 403), VENDOR_UNREACHABLE, VENDOR_BROKEN, BAD_URL.
   */
  post(url: URL, form: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<unknown>;
  /** Keeps the secret of the connection in its new form, sealed; the old one no longer works. */
  keepSecret(secret: string): Promise<void>;
  readonly now: Date;
}

/** A token that is good for a while. */
export interface Token {
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the vendor does not say. */
  readonly expiresAt: Date | null;
  /** Address of the account, where only the token reply tells it. */
  readonly baseUrl?: URL;
}

/** Gets tokens. Called before the first request, before a token expires, and once when a token is refused. */
export interface TokenSource {
  fetch(ask: TokenAsk): Promise<Token>;
}
