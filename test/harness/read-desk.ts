import type { ConnectorCase, FakeRoute } from '../conformance/connector.ts';
import { type Fault, runVendor } from '../conformance/vendor-run.ts';
import { memoryTelemetry } from './memory-telemetry.ts';

export type DeskRows = Record<string, Record<string, Record<string, unknown>>>;

export interface DeskChanges {
  /** Absent = those of the case. */
  readonly routes?: readonly FakeRoute[];
  /** Names of routes that the fake does not have. */
  readonly without?: readonly string[];
  readonly fault?: Fault;
}

/** One sync of a case into a memory: the rows by table and id, what was set aside, the observability of each stream, and what went wrong. */
export async function readDesk<S>(spec: ConnectorCase<S>, { routes, without = [], fault }: DeskChanges = {}) {
  const store = memoryTelemetry();
  const left = (routes ?? spec.routes()).filter((route) => !without.includes(route.name));
  const run = await runVendor(spec, { store, routes: left, ...(fault === undefined ? {} : { fault }) });
  const observed = await store.telemetry.observability();
  return {
    ...run,
    rows: store.all() as DeskRows,
    aside: store.aside(),
    shows: (stream: string) => observed.find((one) => one.stream === stream),
  };
}
