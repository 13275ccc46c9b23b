import { collectDefaultMetrics, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';

/** Seconds; replies of the journal take milliseconds, those that ask a helpdesk some seconds. */
const BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures of this very process, beside those of the fleet. */
export interface ProcessMetrics {
  readonly registry: Registry<OpenMetricsContentType>;
  /** One reply: `route` is the pattern, never the path, so that no name is a label. */
  observe(reply: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly ms: number;
  }): void;
}

/**
 * Opens the figures of a process: build, HTTP latency and, with `collect`, those of Node itself, of which there should be one in a process: they
 * listen to the garbage collector and the event loop.
 */
export function openProcessMetrics({
  version,
  collect,
}: {
  readonly version: string;
  readonly collect: boolean;
}): ProcessMetrics {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const registers = [registry];
  if (collect) collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'plumbline_build_info',
    help: 'Version of Plumbline and of Node; always 1.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.version }, 1);
  const latency = new Histogram({
    name: 'plumbline_http_request_duration_seconds',
    help: 'Time from a request to the end of its reply, by route and class of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BOUNDS_S,
    registers,
  });
  return {
    registry,
    observe: ({ method, route, status, ms }) =>
      latency.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000),
  };
}
