import { type Metric, type OpenMetricsContentType, Registry } from 'prom-client';
import { RUN_STATUSES, type RunStatus, type Tally } from '../domain/operations.ts';
import { SNAPSHOT_DURATION_BOUNDS_S, TALLY_NAMES } from '../domain/tallies.ts';
import type { DeskStatus, QueueCount } from './deps.ts';
import type { ProcessMetrics } from './process-metrics.ts';

/** What a scrape shows. Fleet-wide parts are null for a token that opens some workspaces only. */
export interface FleetFigures {
  readonly now: Date;
  readonly desks: readonly DeskStatus[];
  readonly runs: readonly { readonly workspace: string; readonly status: RunStatus; readonly n: number }[];
  readonly queues: readonly QueueCount[] | null;
  readonly tallies: readonly Tally[] | null;
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Suffix of the family's name, for the parts of a histogram. */
  readonly part?: '_bucket' | '_sum' | '_count';
}

interface Family {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const OPEN_METRICS: OpenMetricsContentType = Registry.OPENMETRICS_CONTENT_TYPE;
/** Bound on the distinct label sets of one counter: what comes above it is left out. */
const MOST_SERIES = 500;

function counted(tallies: readonly Tally[], name: string): Sample[] {
  return tallies
    .filter((tally) => tally.name === name)
    .slice(0, MOST_SERIES)
    .map(({ labels, value }) => ({ labels, value }));
}

/** Every bucket has a sample, also those that nothing was fast enough for: quantiles are worked out between neighbours. */
function durations(tallies: readonly Tally[]): Sample[] {
  const total = (name: string, le?: string): number =>
    tallies.find((tally) => tally.name === name && (le === undefined || tally.labels.le === le))?.value ?? 0;
  const bounds = [...SNAPSHOT_DURATION_BOUNDS_S.map(String), '+Inf'];
  return [
    ...bounds.map((le) => ({
      labels: { le },
      value: total(TALLY_NAMES.snapshotDurationBucket, le),
      part: '_bucket' as const,
    })),
    { labels: {}, value: total(TALLY_NAMES.snapshotDurationCount), part: '_count' },
    { labels: {}, value: total(TALLY_NAMES.snapshotDurationSum), part: '_sum' },
  ];
}

function stageSamples(desks: readonly DeskStatus[], which: 'stage' | 'assured'): Sample[] {
  return desks.flatMap(({ workspace, placements }) =>
    placements.flatMap((placement) => {
      const value = placement[which];
      return value === null ? [] : [{ labels: { workspace, model: placement.model }, value }];
    }),
  );
}

function verdictSamples(desks: readonly DeskStatus[]): Sample[] {
  return desks.flatMap(({ workspace, verdicts }) =>
    verdicts.flatMap(({ model, kind, value }) =>
      value === null ? [] : [{ labels: { workspace, model, kind }, value }],
    ),
  );
}

function lagSamples(desks: readonly DeskStatus[], now: Date): Sample[] {
  return desks.flatMap(({ workspace, connections }) =>
    connections.flatMap(({ connection, until }) =>
      until === null
        ? []
        : [{ labels: { workspace, connection }, value: Math.max(0, (now.getTime() - until.getTime()) / 1000) }],
    ),
  );
}

function runSamples(runs: FleetFigures['runs']): Sample[] {
  return RUN_STATUSES.map((status) => ({
    labels: { status },
    value: runs.filter((run) => run.status === status).reduce((sum, run) => sum + run.n, 0),
  }));
}

function queueFamily(queues: readonly QueueCount[]): Family {
  return {
    name: 'plumbline_queue_jobs',
    type: 'gauge',
    help: 'Jobs by queue, lane and state.',
    samples: queues.map(({ queue, lane, state, n }) => ({ labels: { queue, lane, state }, value: n })),
  };
}

function familiesOf(figures: FleetFigures): Family[] {
  const { desks, now, queues, tallies } = figures;
  const families: Family[] = [
    {
      name: 'plumbline_runs',
      type: 'gauge',
      help: 'Runs in the journal by status.',
      samples: runSamples(figures.runs),
    },
    {
      name: 'plumbline_sync_lag_seconds',
      type: 'gauge',
      help: 'Age of the newest tickets of a connection. Absent until it was read once.',
      samples: lagSamples(desks, now),
    },
    {
      name: 'plumbline_stage',
      type: 'gauge',
      help: 'Stage of the latest published snapshot. Absent while it is not known.',
      samples: stageSamples(desks, 'stage'),
    },
    {
      name: 'plumbline_assured_stage',
      type: 'gauge',
      help: 'Stage that is assured in the latest published snapshot. Absent while it is not known.',
      samples: stageSamples(desks, 'assured'),
    },
    {
      name: 'plumbline_verdict',
      type: 'gauge',
      help: 'Value of the headline of a model of any kind, on its own scale. Absent while it is withheld.',
      samples: verdictSamples(desks),
    },
  ];
  if (queues !== null) families.push(queueFamily(queues));
  if (tallies !== null)
    families.push(
      {
        name: 'plumbline_vendor_requests_total',
        type: 'counter',
        help: 'Requests to vendors by status of the reply.',
        samples: counted(tallies, TALLY_NAMES.vendorRequests),
      },
      {
        name: 'plumbline_vendor_rate_limited_total',
        type: 'counter',
        help: 'Replies of vendors that asked to wait (429).',
        samples: counted(tallies, TALLY_NAMES.vendorRateLimited),
      },
      {
        name: 'plumbline_notices_delivered_total',
        type: 'counter',
        help: 'Notices that reached their target.',
        samples: counted(tallies, TALLY_NAMES.noticesDelivered),
      },
      {
        name: 'plumbline_notices_failed_total',
        type: 'counter',
        help: 'Notices that were given up.',
        samples: counted(tallies, TALLY_NAMES.noticesFailed),
      },
      {
        name: 'plumbline_snapshot_duration_seconds',
        type: 'histogram',
        help: 'Time from the start of a snapshot run to its publication.',
        samples: durations(tallies),
      },
    );
  return families;
}

/**
 * A family whose samples are read from the journal, not counted in this process: all that the registry asks of a metric is its name and
 * `get`, and the counters of prom-client can only be added to.
 */
function metricOf({ name, type, help, samples }: Family): Metric {
  // In OpenMetrics the registry writes `_total` behind each sample of a counter itself.
  const base = type === 'counter' ? name.replace(/_total$/, '') : name;
  const values = samples.map(({ labels, value, part }) => ({
    labels,
    value,
    ...(part === undefined ? {} : { metricName: `${base}${part}` }),
  }));
  const metric = {
    name: base,
    type,
    help,
    get: async () => ({ name: base, type, help, values }),
    reset: () => undefined,
  };
  return metric as unknown as Metric;
}

/** Text of one scrape in OpenMetrics 1.0. A registry of its own each time: nothing is shared between apps or callers. */
export async function renderMetrics(
  figures: FleetFigures,
  own: ProcessMetrics,
): Promise<{ readonly contentType: OpenMetricsContentType; readonly text: string }> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(OPEN_METRICS);
  for (const family of familiesOf(figures)) registry.registerMetric(metricOf(family));
  // Figures of the process are none of a workspace.
  const parts = figures.queues === null ? [registry] : [registry, own.registry];
  return { contentType: OPEN_METRICS, text: await mergedText(parts) };
}

async function mergedText(parts: readonly Registry<OpenMetricsContentType>[]): Promise<string> {
  const merged = new Registry<OpenMetricsContentType>();
  merged.setContentType(OPEN_METRICS);
  for (const part of parts)
    for (const metric of part.getMetricsAsArray() as unknown as Metric[]) merged.registerMetric(metric);
  return merged.metrics();
}

/** Text of one scrape of a worker: its process, and the lengths of the queues. */
export async function renderQueues(
  queues: readonly QueueCount[],
  own: ProcessMetrics,
): Promise<{ readonly contentType: OpenMetricsContentType; readonly text: string }> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(OPEN_METRICS);
  registry.registerMetric(metricOf(queueFamily(queues)));
  return { contentType: OPEN_METRICS, text: await mergedText([registry, own.registry]) };
}
