import { z } from 'zod';
import { RunParams } from '../../domain/operations.ts';
import { PlumblineError } from '../../errors/index.ts';
import { endOfData } from '../../pipeline/end-of-data.ts';
import { parseBound, STEPS, stepEnds } from '../../pipeline/parse-span.ts';
import type { RunRequest } from '../../pipeline/request-runs.ts';
import type { Store } from '../../store/ports.ts';

const MOST_BACKFILLED = 400;
const Bound = z.string().max(40).describe('A date (whole day, UTC) or an instant');
const Placed = {
  model: z.string().optional(),
  models: z.array(z.string()).min(1).optional().describe('Models that judge; default: all that are switched on'),
  window_days: z.int().min(7).max(1_100).optional(),
};

/** What can be asked for by hand. */
export const RunInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('snapshot'),
    ...Placed,
    as_of: Bound.optional(),
    sync: z.boolean().default(true).describe('Sync before measuring'),
    connections: z.array(z.string()).min(1).optional().describe('Connections to sync; default: all'),
  }),
  z.strictObject({ kind: z.literal('sync'), connections: z.array(z.string()).min(1).optional() }),
  z.strictObject({
    kind: z.literal('backfill'),
    ...Placed,
    from: Bound,
    to: Bound.optional().describe('Default: the end of the data'),
    every: z.enum(STEPS).default('month'),
  }),
]);
export type RunInput = z.infer<typeof RunInput>;

type Asked = Pick<RunRequest, 'kind' | 'params' | 'slot'>;

async function assertConnections(names: readonly string[] | undefined, { ledger }: Store): Promise<void> {
  if (names === undefined) return;
  const known = (await ledger.connections()).filter((c) => c.status === 'connected').map((c) => c.name);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      `There is no connected helpdesk named "${missing}" in this workspace.`,
      known.length === 0 ? 'Connect one first.' : `Known: ${known.join(', ')}.`,
    );
}

async function backfilled(input: RunInput & { kind: 'backfill' }, { telemetry }: Store): Promise<Asked[]> {
  const end = input.to === undefined ? endOfData(await telemetry.observability()) : parseBound(input.to, 'to', 'end');
  if (end === null)
    throw new PlumblineError('WRONG_STATE', 'There is no telemetry to look back on.', 'Ask for a sync first.');
  const ends = stepEnds(parseBound(input.from, 'from', 'start'), end, input.every);
  if (ends.length === 0 || ends.length > MOST_BACKFILLED)
    throw new PlumblineError(
      'BAD_USAGE',
      ends.length === 0
        ? `No ${input.every} ends between ${input.from} and ${end.toISOString()}.`
        : `${ends.length} snapshots are more than the ${MOST_BACKFILLED} that one request may ask for.`,
      ends.length === 0 ? 'Choose an earlier from.' : 'Choose a later from, or longer steps.',
    );
  const { model, models, window_days } = input;
  return ends.map((asOf) => ({
    kind: 'snapshot',
    slot: asOf,
    params: RunParams.parse({ model, models, window_days, as_of: asOf.toISOString(), sync: false }),
  }));
}

/** The runs that a request means: one, or one for each step of the past. Errors: BAD_USAGE, WRONG_STATE (nothing to look back on). */
export async function runsAskedFor(input: RunInput, store: Store): Promise<Asked[]> {
  if (input.kind === 'backfill') return backfilled(input, store);
  await assertConnections(input.connections, store);
  if (input.kind === 'sync')
    return [{ kind: 'sync', slot: null, params: RunParams.parse({ connections: input.connections }) }];
  const { model, models, window_days, sync, connections } = input;
  const asOf = input.as_of === undefined ? null : parseBound(input.as_of, 'as_of', 'end');
  const params = RunParams.parse({ model, models, window_days, as_of: asOf?.toISOString() ?? null, sync, connections });
  return [{ kind: 'snapshot', slot: asOf, params }];
}
