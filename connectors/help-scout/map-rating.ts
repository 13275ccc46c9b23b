import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Rating } from './schema.ts';
import { WORDS } from './words.ts';

/** An answer to a reply. Null for one that is out of scale. */
export function toRating(row: Rating): TelemetryRecord<'csat'> | null {
  const score = WORDS.rating(row.ratingId);
  if (score === null) return null;
  return {
    ...blank('csat'),
    id: row.threadid,
    ticket_id: row.id,
    answered_at: row.ratingCreatedAt,
    score,
    scale: 'great/okay/not good',
  };
}
