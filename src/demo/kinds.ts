/** The kinds that practices, words and world share. */

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a team is for; its name is a word of the desk. */
export type GroupRole = 'front' | 'specialist' | 'premium' | 'engineering' | 'side' | 'facade';

export type AccountField = 'tier' | 'renewal_date' | 'health' | 'owner' | 'partner';
