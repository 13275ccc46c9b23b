import type { Life } from '../life.ts';
import type { Reading } from '../read-rendering.ts';

/** Why a vendor's figure is not the one of the desk. */
export interface Limit {
  readonly why: string;
  /** What it shows instead, worked out from the desk. Absent = it is unknown. */
  readonly shows?: (id: string, desk: Reading, life: Life) => number | null;
}

/** What one vendor does not show of the simulated desk. Each entry is needed, or the comparison fails. */
export interface Limits {
  /** By id of the figure; a beginning that ends in `*` stands for all of them. */
  readonly figures: Readonly<Record<string, Limit>>;
  /** Signals that come out otherwise although they are seen, and why. What is not observable needs no entry. */
  readonly signals: Readonly<Record<string, string>>;
  /** Why the stage is not that of the desk; null = it is. */
  readonly stage: string | null;
}

/** One reason for several entries. */
export function forAll<T>(ids: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(ids.map((id) => [id, value]));
}

/** The last solution stands for the first, where only one of them is kept. */
export const lastForFirst: NonNullable<Limit['shows']> = (id, desk) =>
  desk.figures.get(id.replace('first_resolution', 'full_resolution'))?.value ?? null;

/** Figures that need the working hours of the desk. */
export function ofHours(why: string): Limits['figures'] {
  const ends = ['first_resolution', 'full_resolution'].flatMap((name) =>
    ['p50', 'p90', 'mean'].map((what) => `${name}_time_${what}_business_h`),
  );
  const replies = ['first_reply_time_p50_business_h', 'first_reply_time_p90_business_h', 'offhours_reply_share'];
  return forAll([...replies, ...ends], { why });
}

/** Where a ticket has one end, being solved and being closed are the same. */
export function oneEnd(why: string): Limits['figures'] {
  return {
    'close_time_*': {
      why,
      shows: (id, desk) => desk.figures.get(id.replace('close_time', 'full_resolution_time'))?.value ?? null,
    },
    backlog_unclosed_at_end: { why, shows: (_, desk) => desk.figures.get('backlog_open_at_end')?.value ?? null },
  };
}

/** Figures that only a history of changes gives. */
export const OF_HISTORY = [
  'handed_to_other_*',
  'handoffs_by_*',
  'left_first_line_share',
  'ping_pong_*',
  'reassigned_share',
  'reassignments_per_ticket_mean',
  'reopen_share',
  'waited_for_*',
] as const;

/** Zendesk counts moves by itself; elsewhere they are counted from the history, by team and by person. */
export const MOVES: Limits['figures'] = {
  reassignments_per_ticket_mean: {
    why: 'Moves between teams and between people are counted from the history; Zendesk keeps a count of its own, which goes by stations.',
    shows: (_, desk) =>
      (desk.figures.get('handoffs_by_team_per_ticket_mean')?.value ?? 0) +
      (desk.figures.get('handoffs_by_person_per_ticket_mean')?.value ?? 0),
  },
};

/** Zendesk counts time on hold by itself, so that there it is 0 and not unknown. */
export const NEVER_ON_HOLD: Limits['figures'] = {
  waited_for_other_share: {
    why: 'No ticket of this desk ever waits for others, and no counter says that the time was 0.',
  },
};

export const NO_MAIL_OF_RULES = {
  'B4-acknowledged-at-once': 'No message of a rule is seen on any ticket, so that nothing is said either way.',
};
