/** The kinds that practices, words and world share. */

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/**
 * What a team is for; its name is a word of the desk. `outside`: people beside support who only write notes; `partner`: people of
 * another company who answer customers; `facade`: a name without work.
 */
export type GroupRole =
  | 'front'
  | 'specialist'
  | 'premium'
  | 'escalation'
  | 'engineering'
  | 'side'
  | 'partner'
  | 'outside'
  | 'facade';

export type AccountField = 'tier' | 'renewal_date' | 'health' | 'owner' | 'partner';

/** What rules and views can look at. */
export type Subject = 'tier' | 'product' | 'account' | 'severity' | 'renewal' | 'health' | 'owner';
