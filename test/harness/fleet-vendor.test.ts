import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zendesk } from '../../connectors/zendesk/index.ts';
import type { PlumblineError } from '../../src/errors/index.ts';
import type { Connector } from '../../src/kit/connector.ts';
import { createHttpClient } from '../../src/kit/http-client.ts';
import { type SyncResult, syncConnection } from '../../src/pipeline/sync.ts';
import { openMemoryStore } from '../../src/store/duckdb/open.ts';
import type { Store } from '../../src/store/ports.ts';
import { type FleetVendor, startFleetVendor } from './fleet-vendor.ts';

const TICKETS = 1_200;
const GROWTH = 30;

describe('a fleet of simulated desks', () => {
  let vendor: FleetVendor;
  const stores: Store[] = [];
  beforeAll(async () => {
    const desk = { tickets: TICKETS, growth: GROWTH, steps: 3 };
    vendor = await startFleetVendor([desk, desk, desk]);
  });
  afterAll(async () => {
    await vendor.close();
    for (const store of stores) await store.close();
  });

  const open = async (): Promise<Store> => {
    const store = await openMemoryStore();
    stores.push(store);
    return store;
  };
  /** The real connector, over HTTP. */
  const sync = async (desk: number, store: Store): Promise<SyncResult> => {
    const connector = zendesk as unknown as Connector<unknown>;
    const settings = connector.settings.parse({ url: vendor.urls[desk], user: vendor.user });
    const http = createHttpClient({
      ...connector.account(settings, 'token'),
      clock: { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
      random: () => 0,
      allowPrivate: true,
      timeouts: { waitMs: 500 },
    });
    const context = { settings, http, signal: new AbortController().signal, pseudonymise: (_: string, v: string) => v };
    try {
      return await syncConnection('desk', connector, context, {
        telemetry: store.telemetry,
        batchRows: 20_000,
        progress: () => undefined,
      });
    } finally {
      http.close();
    }
  };

  it('gives each desk an address of its own', () => {
    expect(new Set(vendor.urls.map((url) => new URL(url).host)).size).toBe(3);
  });

  it('is read whole, and brings what is new with each step of time', async () => {
    const store = await open();
    expect((await sync(0, store)).error).toBeNull();
    const first = await store.telemetry.rows('desk');
    expect(first.get('ticket')).toBe(TICKETS);
    vendor.advance(0);
    expect((await sync(0, store)).error).toBeNull();
    const second = await store.telemetry.rows('desk');
    expect(second.get('ticket')).toBe(TICKETS + GROWTH);
    expect(second.get('event')).toBeGreaterThan(first.get('event') ?? 0);
  });

  it('gives the same rows with pages of changing size', async () => {
    const [plain, changing] = [await open(), await open()];
    await sync(1, plain);
    vendor.setFault(1, 'pages');
    expect((await sync(1, changing)).error).toBeNull();
    vendor.setFault(1, 'none');
    expect(await changing.telemetry.digest()).toBe(await plain.telemetry.digest());
    expect((await plain.telemetry.rows('desk')).get('ticket')).toBe(TICKETS);
  });

  it.each([
    ['rate', 'RATE_LIMITED', '429'],
    ['html', 'NOT_A_HELPDESK', '200'],
  ] as const)('fails as %s', async (fault, code, status) => {
    vendor.setFault(2, fault, 60);
    const error = await sync(2, await open()).then(
      (result) => result.error,
      (thrown: PlumblineError) => thrown,
    );
    vendor.setFault(2, 'none');
    expect(error?.code).toBe(code);
    expect(vendor.requests(2)[status]).toBeGreaterThan(0);
  });
});
