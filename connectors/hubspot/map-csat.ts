import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { instantOf } from '../../src/kit/instants.ts';
import type { CrmObject } from './schema.ts';

type Csat = TelemetryRecord<'csat'>;
type Score = Pick<Csat, 'score' | 'scale'>;

/**
 * The answer to a survey about a case; null for other surveys (loyalty, articles, own ones). When a survey was offered is not shown.
 */
export function toCsat(row: CrmObject, ticketId: string): Csat | null {
  const { properties: has } = row;
  const score = scoreOf(has.hs_survey_type ?? '', has.hs_value, has.hs_response_group);
  if (score === null) return null;
  return {
    ...blank('csat'),
    ...score,
    id: `${row.id}:${ticketId}`,
    ticket_id: ticketId,
    answered_at: instantOf(has.hs_submission_timestamp) ?? row.createdAt,
  };
}

function scoreOf(survey: string, text: string | undefined, group: string | undefined): Score | null {
  const value = text === undefined || !/^\d+$/.test(text) ? null : Number(text);
  if (/^ces$/i.test(survey)) return value !== null && value >= 1 && value <= 7 ? on('1-7', (value - 1) / 6) : UNREAD;
  if (!/^csat$/i.test(survey)) return null;
  return satisfaction(value, group?.toUpperCase() ?? null);
}

const on = (scale: string, score: number): Score => ({ scale, score });
const UNREAD: Score = { scale: null, score: null };

/**
 * Satisfaction is asked on three faces (0 to 2) or on five steps (1 to 5), and the answer does not say on which: 1 and 2 are told apart by the group that
 * the vendor counts them to.
 */
function satisfaction(value: number | null, group: string | null): Score {
  if (value === 0) return on('0-2', 0);
  if (value !== null && value >= 3 && value <= 5) return on('1-5', (value - 1) / 4);
  if (value === 1 && group === 'PASSIVE') return on('0-2', 0.5);
  if (value === 2 && group === 'PROMOTER') return on('0-2', 1);
  if ((value === 1 || value === 2) && group === 'DETRACTOR') return on('1-5', (value - 1) / 4);
  return UNREAD;
}
