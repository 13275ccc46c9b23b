import type { Layout } from '../layout.ts';
import { REPORTED } from './airbyte-zendesk.ts';

/**
 * Changes and comments of a ticket at one instant as one update. The value before is that of the row before of the same field. The first values are
 * those of the creation where the history reaches back to it. A private comment of a customer came by mail: customers cannot write notes.
 */
const UPDATES = `
  with change as (
    select h.ticket_id, h.updated as moment, h.user_id, h.field_name as name, h.value,
      lag(h.value) over w as before, row_number() over w = 1 and h.updated <= t.created_soon as first
    from {ticket_field_history} h
    left join (select id, strftime(cast(created_at as timestamptz) + interval 5 second, '%Y-%m-%dT%H:%M:%S.%gZ') as created_soon from {ticket}) t on t.id = h.ticket_id
    window w as (partition by h.ticket_id, h.field_name order by h.updated)
  ), part as (
    select ticket_id, moment, user_id, '0' || name as place, to_json(struct_pack(
      type := case when first then 'Create' else 'Change' end, field_name := name, value := value, previous_value := before)) as part
    from change
    union all
    select c.ticket_id, c.created, null, '1' || c.id, to_json(struct_pack(
      id := c.id, type := case when lower(c.voice_comment) in ('true', 't', '1') then 'VoiceComment' else 'Comment' end,
      author_id := c.user_id, public := lower(c.public) in ('true', 't', '1'), body := c.body,
      via := case when u.role = 'end-user' and lower(c.public) not in ('true', 't', '1') then 'mail' end))
    from {ticket_comment} c left join {user} u on u.id = c.user_id where not c." deleted"
  )
  select ticket_id || '-' || cast(epoch(cast(moment as timestamptz)) as bigint) as id, ticket_id, min(moment) as created_at,
    case when count(distinct user_id) = 1 then min(user_id) end as updater_id,
    '[' || string_agg(cast(part as varchar), ',' order by place) || ']' as child_events
  from part where ticket_id is not null and moment is not null
  group by ticket_id, epoch(cast(moment as timestamptz)), left(moment, 19)`;

/** The last value of each own field of a ticket: fields of the history that are named by a number. */
const CUSTOM_FIELDS = `
  select ticket_id, field_name as id, arg_max(value, updated) as value from {ticket_field_history}
  where regexp_full_match(field_name, '[0-9]+') group by all`;

/** Schedules, of which the table has a row an interval. */
const SCHEDULES = `
  select id, min(created_at) as created_at, any_value(time_zone) as time_zone,
    cast(to_json(list(struct_pack(start_time := cast(start_time as bigint), end_time := cast(end_time as bigint)) order by cast(start_time as bigint))) as varchar) as intervals
  from {schedule} where not " deleted" group by id`;

/** Policies as they were last edited, with the targets of that edit. */
const POLICIES = `
  select p.id, p.title, p.created_at, p.updated_at, cast(to_json(list(struct_pack(
      metric := m.metric, priority := m.priority, target := cast(m.target as double),
      business_hours := lower(m.business_hours) in ('true', 't', '1')) order by m.metric, m."index")) as varchar) as policy_metrics
  from (select * from {sla_policy_history} qualify row_number() over (partition by id order by updated_at desc) = 1) p
  join (select * from {sla_policy_metric_history} qualify sla_policy_updated_at = max(sla_policy_updated_at) over (partition by sla_policy_id)) m
    on m.sla_policy_id = p.id
  where not p." deleted" group by all`;

/**
 * Zendesk as Fivetran writes it: a table an object, nested parts in columns and tables of their own, the history field by field. It does not tell by
 * which way or rule a change was made.
 */
export const fivetranZendesk: Layout = {
  tool: 'fivetran',
  vendor: 'zendesk',
  core: ['ticket'],
  tables: {
    ticket: {
      key: ['id'],
      marks: ['via_channel', 'submitter_id', 'requester_id'],
      columns: {
        id: 'id',
        created_at: 'time',
        updated_at: 'time',
        status: 'text',
        priority: 'text',
        type: 'text',
        via_channel: ['text', 'via.channel'],
        via_source_rel: ['text', 'via.source.rel'],
        via_followup_source_id: 'id',
        ticket_form_id: 'id',
        group_id: 'id',
        assignee_id: 'id',
        requester_id: 'id',
        submitter_id: 'id',
        organization_id: 'id',
        brand_id: 'id',
        problem_id: 'id',
      },
    },
    ticket_tag: { key: ['ticket_id', 'tag'], columns: { ticket_id: 'id', tag: 'text' } },
    ticket_field_history: {
      key: ['ticket_id', 'field_name', 'updated'],
      columns: { ticket_id: 'id', field_name: 'text', updated: 'time', user_id: 'id', value: 'text' },
    },
    ticket_comment: {
      key: ['id'],
      columns: {
        id: 'id',
        ticket_id: 'id',
        created: 'time',
        user_id: 'id',
        public: 'bool',
        voice_comment: 'bool',
        body: 'text',
      },
    },
    ticket_custom_field: {
      key: ['id'],
      columns: { id: 'id', title: 'text', type: 'text', active: 'bool' },
    },
    user: {
      key: ['id'],
      columns: {
        id: 'id',
        name: 'text',
        email: 'text',
        role: 'text',
        role_type: 'number',
        custom_role_id: 'id',
        only_private_comments: 'bool',
        active: 'bool',
        suspended: 'bool',
        created_at: 'time',
      },
    },
    group: { key: ['id'], columns: { id: 'id', name: 'text' } },
    group_member: { key: ['id'], columns: { id: 'id', user_id: 'id', group_id: 'id' } },
    organization: {
      key: ['id'],
      columns: { id: 'id', external_id: 'text', created_at: 'time', updated_at: 'time' },
    },
    organization_tag: { key: ['organization_id', 'tag'], columns: { organization_id: 'id', tag: 'text' } },
    domain_name: {
      key: ['organization_id', 'index'],
      columns: { organization_id: 'id', index: 'number', domain_name: 'text' },
    },
    satisfaction_rating: {
      key: ['id'],
      columns: { id: 'id', ticket_id: 'id', score: 'text', created_at: 'time', updated_at: 'time' },
    },
    schedule: {
      key: ['id', 'start_time'],
      columns: { id: 'id', created_at: 'time', time_zone: 'text', start_time: 'number', end_time: 'number' },
    },
    schedule_holiday: {
      key: ['id'],
      columns: { id: 'id', schedule_id: 'id', start_date: 'date', end_date: 'date' },
    },
    sla_policy_history: {
      key: ['id', 'updated_at'],
      columns: { id: 'id', title: 'text', created_at: 'time', updated_at: 'time' },
    },
    sla_policy_metric_history: {
      key: ['sla_policy_id', 'sla_policy_updated_at', 'metric', 'priority', 'index'],
      columns: {
        sla_policy_id: 'id',
        sla_policy_updated_at: 'time',
        index: 'number',
        metric: 'text',
        priority: 'text',
        target: 'number',
        business_hours: 'bool',
      },
    },
  },
  derived: {
    update: {
      from: ['ticket_field_history', 'ticket_comment'],
      sql: UPDATES,
      key: ['id'],
      columns: { id: 'id', ticket_id: 'id', created_at: 'time', updater_id: 'id', child_events: 'json' },
    },
    field_value: {
      from: ['ticket_field_history'],
      sql: CUSTOM_FIELDS,
      key: ['ticket_id', 'id'],
      columns: { ticket_id: 'id', id: 'id', value: 'text' },
    },
    schedule_of_week: {
      from: ['schedule'],
      sql: SCHEDULES,
      key: ['id'],
      columns: { id: 'id', created_at: 'time', time_zone: 'text', intervals: 'json' },
    },
    sla_policy: {
      from: ['sla_policy_history', 'sla_policy_metric_history'],
      sql: POLICIES,
      key: ['id'],
      columns: { id: 'id', title: 'text', created_at: 'time', updated_at: 'time', policy_metrics: 'json' },
    },
  },
  lists: {
    tickets: {
      table: 'ticket',
      order: 'updated_at',
      deleted: { status: 'deleted' },
      nested: [
        { table: 'ticket_tag', on: 'ticket_id', at: 'tags', value: 'tag' },
        { table: 'field_value', on: 'ticket_id', at: 'custom_fields' },
      ],
    },
    updates: { table: 'update', order: 'created_at' },
    people: { table: 'user' },
    agents: { table: 'user', only: { column: 'role', values: ['agent', 'admin'] } },
    groups: { table: 'group' },
    group_memberships: { table: 'group_member' },
    ticket_fields: { table: 'ticket_custom_field' },
    organizations: {
      table: 'organization',
      order: 'updated_at',
      nested: [
        { table: 'domain_name', on: 'organization_id', at: 'domain_names', order: 'index', value: 'domain_name' },
        { table: 'organization_tag', on: 'organization_id', at: 'tags', value: 'tag' },
      ],
    },
    satisfaction_ratings: { table: 'satisfaction_rating', order: 'updated_at' },
    // The oldest is that of tickets without one.
    schedules: { table: 'schedule_of_week', order: 'created_at' },
    holidays: { table: 'schedule_holiday' },
    sla_policies: { table: 'sla_policy' },
  },
  streams: {
    people: {
      needs: ['user'],
      wants: {
        group: { agents: ['team', 'purpose', 'tier', 'department'] },
        group_member: { agents: ['membership', 'department'] },
      },
    },
    schedules: { needs: ['schedule'], wants: { schedule_holiday: { calendars: ['holidays'] } } },
    'sla-policies': { needs: ['sla_policy_history', 'sla_policy_metric_history'] },
    organisations: {
      needs: ['organization'],
      wants: {
        domain_name: { organisations: ['domain_hash'] },
        organization_tag: { organisations: ['tier', 'tier_rank'] },
      },
    },
    tickets: {
      needs: ['ticket'],
      wants: {
        ticket_tag: { tickets: ['tags', 'merged_into'] },
        ticket_field_history: {
          tickets: ['filled_fields', 'product', 'category', 'severity', 'cause_code', 'billable_s'],
        },
        user: {},
        ticket_custom_field: {},
      },
    },
    'ticket-events': { needs: ['ticket_field_history', 'ticket_comment'] },
    'satisfaction-ratings': { needs: ['satisfaction_rating'] },
  },
  lacks: {
    tickets: [...REPORTED, 'test'],
    // By which way a change was made, and by which rule, is told nowhere: whose update it was does not say who did it.
    events: [
      'actor',
      'actor_id',
      'rule_id',
      'actor:customer',
      'actor:agent',
      'actor:automation',
      'actor:system',
      'tag',
      'link',
      'merge',
      'delete',
      'csat',
      'escalation',
    ],
    messages: [
      'channel',
      'auto_reply',
      'template_id',
      'article_ids',
      'promised_reply_s',
      'promise_business_hours',
      'through_api',
    ],
    organisations: ['terms', 'has_contract', 'renews_at', 'has_health', 'health_rank', 'partner'],
    sla_policies: [
      'active',
      'is_default',
      'condition_fields',
      'condition_terms',
      'unread_conditions',
      'tier',
      'position',
    ],
    csat: ['reason_code'],
  },
};
