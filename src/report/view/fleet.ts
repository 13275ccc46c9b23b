import { z } from 'zod';
import { PLACEMENT_STATUSES } from '../../domain/placement.ts';
import type { Headline } from '../../domain/verdict.ts';
import { counted, lastDay, percent, plural, short, signed } from '../numbers.ts';
import { daysBetween, listed, sayAge } from './words.ts';

/** All workspaces that the caller may see: verdict, change since the one before, age of the data, broken syncs. */
export const FleetView = z.strictObject({
  sentence: z.string(),
  workspaces: z.array(
    z.strictObject({
      workspace: z.string(),
      /** Null where no snapshot was taken, or it could not be read: `sentence` says which. */
      verdict: z
        .strictObject({
          model: z.string(),
          title: z.string(),
          value: z.number().nullable(),
          of: z.number(),
          label: z.string(),
          assured: z.number().nullable(),
          coverage: z.number(),
          status: z.enum(PLACEMENT_STATUSES),
          digest: z.string(),
          last_day: z.iso.date(),
        })
        .nullable(),
      /** Value minus that of the snapshot before; null without one, or where either is withheld. */
      change: z.number().nullable(),
      change_words: z.string().nullable(),
      /** Of the oldest connection, whole days to now; null when nothing was read. */
      age_days: z.int().nullable(),
      connections: z.int(),
      /** Connections of which something was never read to its end. */
      broken: z.array(z.string()),
      sentence: z.string(),
    }),
  ),
});
export type FleetView = z.infer<typeof FleetView>;

type Row = FleetView['workspaces'][number];

/** What is known of one workspace; `trouble` = why its store could not be read, with the way out; null where it could. */
export interface FleetDesk {
  readonly workspace: string;
  readonly trouble: string | null;
  /** Oldest first, of the model that is shown. */
  readonly verdicts: readonly {
    readonly digest: string;
    readonly as_of: Date;
    readonly headline: Headline;
  }[];
  readonly connections: readonly {
    readonly connection: string;
    readonly until: Date | null;
    readonly broken: boolean;
  }[];
  /** Code of the failure that its last run ended with; null when it ended well or there is none. */
  readonly failed: string | null;
}

interface Shown {
  readonly model: string;
  readonly title: string;
}

function changeOf(verdicts: FleetDesk['verdicts']): Pick<Row, 'change' | 'change_words'> {
  const [before, after] = verdicts.slice(-2).map(({ headline }) => headline.value);
  if (verdicts.length < 2 || before === undefined || before === null || after === undefined || after === null)
    return { change: null, change_words: null };
  const change = after - before;
  return {
    change,
    change_words:
      change === 0
        ? 'unchanged'
        : `${signed(change, Number.isInteger(change) ? 0 : 2)} since ${lastDay(verdicts.at(-2)?.as_of ?? '')}`,
  };
}

function rowOf(desk: FleetDesk, { model, title }: Shown, now: Date): Row {
  const last = desk.verdicts.at(-1);
  const ages = desk.connections.flatMap(({ until }) => (until === null ? [] : [daysBetween(until, now)]));
  const age_days = ages.length === 0 ? null : Math.max(...ages);
  const broken = desk.connections.filter((one) => one.broken).map(({ connection }) => connection);
  const said =
    last === undefined
      ? null
      : `${last.headline.label}${last.headline.value === null ? '' : `, ${short(last.headline.value)} of ${last.headline.of}, ${percent(last.headline.coverage)} seen`}`;
  const parts = [
    desk.trouble ?? said ?? 'no snapshot was taken yet',
    ...(age_days === null ? [] : [`the data end ${sayAge(age_days)}`]),
    ...(broken.length === 0 ? [] : [`${listed(broken)} ${plural(broken.length, 'was')} never read to the end`]),
    ...(desk.failed === null ? [] : [`the last run failed (${desk.failed})`]),
  ];
  return {
    workspace: desk.workspace,
    verdict:
      last === undefined
        ? null
        : { model, title, ...last.headline, digest: last.digest, last_day: lastDay(last.as_of) },
    ...changeOf(desk.verdicts),
    age_days,
    connections: desk.connections.length,
    broken,
    sentence: `${parts.join('; ')}.`,
  };
}

/** The workspaces of a fleet by one model, in the order given; ages are whole days to `now`. Pure. */
export function fleetView(desks: readonly FleetDesk[], shown: Shown, now: Date): FleetView {
  const workspaces = desks.map((desk) => rowOf(desk, shown, now));
  const placed = workspaces.filter(({ verdict }) => verdict !== null && verdict.value !== null).length;
  const broken = workspaces.filter((row) => row.broken.length > 0).length;
  const trouble = broken === 0 ? '' : ` ${counted(broken, 'workspace')} ${plural(broken, 'has')} a broken sync.`;
  return {
    sentence:
      workspaces.length === 0
        ? 'There is no workspace yet.'
        : `${placed} of ${counted(workspaces.length, 'workspace')} ${plural(placed, 'is')} placed by ${shown.title}.${trouble}`,
    workspaces,
  };
}
