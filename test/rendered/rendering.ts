import type { Connector } from '../../src/kit/connector.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import type { Life } from './life.ts';

/** One life as the replies of one vendor. */
export interface Rendering {
  // biome-ignore lint/suspicious/noExplicitAny: settings of every vendor are its own
  readonly connector: Connector<any>;
  readonly settings: unknown;
  readonly secret: string;
  readonly routes: (life: Life) => readonly FakeRoute[];
}

/** Instant as most vendors write it. */
export const iso = (at: number): string => new Date(at * 1000).toISOString().replace('.000Z', 'Z');
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** An id as a number of JSON, digit by digit. */
export const number = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : `@big:${id}`);
export const numberOrNull = (id: string | null): number | string | null => (id === null ? null : number(id));
