import type { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { available, orRefusal } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import type { Capability } from '../../src/kit/connector.ts';
import type { ChangesFeed } from '../../src/kit/feed/changes.ts';
import { type Feed, hiddenBy, joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { type FieldOf, fields } from '../../src/kit/fields.ts';
import { askPage } from '../../src/kit/page/pager.ts';
import { setAside } from '../../src/kit/parse-each.ts';
import { sinceOf, startAt } from '../../src/kit/usual-settings.ts';
import { AT, changedBy, isIn, lookAt, readBelow, tablePath, utc, where } from './calls.ts';
import { codesOf, type Desk, loadDesk } from './desk.ts';
import { followedFields, isWhole, toHistory, toMeasuredHistory } from './map-history.ts';
import { COMMENT, mapMessages, namesArticles, WORK_NOTE } from './map-messages.ts';
import { toCsat } from './map-more.ts';
import { metricOf, toClocks } from './map-sla.ts';
import { mapTicket } from './map-ticket.ts';
import { fieldsOfXml } from './payload.ts';
import { Answer, Audit, Deletion, Journal, MetricRun, SlaRun, Survey, Task } from './schema.ts';
import type { Context } from './session.ts';
import { TICKET_TABLES, type TicketTable } from './settings.ts';
import { READ, tableChanges } from './table-feeds.ts';

const TICKET = fields(
  'tickets',
  'open_tickets created_at updated_at status vendor_status priority_rank vendor_priority channel vendor_channel',
  'group_id assignee_id requester_key requester_is_agent organisation_id product category severity cause_code',
  'created_by created_by:customer created_by:agent created_by:machine created_on_behalf filled_fields',
  'reported_solved_at reported_closed_at reported_reopens reported_reassignments',
  'reported_full_resolution_business_s reported_full_resolution_calendar_s',
);
const EVENT = fields(
  'events',
  'status priority group assignee field link escalation from_value to_value actor actor_id',
);
/** What metrics do not show: who changed something, and fields without a metric. */
const UNMEASURED = ['priority', 'field', 'link', 'escalation', 'actor', 'actor_id'];

const OTHER_TABLES = (table: TicketTable) =>
  table === 'incident'
    ? { permission: READ(table, 'itil') }
    : { permission: READ(table, 'sn_customerservice_agent'), absent: 'Customer Service Management is not installed.' };

/** A feed of a table of tickets, by its last change. What hangs below a ticket is read with it, for it has no list of its own that would be quick to ask. */
function ticketFeed(
  table: TicketTable,
  feed: Pick<ChangesFeed<Context, Task, never>, 'id' | 'title' | 'fills'> & {
    readonly shows: (context: Context) => Promise<Capability> | Capability;
    readonly mapAll: (rows: readonly Task[], desk: Desk) => Mapped | Promise<Mapped>;
  },
): Feed<Context> {
  const made = tableChanges({
    ...feed,
    table,
    more: ({ settings }) => [...codesOf(settings, table).values()],
    words: OTHER_TABLES(table),
    rows: Task as z.ZodType<Task>,
    by: changedBy('sys_updated_on'),
    map: async (rows, context) => feed.mapAll(rows, await loadDesk(context, table)),
  });
  return hiddenBy(made, ({ settings }) =>
    settings.tables.includes(table) ? null : { status: 'absent', detail: `The setting tables leaves ${table} out.` },
  );
}

const KINDS = {
  incident: ['incidents', 'Incidents', 'incident'],
  sn_customerservice_case: ['cases', 'Cases', 'case'],
} as const;

export function ticketsOf(table: TicketTable): Feed<Context>[] {
  const [id, title, one] = KINDS[table];
  const rows = ticketFeed(table, {
    id,
    title,
    fills: {
      tickets: [...TICKET, ...(table === 'incident' ? (['type', 'problem_id'] as const) : [])],
      links: fields(
        'links',
        'kind target_key',
        ...(table === 'incident' ? (['kind:problem system'] as const) : []),
      ) as readonly FieldOf<'links'>[],
    },
    async shows(context) {
      const { isWhole } = await context.session.staff();
      const people = [
        'requester_is_agent',
        'created_by',
        'created_by:customer',
        'created_by:agent',
        'created_on_behalf',
      ];
      return available({
        since: sinceOf(context.settings),
        lacks: { tickets: [...lackedCodes(codesOf(context.settings, table)), ...(isWhole ? [] : people)] },
        detail: isWhole
          ? null
          : 'Members of groups and holders of roles are not all visible, so that agents and customers cannot be told apart.',
      });
    },
    mapAll: (tasks, desk) => joinMapped(tasks.map((row) => mapTicket(row, desk))),
  });
  const history = ticketFeed(table, {
    id: `${one}-history`,
    title: `History of ${id}`,
    fills: { events: EVENT },
    async shows(context) {
      const source = await context.session.history(table);
      if (source.from === null) return source.why;
      if (source.from === 'audit') return available({ since: sinceOf(context.settings) });
      const detail = 'The audit log is not visible: changes are those that metrics recorded, without who made them.';
      return available({ since: sinceOf(context.settings), lacks: { events: UNMEASURED }, detail });
    },
    mapAll: (tasks, desk) => readHistories(tasks, desk, `${one}-history`),
  });
  const messages = ticketFeed(table, {
    id: `${one}-messages`,
    title: `Comments and work notes of ${id}`,
    fills: {
      messages: fields(
        'messages',
        'author author_id public note channel article_ids promised_reply_s promise_business_hours',
      ),
      links: fields('links', 'kind kind:issue system target_key linked_at'),
    },
    async shows(context) {
      const words = READ('sys_journal_field', 'admin');
      const { found } = await orRefusal(() => lookAt(context, 'sys_journal_field', `name=${table}`));
      if (found === null || found === 'hidden')
        return { status: 'permission', detail: `Comments and work notes are not visible. ${words}` };
      // Instances were seen that do not count what they hide: a desk with tickets has said something.
      if (found === 'none' && (await lookAt(context, table, null)) === 'some')
        return { status: 'permission', detail: `Not one comment or work note is shown. If there are some: ${words}` };
      return available({ since: sinceOf(context.settings) });
    },
    mapAll: (tasks, desk) => readMessages(tasks, desk, `${one}-messages`),
  });
  return [rows, history, messages];
}

async function readHistories(tasks: readonly Task[], desk: Desk, feed: string): Promise<Mapped> {
  const { context, table } = desk;
  const ids = tasks.map((row) => row.sys_id);
  const source = await context.session.history(table);
  if (source.from === 'audit') {
    const audits = await readBelow(context, 'sys_audit', Audit, ids, {
      field: 'documentkey',
      of: (row) => row.documentkey,
      filter: where(`tablename=${table}`, isIn('fieldname', followedFields(desk))),
      feed,
    });
    const whole = tasks.filter((row) => isWhole(row, audits.of(row.sys_id), desk));
    const parted = tasks.filter((row) => !whole.includes(row));
    return {
      event: whole.flatMap((row) => toHistory(row, audits.of(row.sys_id), desk)),
      rejected: [...audits.rejected, ...parted.map((row) => asideOf(row, feed))],
    };
  }
  const known = await context.session.groups();
  const names = new Map(
    [...(known?.values() ?? [])].flatMap((group) => (group.name === null ? [] : [[group.name, group.sys_id]])),
  );
  const runs = await readBelow(context, 'metric_instance', MetricRun, ids, {
    field: 'id',
    of: (row) => row.id,
    filter: 'definition.type=field_value_duration',
    feed,
  });
  return {
    event: tasks.flatMap((row) => toMeasuredHistory(row, runs.of(row.sys_id), names, desk)),
    rejected: runs.rejected,
  };
}

/** Half a history would tell changes that never were: none of it is kept. */
function asideOf({ sys_id: ref }: Task, stream: string): SetAside {
  const detail = 'expected: changes that lead to the present state';
  return setAside(stream, ref, 'sys_audit', detail);
}

async function readMessages(tasks: readonly Task[], desk: Desk, feed: string): Promise<Mapped> {
  const { context } = desk;
  const journals = await readBelow(
    context,
    'sys_journal_field',
    Journal,
    tasks.map((row) => row.sys_id),
    {
      field: 'element_id',
      of: (row) => row.element_id,
      filter: isIn('element', [COMMENT, WORK_NOTE]),
      feed,
    },
  );
  const named = tasks.some((row) => namesArticles(journals.of(row.sys_id)));
  const numbers = named ? await context.session.articles() : new Map<string, string>();
  const mapped = tasks.map((row) => mapMessages(row, journals.of(row.sys_id), numbers, desk));
  return joinMapped([...mapped, { rejected: journals.rejected }]);
}

const OF_TICKETS =
  (field: string) =>
  ({ settings }: Context) =>
    isIn(field, settings.tables);

/** The vendor works clocks out by jobs of its own: they change apart from their tickets, and late. */
export const clocks = tableChanges({
  id: 'sla-clocks',
  title: 'SLA clocks',
  table: 'task_sla',
  filter: OF_TICKETS('task.sys_class_name'),
  fills: {
    sla_clocks: fields(
      'sla_clocks',
      'metric scope instance policy_id target_s business_hours started_at applied_at breach_at fulfilled_at paused_s voided met',
    ),
  },
  words: { permission: READ('task_sla', 'itil') },
  async shows(context) {
    const known = await context.session.slas();
    if (known === null)
      return {
        status: 'permission',
        detail: `SLA definitions are not visible, which say what a clock promises. ${READ('contract_sla', 'itil')}`,
      };
    const untold = [...known.values()].filter((row) => metricOf(row, context.settings) === null).length;
    return available({
      since: sinceOf(context.settings),
      detail:
        untold === 0
          ? null
          : `Target and name of ${untold} SLA definition(s) do not say what they promise; say it in the setting slas.`,
    });
  },
  rows: SlaRun,
  by: changedBy('sys_updated_on', 900),
  async map(rows, context) {
    const known = (await context.session.slas()) ?? new Map();
    const tasks = [...new Set(rows.map((row) => row.task))];
    const runs = await readBelow(context, 'task_sla', SlaRun, tasks, {
      field: 'task',
      of: (row) => row.task,
      feed: 'sla-clocks',
    });
    return {
      sla_clock: tasks.flatMap((task) => toClocks(runs.of(task), known, context.settings)),
      rejected: runs.rejected,
    };
  },
});

export const surveys = tableChanges({
  id: 'surveys',
  title: 'Surveys of tickets',
  table: 'asmt_assessment_instance',
  filter: ({ settings }) =>
    `${isIn('task_id.sys_class_name', settings.tables)}^OR${isIn('trigger_table', settings.tables)}`,
  fills: { csat: fields('csat', 'offered_at answered_at score scale') },
  words: { permission: READ('asmt_assessment_instance and asmt_assessment_instance_question', 'survey_reader') },
  rows: Survey,
  async shows(context) {
    // What was answered stands in a table of its own; without it an answer would look like none.
    await lookAt(context, 'asmt_assessment_instance_question', null);
    return available();
  },
  by: changedBy('sys_updated_on'),
  async map(rows, context) {
    const isTicket = (table: string | null) => TICKET_TABLES.some((one) => one === table);
    const own = rows.filter((row) => {
      const of = row['task_id.sys_class_name'] ?? row.trigger_table;
      // Where neither is told the vendor's own choice of rows stands.
      return of === null ? row.task_id !== null : isTicket(of);
    });
    const answers = await readBelow(
      context,
      'asmt_assessment_instance_question',
      Answer,
      own.map((row) => row.sys_id),
      {
        field: 'instance',
        of: (row) => row.instance,
        feed: 'surveys',
      },
    );
    const questions = (await context.session.questions()) ?? new Map();
    return {
      csat: own.flatMap((row) => toCsat(row, answers.of(row.sys_id), questions) ?? []),
      rejected: answers.rejected,
    };
  },
});

/** Deleted records leave their table; the log keeps each of them whole. */
export const deletions = tableChanges({
  id: 'deletions',
  title: 'Deleted tickets',
  table: 'sys_audit_delete',
  filter: OF_TICKETS('tablename'),
  adds: true,
  fills: { tickets: ['deleted'] },
  words: { permission: READ('sys_audit_delete', 'admin') },
  rows: Deletion,
  by: changedBy('sys_created_on'),
  async map(rows, context) {
    const all: Mapped[] = [];
    for (const row of rows) {
      const table = TICKET_TABLES.find((one) => one === row.tablename);
      if (table === undefined) continue;
      const task = Task.safeParse({ ...fieldsOfXml(row.payload ?? ''), sys_id: row.documentkey });
      all.push(
        task.success
          ? { ticket: mapTicket(task.data, await loadDesk(context, table), true).ticket ?? [] }
          : { rejected: [setAside('deletions', row.sys_id, 'payload', 'expected: the record that was deleted')] },
      );
    }
    return joinMapped(all);
  },
});

/** Tickets as the vendor counts them, those that the user may not see among them. */
export async function countTickets(context: Context): Promise<number | null> {
  const { settings, until } = context;
  let all = 0;
  for (const table of settings.tables) {
    const since = settings.since === undefined ? null : `sys_updated_on>=${utc(startAt(settings))}`;
    const query = {
      sysparm_query: where(since, `sys_updated_on<=${utc(until)}`),
      sysparm_limit: 1,
      sysparm_fields: 'sys_id',
    };
    const asked = await orRefusal(() => askPage(context, { path: tablePath(table), query }, { at: AT, place: table }));
    // A table that is not there has none; one that is not counted leaves the whole uncounted.
    const total = asked.found === null ? 0 : Number(asked.found.headers['x-total-count'] ?? Number.NaN);
    if (Number.isNaN(total)) return null;
    all += total;
  }
  return all;
}
