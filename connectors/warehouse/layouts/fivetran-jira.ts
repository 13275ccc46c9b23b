import { ALL, type Layout } from '../layout.ts';

const named = (table: string, id: string) =>
  `(select to_json(struct_pack(id := n.id, name := n.name)) from {${table}} n where n.id = ${id})`;
const person = (id: string) =>
  `(select to_json(struct_pack("accountId" := p.id, "displayName" := p.name)) from {user} p where p.id = ${id})`;

/** A set of values is written anew at each change; the first of an issue are those of its creation. */
const ISSUES = `
  with value as (
    select issue_id, field_id, "time" as moment, value from {issue_field_history}
    where field_id in ('status', 'priority', 'assignee', 'resolution') and not " deleted"
    union all
    select issue_id, field_id, "time", string_agg(value, ' ' order by value) from {issue_multiselect_history}
    where field_id = 'labels' and not " deleted" group by all
  ), turn as (
    select *, lag(value) over w as before, row_number() over w as place from value
    window w as (partition by issue_id, field_id order by moment)
  ), word as (
    select 'status' as field_id, id, name from {status} union all
    select 'priority', id, name from {priority} union all select 'resolution', id, name from {resolution}
  ), item as (
    select t.issue_id, t.moment, to_json(struct_pack(field := t.field_id, "fieldId" := t.field_id,
      "from" := case when t.field_id <> 'labels' then t.before end, "fromString" := coalesce(b.name, t.before),
      "to" := case when t.field_id <> 'labels' then t.value end, "toString" := coalesce(a.name, t.value))) as item
    from turn t join {issue} i on i.id = t.issue_id
    left join word a on a.field_id = t.field_id and a.id = t.value
    left join word b on b.field_id = t.field_id and b.id = t.before
    where not (t.place = 1 and cast(t.moment as timestamptz) <= cast(i.created as timestamptz) + interval 5 second)
      and t.value is distinct from t.before
  ), history as (
    select issue_id, cast(to_json(struct_pack(id := issue_id || '-' || cast(epoch_ms(cast(moment as timestamptz)) as varchar),
      created := moment, items := list(item))) as varchar) as history, moment
    from item group by issue_id, moment
  ), log as (
    select issue_id, '{"total":' || count(*) || ',"histories":[' || string_agg(history, ',' order by moment) || ']}' as changelog
    from history group by 1
  ), labels as (
    select issue_id, to_json(list(value order by value)) as labels
    from (select * from {issue_multiselect_history} where field_id = 'labels' and value is not null
      qualify "time" = max("time") over (partition by issue_id, field_id))
    group by 1
  )
  select i.id, i.key, i.updated, coalesce(l.changelog, '{"total":0,"histories":[]}') as changelog,
    cast(to_json(struct_pack(created := i.created, updated := i.updated, resolutiondate := i.resolved,
      status := (select to_json(struct_pack(id := s.id, name := s.name, "statusCategory" := struct_pack(
        "key" := case s.status_category_id when '2' then 'new' when '3' then 'done' when '4' then 'indeterminate' end)))
        from {status} s where s.id = i.status),
      priority := ${named('priority', 'i.priority')}, issuetype := ${named('issue_type', 'i.issue_type')},
      resolution := ${named('resolution', 'i.resolution')}, project := to_json(struct_pack(id := i.project)),
      assignee := ${person('i.assignee')}, reporter := ${person('i.reporter')}, creator := ${person('i.creator')},
      labels := coalesce(t.labels, '[]'::json))) as varchar) as fields
  from {issue} i left join log l on l.issue_id = i.id left join labels t on t.issue_id = i.id where not i." deleted"`;

/**
 * Jira as Fivetran writes it: issues in columns, the history field by field without whoever changed it. Fields of a site's own are left out: the
 * published columns do not tell their types.
 */
export const fivetranJira: Layout = {
  tool: 'fivetran',
  vendor: 'jira-service-management',
  core: ['issue', 'project', 'status'],
  tables: {
    issue: {
      key: ['id'],
      marks: ['key', 'issue_type', 'project'],
      columns: {
        id: 'id',
        key: 'text',
        created: 'time',
        updated: 'time',
        resolved: 'time',
        status: 'id',
        priority: 'id',
        issue_type: 'id',
        project: 'id',
        resolution: 'id',
        assignee: 'text',
        reporter: 'text',
        creator: 'text',
      },
    },
    issue_field_history: {
      key: ['issue_id', 'field_id', 'time'],
      columns: { issue_id: 'id', field_id: 'text', time: 'time', value: 'text' },
    },
    issue_multiselect_history: {
      key: [],
      columns: { issue_id: 'id', field_id: 'text', time: 'time', value: 'text' },
    },
    comment: {
      key: ['id'],
      columns: {
        id: 'id',
        issue_id: 'id',
        author_id: ['text', 'author.accountId'],
        body: 'text',
        created: 'time',
        is_public: ['bool', 'jsdPublic'],
      },
    },
    user: { key: ['id'], columns: { id: 'text', name: 'text' } },
    status: { key: ['id'], columns: { id: 'id', name: 'text', status_category_id: 'id' } },
    priority: { key: ['id'], columns: { id: 'id', name: 'text' } },
    resolution: { key: ['id'], columns: { id: 'id', name: 'text' } },
    issue_type: { key: ['id'], columns: { id: 'id', name: 'text' } },
    project: { key: ['id'], columns: { id: 'id', key: 'text' } },
  },
  derived: {
    issue_record: {
      from: ['issue'],
      key: ['id'],
      sql: ISSUES,
      columns: { id: 'id', key: 'text', changelog: 'json', fields: 'json' },
    },
    status_record: {
      from: ['status'],
      key: ['id'],
      sql: `select id, name, case status_category_id when '2' then 'new' when '3' then 'done' when '4' then 'indeterminate' end as category
        from {status} where not " deleted"`,
      columns: { id: 'id', name: 'text', category: ['text', 'statusCategory.key'] },
    },
    // None is read, which is known: a list that is not there would leave open whether one of them holds the cause.
    field_record: {
      from: ['issue'],
      key: ['id'],
      sql: 'select id, key as name from {issue} where false',
      columns: { id: 'text', name: 'text' },
    },
  },
  lists: {
    issues: { table: 'issue_record', order: 'updated' },
    comments: { table: 'comment' },
    statuses: { table: 'status_record' },
    projects: { table: 'project' },
    fields: { table: 'field_record' },
  },
  streams: {
    tickets: {
      needs: ['issue', 'project', 'status', 'issue_field_history', 'comment', 'priority', 'user'],
      wants: {
        issue_type: { tickets: ['type'] },
        resolution: { tickets: ['cause_code'] },
        issue_multiselect_history: { tickets: ['tags'], events: ['tag'] },
      },
    },
  },
  lacks: {
    tickets: [
      'channel',
      'vendor_channel',
      'form',
      'group_id',
      'requester_is_agent',
      'organisation_id',
      'product',
      'category',
      'severity',
      'created_by',
      'created_on_behalf',
      'reference_keys',
    ],
    events: ['actor', 'actor_id', 'group', 'link'],
    messages: ['channel', 'author', 'author_id'],
    sla_clocks: [ALL],
    csat: [ALL],
    links: ['linked_at'],
  },
};
