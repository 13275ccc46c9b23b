import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { sinceOf, startAt } from '../../src/kit/usual-settings.ts';
import type { Session } from './account.ts';
import { CRM, changedIn, near, PAGES, readAssociated, searched, whole } from './calls.ts';
import { type Desk, loadDesk } from './desk.ts';
import { codeFieldsOf } from './fields.ts';
import { GRANT } from './grants.ts';
import { toCsat } from './map-csat.ts';
import { mapTicket } from './map-ticket.ts';
import { readBeside, readTickets } from './read-tickets.ts';
import { CrmObject, Found } from './schema.ts';
import type { Settings } from './settings.ts';

const { changes } = feedsOf<Settings, Session>();

/** Tickets came to HubSpot with its Service Hub in 2018. */
const FIRST_DAY = '2018-01-01';

/** A ticket of support: one that is or was in a pipeline that was named, where any was. */
function isRead(row: CrmObject, { context, stages }: Desk): boolean {
  const wanted = new Set(context.settings.pipelines);
  const past = (row.propertiesWithHistory.hs_pipeline_stage ?? []).map(
    ({ value }) => stages.get(value ?? '')?.pipeline,
  );
  return wanted.size === 0 || [row.properties.hs_pipeline, ...past].some((one) => wanted.has(one ?? ''));
}

export const tickets = changes({
  id: 'tickets',
  title: 'Tickets with their history and conversations',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority channel vendor_channel form',
      'group_id assignee_id requester_key organisation_id brand product category severity cause_code',
      'created_by created_by:customer created_by:agent created_on_behalf merged_into spam test tags filled_fields',
      'reported_first_reply_at reported_solved_at reported_closed_at',
      'reported_first_reply_calendar_s reported_first_reply_business_s',
      'reported_full_resolution_calendar_s reported_full_resolution_business_s',
    ),
    events: fields(
      'events',
      'status priority group assignee field tag merge escalation from_value to_value actor actor_id',
    ),
    messages: fields(
      'messages',
      'author author_id public note channel article_ids through_api promised_reply_s promise_business_hours',
    ),
    sla_clocks: fields('sla_clocks', 'metric policy_id started_at applied_at breach_at fulfilled_at met'),
    links: fields('links', 'kind kind:issue system target_key linked_at'),
  },
  words: { permission: GRANT('tickets') },
  ...searched('tickets', FIRST_DAY),
  rows: Found,
  by: changedIn(['hs_lastmodifieddate'], 7),
  below: {
    ticket: { ask: whole(`${CRM}/tickets`), lacks: {}, vital: true, words: GRANT('tickets') },
    contacts: {
      ask: near('tickets', 'contacts'),
      lacks: { tickets: ['requester_key', 'created_on_behalf'] },
      words: GRANT('crm.objects.contacts.read'),
    },
    companies: {
      ask: near('tickets', 'companies'),
      lacks: { tickets: ['organisation_id'] },
      words: GRANT('crm.objects.companies.read'),
    },
    emails: { ask: near('tickets', 'emails'), lacks: {}, words: GRANT('sales-email-read') },
    notes: { ask: near('tickets', 'notes'), lacks: { messages: ['note'] }, words: GRANT('crm.objects.contacts.read') },
  },
  async shows(context) {
    const { session, settings } = context;
    const { sees } = session;
    const [threads, emails, notes] = [await sees('threads'), await sees('emails'), await sees('notes')];
    const codes = codeFieldsOf(settings, (await session.ticketProperties()) ?? []);
    const hidden = [
      ...(threads ? [] : ['conversations.read']),
      ...(emails ? [] : ['sales-email-read']),
      ...(notes && (await sees('contacts')) ? [] : ['crm.objects.contacts.read']),
      ...((await sees('companies')) ? [] : ['crm.objects.companies.read']),
    ];
    const spoken = ['author', 'author_id', 'public', 'channel'];
    return available({
      since: sinceOf(settings),
      lacks: {
        tickets: [
          ...lackedCodes(codes),
          ...((await sees('contacts')) ? [] : ['requester_key', 'created_on_behalf']),
          ...((await sees('companies')) ? [] : ['organisation_id']),
          ...(threads ? [] : ['spam']),
        ],
        messages: [
          ...(threads || emails ? [] : spoken),
          ...(threads ? [] : ['through_api', 'promised_reply_s', 'promise_business_hours']),
          ...(threads && (await loadDesk(context)).articles !== null ? [] : ['article_ids']),
          ...(notes ? [] : ['note']),
        ],
        links: threads ? [] : ['linked_at'],
      },
      detail: hidden.length === 0 ? null : `Parts of the tickets are not visible. ${GRANT(...hidden)}`,
    });
  },
  async map(rows, context, step) {
    const desk = await loadDesk(context);
    const found = await readTickets(idsOf(rows), desk);
    const own = found.kept.filter((row) => isRead(row, desk));
    const beside = await readBeside(own, context, step.sees);
    return joinMapped([
      ...own.map((row) => mapTicket(row, beside.of(row), desk)),
      { rejected: [...found.rejected, ...beside.rejected] },
    ]);
  },
});

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

/** Searches leave out what was deleted; the vendor keeps it for 90 days in a list without order. */
export const archivedTickets = changes({
  id: 'deleted-tickets',
  title: 'Deleted tickets',
  fills: { tickets: ['deleted'], events: fields('events', 'status to_value actor') },
  adds: true,
  words: { permission: GRANT('tickets') },
  path: `${CRM}/tickets`,
  query: { archived: true },
  at: 'results',
  page: PAGES,
  rows: Found,
  by: { field: 'archivedAt' },
  start: ({ settings }) => startAt(settings, FIRST_DAY),
  below: {
    ticket: {
      ask: (row) => ({ ...whole(`${CRM}/tickets`)(row), query: { archived: true } }),
      lacks: {},
      vital: true,
      words: GRANT('tickets'),
    },
  },
  async map(rows, context) {
    const desk = await loadDesk(context);
    const found = await readTickets(idsOf(rows), desk, true);
    const own = found.kept.filter((row) => isRead(row, desk));
    return joinMapped([...own.map((row) => mapTicket(row, null, desk)), { rejected: found.rejected }]);
  },
});

const SURVEY = ['hs_survey_type', 'hs_value', 'hs_response_group', 'hs_submission_timestamp'];

export const surveys = changes({
  id: 'survey-responses',
  title: 'Survey responses on tickets',
  fills: { csat: ['answered_at', 'score', 'scale'] },
  words: {
    permission: `${GRANT('crm.objects.feedback_submissions.read')} Surveys need Service Hub Professional or Enterprise.`,
  },
  ...searched('feedback_submissions', FIRST_DAY),
  rows: CrmObject,
  by: changedIn(['hs_lastmodifieddate', ...SURVEY], 30),
  below: {
    ticket: {
      ask: near('feedback_submissions', 'tickets'),
      lacks: {},
      vital: true,
      words: GRANT('tickets'),
    },
  },
  async map(rows, context) {
    const near = await readAssociated(context, 'feedback_submissions', 'tickets', idsOf(rows), 'survey-responses');
    const csat = rows.flatMap((row) => near.of(row.id).flatMap(({ toObjectId }) => toCsat(row, toObjectId) ?? []));
    const told = toAnswers(csat, {
      feed: 'survey-responses',
      path: 'hs_value',
      expected: 'an answer on a known scale',
    });
    return joinMapped([{ rejected: near.rejected }, told]);
  },
});
