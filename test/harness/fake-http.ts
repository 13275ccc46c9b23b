import type { HttpClient } from '../../src/kit/http.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('no request expected'));

/** A client that nobody may ask; `own` replaces what a test does ask. */
export function silentHttp(own: Partial<HttpClient> = {}): HttpClient {
  return { origin: 'https://desk.example', getJson: refuse, getText: refuse, ...own };
}
