import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import { type NewRun, RunParams, type Schedule, WorkspaceName } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';

/** When a schedule means to run: the fields of it that nextSlot and lastSlot read. */
export type Rhythm = Pick<Schedule, 'every_s' | 'cron' | 'tz'>;

const UNIT_S = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
type Unit = keyof typeof UNIT_S;
const LEAST_EVERY_S = 60;
const MOST_EVERY_S = 52 * UNIT_S.w;
const MOST_JITTER_S = 600;

function refuse(message: string, remedy: string, cause?: unknown): never {
  throw new PlumblineError('BAD_SCHEDULE', message, remedy, cause === undefined ? {} : { cause });
}

function readLength(text: string, units: string): number | null {
  const [, n, unit] = new RegExp(`^(\\d{1,6})([${units}])$`).exec(text.trim()) ?? [];
  return n === undefined || unit === undefined ? null : Number(n) * UNIT_S[unit as Unit];
}

/** Length of a fixed grid such as `15m`, `1h`, `1d` or `1w`, seconds. Errors: BAD_SCHEDULE. */
export function parseEvery(text: string): number {
  const seconds = readLength(text, 'mhdw');
  if (seconds === null)
    return refuse(
      `--every ${text} is not a length of time.`,
      'Write a number with m, h, d or w: --every 15m, 1h, 1d, 1w.',
    );
  if (seconds < LEAST_EVERY_S || seconds > MOST_EVERY_S)
    return refuse(`--every ${text} is not between 1m and 52w.`, 'Choose a length from 1m to 52w.');
  return seconds;
}

/** Greatest delay of a run such as `30s` or `5m`, seconds; `0` = none. Errors: BAD_SCHEDULE. */
export function parseJitter(text: string): number {
  const seconds = text.trim() === '0' ? 0 : readLength(text, 'smh');
  return (
    seconds ?? refuse(`--jitter ${text} is not a length of time.`, 'Write 0, or a number with s, m or h: --jitter 5m.')
  );
}

/** Checks a cron line of five fields. Errors: BAD_SCHEDULE, also for one that never comes. */
export function parseCron(text: string, tz: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  const example = 'Write minute, hour, day, month, weekday: --cron "30 6 * * 1-5".';
  if (line.split(' ').length !== 5)
    return refuse(`--cron "${text}" has ${line === '' ? 0 : line.split(' ').length} fields instead of five.`, example);
  try {
    if (cronOf(line, tz).nextRun(new Date(0)) === null) return refuse(`--cron "${text}" never comes.`, example);
  } catch (error) {
    if (error instanceof PlumblineError) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^CronPattern: /, '');
    return refuse(`--cron "${text}" cannot be understood: ${reason}`, example, error);
  }
  return line;
}

/** An IANA time zone name as it was given. Errors: BAD_SCHEDULE. */
export function parseZone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch (error) {
    return refuse(`--tz ${text} is not a time zone.`, 'Write an IANA name such as Europe/Berlin or UTC.', error);
  }
  return text;
}

function cronOf(cron: string, tz: string): Cron {
  // A fixed time that a change of clocks leaves out comes at the first minute after it; one that comes twice runs once.
  return new Cron(cron, { timezone: tz, mode: '5-part', paused: true, fixedTimeRule: 'no-wildcard' });
}

/**
 * First slot after the instant. `every_s` = multiples of it from 1970-01-01T00:00Z, whatever the zone; `cron` = wall clock of `tz`: times
 * of the day that daylight saving leaves out come at the first valid minute after, those that it repeats come once; steps and wildcards
 * (every 30 minutes) simply go on. Errors: BAD_SCHEDULE for a cron line that never comes again.
 */
export function nextSlot({ every_s, cron, tz }: Rhythm, after: Date): Date {
  if (every_s !== null) return new Date((Math.floor(after.getTime() / (every_s * 1000)) + 1) * every_s * 1000);
  const next = cron === null ? null : cronOf(cron, tz).nextRun(after);
  return next ?? refuse(`The schedule "${cron}" never comes again.`, 'Give it --every or another --cron.');
}

/** Latest slot at or before the instant; null when there is none. */
export function lastSlot({ every_s, cron, tz }: Rhythm, notAfter: Date): Date | null {
  if (every_s !== null) return new Date(Math.floor(notAfter.getTime() / (every_s * 1000)) * every_s * 1000);
  if (cron === null) return null;
  // The search is exclusive and works in seconds: the second after the one of the instant includes it.
  const behind = new Date((Math.floor(notAfter.getTime() / 1000) + 1) * 1000);
  return cronOf(cron, tz).previousRuns(1, behind)[0] ?? null;
}

/** Delay of a schedule's runs behind their slots, ms: fixed by a hash of the names, evenly spread over `jitter_s`. */
export function jitterMs({ workspace, name, jitter_s }: Pick<Schedule, 'workspace' | 'name' | 'jitter_s'>): number {
  const hash = createHash('sha256').update(`${workspace}\0${name}`).digest();
  return Math.floor((hash.readUIntBE(0, 6) / 2 ** 48) * jitter_s * 1000);
}

/** A tenth of the time between two slots, at most ten minutes: so that many desks do not strike at once. */
function usualJitterS(rhythm: Rhythm, now: Date): number {
  const slot = nextSlot(rhythm, now);
  const gapMs = nextSlot(rhythm, slot).getTime() - slot.getTime();
  return Math.min(MOST_JITTER_S, Math.floor(gapMs / 10_000));
}

/** The run of a slot. Its id is made from what it means, so that a slot that is fired twice has one run. */
export function runOfSlot(schedule: Schedule, slot: Date, missed: number, now: Date): NewRun {
  const { kind, workspace, name } = schedule;
  return {
    id: `${kind}.${workspace}.${name}.${slot.getTime() / 1000}`,
    workspace,
    kind,
    schedule: name,
    slot,
    due_at: new Date(slot.getTime() + jitterMs(schedule)),
    params: RunParams.parse({
      model: schedule.model,
      models: schedule.models,
      window_days: schedule.window_days,
      missed,
    }),
    requested_by: `schedule:${name}`,
    created_at: now,
  };
}

export interface ScheduleInput {
  readonly workspace: string;
  readonly name: string;
  readonly kind: Schedule['kind'];
  readonly every?: string | undefined;
  readonly cron?: string | undefined;
  readonly tz?: string | undefined;
  readonly jitter?: string | undefined;
  readonly model: string | null;
  readonly models: readonly string[] | null;
  readonly window_days: number | null;
  readonly by: string;
}

/** A schedule from what somebody wrote; its first slot is the next one from now. Errors: BAD_SCHEDULE naming what does not fit. */
export function planSchedule(input: ScheduleInput, now: Date): Schedule {
  const { workspace, name, kind, every, cron, model, models, window_days } = input;
  if (!WorkspaceName.safeParse(name).success)
    return refuse(`"${name}" is not a name for a schedule.`, 'Use lower-case letters, digits, - and _, at most 63.');
  if ((every === undefined) === (cron === undefined))
    return refuse(
      `The schedule ${name} needs either --every or --cron.`,
      'Write e.g. --every 1d, or --cron "30 6 * * 1-5".',
    );
  if (input.tz !== undefined && cron === undefined)
    return refuse('--tz belongs to --cron: --every is a grid in UTC.', 'Leave --tz out, or use --cron.');
  const tz = parseZone(input.tz ?? 'UTC');
  const rhythm: Rhythm =
    every === undefined
      ? { every_s: null, cron: parseCron(cron ?? '', tz), tz }
      : { every_s: parseEvery(every), cron: null, tz };
  const slot = nextSlot(rhythm, now);
  const jitter_s = input.jitter === undefined ? usualJitterS(rhythm, now) : parseJitter(input.jitter);
  if (jitter_s * 1000 > nextSlot(rhythm, slot).getTime() - slot.getTime())
    return refuse(`--jitter ${input.jitter} is longer than the time between two runs.`, 'Choose a shorter one, or 0.');
  return {
    workspace,
    name,
    kind,
    ...rhythm,
    jitter_s,
    model,
    models: models === null ? null : [...models],
    window_days,
    paused: false,
    next_at: slot,
    created_at: now,
    created_by: input.by,
  };
}
