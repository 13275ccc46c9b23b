import type { StreamName } from './observability.ts';

/**
 * Share of what a desk names (organisations with tickets; references to issues) that has to be found in a source beside it, from which on the facts of
 * that source are taken for the desk's. Fewer are a handful that happened to match, and no picture of the desk (docs/sources-beside-a-desk.md).
 */
export const ENOUGH_MATCHED = 0.5;

/** Between the names of several sources. */
export const NAMES_APART = ', ';

/** What a source beside the desks can tell of the records of one desk. */
export interface JoinedSource {
  readonly desk: string;
  /** Its name; trackers of one desk are joined together, by all their names. */
  readonly source: string;
  /** Stream of the desk that it adds to, and the fields that it can fill there. */
  readonly stream: StreamName;
  readonly fields: readonly string[];
  readonly matched: number;
  /** Records of the desk that could be matched at most. */
  readonly of: number;
  /** Up to when the source was read. */
  readonly until: Date | null;
}

/** Whether enough was matched for the facts to count. */
export function isEnough({ matched, of }: Pick<JoinedSource, 'matched' | 'of'>): boolean {
  return of > 0 && matched >= ENOUGH_MATCHED * of;
}
