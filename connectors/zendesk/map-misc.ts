import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { toCalendar as calendarRecords } from '../../src/kit/records/calendar.ts';
import { promiseOfArticle } from '../../src/kit/records/texts.ts';
import type { EarlyContext } from './pages.ts';
import type { Article, Holiday, JiraLink, Rating, Schedule, SurveyResponse } from './schema-config.ts';

type Csat = TelemetryRecord<'csat'>;

/** Legacy rating. `unoffered` is no survey and gives null; of one that is only `received` it is not known what it says. */
export function toCsat(rating: Rating): Csat | null {
  const word = rating.score.replace(/_with(out)?_comment$/, '');
  if (word === 'unoffered') return null;
  return {
    id: rating.id,
    ticket_id: rating.ticket_id,
    offered_at: rating.created_at,
    answered_at: word === 'offered' ? null : (rating.updated_at ?? rating.created_at),
    score: word === 'good' ? 1 : word === 'bad' ? 0 : null,
    scale: 'good/bad',
    reason_code: rating.reason_code === null || rating.reason_code === undefined ? null : String(rating.reason_code),
  };
}

/** Answer of the newer survey product; null when it is not about a ticket. A rating is placed on 0..1 by the number of its options. */
export function surveyCsat(response: SurveyResponse): Csat | null {
  const ticketId = response.subjects?.find((subject) => subject.type === 'ticket')?.id ?? null;
  if (ticketId === null) return null;
  const answer = response.answers?.find((one) => one.rating !== null || one.rating_category !== null);
  const top = Math.max(5, ...(answer?.question?.options ?? []).map((option) => option.rating ?? 0));
  return {
    ...blank('csat'),
    id: `survey:${response.id}`,
    ticket_id: ticketId,
    answered_at: answer === undefined ? null : (answer.created_at ?? response.updated_at ?? response.created_at),
    score: answer === undefined ? null : scoreOf(answer.rating, answer.rating_category, top),
    scale: answer?.rating === null || answer === undefined ? 'good/bad' : `1-${top}`,
  };
}

function scoreOf(rating: number | null, category: string | null, top: number): number | null {
  if (rating !== null && rating >= 1 && rating <= top) return (rating - 1) / (top - 1);
  return category === 'good' ? 1 : category === 'bad' ? 0 : null;
}

/** Intervals are minutes from Sunday 00:00 in the schedule's zone, as ours are. */
export function toCalendar(schedule: Schedule, holidays: readonly Holiday[], isDefault: boolean): Mapped {
  return calendarRecords(
    {
      id: schedule.id,
      zone: schedule.time_zone,
      weekly: schedule.intervals.map(({ start_time, end_time }) => ({
        start_minute: start_time,
        end_minute: end_time,
      })),
      holidays: holidays.map(({ start_date, end_date }) => ({ from: start_date, to: end_date })),
      isDefault,
    },
    'schedules',
  );
}

/** The text is looked at for a stated reply time and dropped. */
export function toArticle(source: Article): TelemetryRecord<'article'> {
  return {
    ...blank('article'),
    id: source.id,
    created_at: source.created_at,
    edited_at: source.edited_at,
    published: source.draft === null ? null : !source.draft,
    public: source.user_segment_id === undefined ? null : source.user_segment_id === null,
    author_id: source.author_id,
    category: source.section_id,
    promised_reply_s: promiseOfArticle(typeof source.body === 'string' ? source.body : null),
    ...votesOf(source),
  };
}

/** The vendor shows the sum of votes for and against, and their number; what does not fit together says nothing. */
function votesOf({ vote_sum: sum, vote_count: all }: Article) {
  if (sum === null || all === null || Math.abs(sum) > all || (all + sum) % 2 !== 0)
    return { helpful_votes: null, unhelpful_votes: null };
  return { helpful_votes: (all + sum) / 2, unhelpful_votes: (all - sum) / 2 };
}

export function jiraLink(source: JiraLink, context: EarlyContext): TelemetryRecord<'link'> {
  const target = source.issue_key ?? source.issue_id;
  return {
    ...blank('link'),
    id: `jira:${source.id}`,
    ticket_id: source.ticket_id,
    kind: 'issue',
    system: 'jira',
    target_key: target === null ? null : context.pseudonymise('reference', target.toLowerCase()),
    linked_at: source.created_at,
  };
}
