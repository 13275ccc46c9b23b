import type { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { toIntegration } from '../../src/kit/records/integrations.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { promiseOfArticle } from '../../src/kit/records/texts.ts';
import type { BaseReaders } from './base-readers.ts';
import { cellOf } from './cells.ts';
import type { Staff } from './people.ts';
import type { Answer, App, Article, Company, Question, Survey } from './schema.ts';
import type { Context } from './session.ts';

/** The tier stands in a field that the settings name; domains are those of websites, as the vendor keeps none of mail. */
export function toOrganisation(row: Company, context: Context): TelemetryRecord<'organisation'> {
  const { tierField } = context.settings;
  const tier = cellOf(row[tierField]);
  const domain = /^(?:https?:\/\/)?(?:www\.)?([^/:\s]+\.[^/:\s]+)/i.exec(row.website ?? '')?.[1];
  const codes = Object.entries({ [tierField]: tier, industry: row.industry });
  const terms = codes.flatMap(([name, value]) => (value === null ? [] : [`org:${name}=${value}`]));
  const { sys_id: id, sys_created_on: created_at, partner } = row;
  return organisationRecord({ id, created_at, tier, terms, partner, domain }, context);
}

/** The text is looked at for a stated reply time and dropped. */
export function toArticle(row: Article, staff: Staff, readers: BaseReaders | null): TelemetryRecord<'article'> {
  return {
    ...blank('article'),
    id: row.sys_id,
    created_at: row.sys_created_on,
    edited_at: row.sys_updated_on,
    published: /^publish/i.test(row.workflow_state ?? ''),
    public: isForCustomers(row, readers),
    author_id: row.author,
    editor_id: staff.byName.get(row.sys_updated_by ?? '')?.sys_id ?? null,
    category: row.kb_category,
    from_ticket_id: row.source,
    promised_reply_s: promiseOfArticle(row.text),
  };
}

/** A role is one of the desk. Criteria of an article of its own may be those of customers: what they ask for is not read. */
function isForCustomers(row: Article, readers: BaseReaders | null): boolean | null {
  if (row.roles !== null && !/public/.test(row.roles)) return false;
  return row.can_read_user_criteria === null ? (readers?.(row.kb_knowledge_base) ?? null) : null;
}

/** Tools of others that are installed as applications; what the vendor ships of its own is none. */
export function toIntegrations(row: z.infer<typeof App>): TelemetryRecord<'integration'>[] {
  const tool = toIntegration({ id: row.sys_id, active: row.active !== false, names: [row.name] });
  return tool.class === 'other' ? [] : [tool];
}

/** Types of questions that are answered on a scale. */
const SCALES = /scale|likert|percentage|template/i;

/** A survey with the mean of its answers on a scale; texts and choices are not read. Null when it belongs to no ticket. */
export function toCsat(
  row: Survey,
  answers: readonly Answer[],
  questions: ReadonlyMap<string, Question>,
): TelemetryRecord<'csat'> | null {
  const ticket = row.task_id ?? row.trigger_id;
  if (ticket === null) return null;
  const rated = answers.flatMap((answer) => {
    const question = questions.get(answer.metric);
    const score = question === undefined ? null : scoreOf(answer.value, question);
    return question === undefined || score === null ? [] : [{ score, scale: `${question.min}-${question.max}` }];
  });
  const done = /^complete/i.test(row.state ?? '');
  const scales = new Set(rated.map((one) => one.scale));
  return {
    ...blank('csat'),
    id: row.sys_id,
    ticket_id: ticket,
    offered_at: row.sys_created_on,
    answered_at: done ? (row.taken_on ?? row.sys_updated_on) : null,
    score: done && rated.length > 0 ? rated.reduce((sum, one) => sum + one.score, 0) / rated.length : null,
    scale: done && scales.size === 1 ? ([...scales][0] ?? null) : null,
  };
}

/** 0 worst .. 1 best. A value outside of the scale is none: the vendor writes -1 for no answer. */
function scoreOf(value: number | null, { datatype, min, max, scale }: Question): number | null {
  if (value === null || min === null || max === null || max <= min || !SCALES.test(datatype ?? '')) return null;
  if (value < min || value > max) return null;
  const share = (value - min) / (max - min);
  return /low/i.test(scale ?? '') ? 1 - share : share;
}
