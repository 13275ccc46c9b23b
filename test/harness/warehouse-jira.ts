import { jiraRows, NOW } from './jira-service-management.ts';
import { type Cells, type MadeTables, stampedBy } from './warehouse.ts';

/** As far as an interface is read that lags a minute behind. */
export const WRITTEN = new Date(NOW.getTime() - 60_000);

type Issue = Cells & { readonly id: string; readonly fields: Cells };
type History = Cells & { readonly created: string; readonly items: readonly Cells[] };

/** All changes of an issue, oldest first. */
function historiesOf(issue: Issue): History[] {
  const own =
    jiraRows().whole[issue.id] ?? [...((issue.changelog as { histories: Cells[] }).histories ?? [])].reverse();
  return [...own] as unknown as History[];
}

/** The made-up site as Airbyte writes it, with changes asked for. */
export function airbyteJiraTables(): MadeTables {
  const stamped = stampedBy('_airbyte_extracted_at', WRITTEN);
  const { issues, comments, fields, statuses, groups, members, people } = jiraRows();
  const groupsOf = (person: Cells) =>
    groups.filter(({ groupId }) => members[groupId]?.some((one) => one.accountId === person.accountId));
  return {
    issues: stamped(
      (issues as Issue[]).map(({ id, key, fields: own, ...issue }) => {
        const histories = historiesOf({ ...issue, id, fields: own });
        return { id, key, fields: own, changelog: { total: histories.length, histories } };
      }),
    ),
    issue_comments: stamped(
      Object.entries(comments).flatMap(([issue, rows]) =>
        rows.map((row) => ({ ...row, self: `https://acme.atlassian.net/rest/api/3/issue/${issue}/comment/${row.id}` })),
      ),
    ),
    issue_fields: stamped(fields.map(({ id, key, name, custom, schema }) => ({ id, key, name, custom, schema }))),
    workflow_statuses: stamped(statuses),
    projects: stamped([
      { id: '11001', key: 'SUP', projectTypeKey: 'service_desk' },
      { id: '11002', key: 'DEV', projectTypeKey: 'software' },
    ]),
    users_groups_detailed: stamped(people.map((one) => ({ ...one, groups: { size: 1, items: groupsOf(one) } }))),
  };
}

const naive = (iso: unknown): string | null =>
  iso === null || iso === undefined ? null : new Date(String(iso)).toISOString().replace('T', ' ').replace('Z', '');
const idOf = (value: unknown): unknown => (value as Cells | null)?.id ?? null;
const personOf = (value: unknown): unknown => (value as Cells | null)?.accountId ?? null;

/** Values of a field over time, those at creation first. */
function valuesOf(issue: Issue, field: string, now: unknown, side: ['from', 'to'] | ['fromString', 'toString']) {
  const turns = historiesOf(issue).flatMap(({ created, items }) =>
    items
      .filter((item) => item.fieldId === field)
      .map((item) => ({ at: created, before: item[side[0]], after: item[side[1]] })),
  );
  const born = turns.length === 0 ? now : turns[0]?.before;
  return [{ at: issue.fields.created, value: born }, ...turns.map(({ at, after }) => ({ at, value: after }))];
}

/** The made-up site as Fivetran writes it: issues in columns, and the history field by field. */
export function fivetranJiraTables(): MadeTables {
  const stamped = stampedBy('_fivetran_synced', WRITTEN);
  const { comments, statuses, priorities, people } = jiraRows();
  const issues = jiraRows().issues as Issue[];
  const kinds = new Map(issues.map(({ fields }) => [idOf(fields.issuetype), (fields.issuetype as Cells).name]));
  const single = issues.flatMap((issue) =>
    [
      ['status', idOf(issue.fields.status)],
      ['priority', idOf(issue.fields.priority)],
      ['assignee', personOf(issue.fields.assignee)],
      ['resolution', idOf(issue.fields.resolution)],
    ].flatMap(([field, now]) =>
      valuesOf(issue, String(field), now, ['from', 'to']).map(({ at, value }) => ({
        issue_id: issue.id,
        field_id: field,
        time: naive(at),
        value,
      })),
    ),
  );
  const labels = issues.flatMap((issue) =>
    valuesOf(issue, 'labels', (issue.fields.labels as string[]).join(' '), ['fromString', 'toString']).flatMap(
      ({ at, value }) =>
        (String(value ?? '') === '' ? [null] : String(value).split(' ')).map((label) => ({
          issue_id: issue.id,
          field_id: 'labels',
          time: naive(at),
          value: label,
        })),
    ),
  );
  return {
    issue: stamped(
      issues.map(({ id, key, fields }) => ({
        id,
        key,
        created: naive(fields.created),
        updated: naive(fields.updated),
        resolved: naive(fields.resolutiondate),
        status: idOf(fields.status),
        priority: idOf(fields.priority),
        issue_type: idOf(fields.issuetype),
        project: idOf(fields.project),
        resolution: idOf(fields.resolution),
        assignee: personOf(fields.assignee),
        reporter: personOf(fields.reporter),
        creator: personOf(fields.creator),
      })),
    ),
    issue_field_history: stamped(single),
    issue_multiselect_history: stamped(labels),
    comment: stamped(
      Object.entries(comments).flatMap(([issue_id, rows]) =>
        rows.map(({ id, author, body, created, jsdPublic }) => ({
          id,
          issue_id,
          author_id: personOf(author),
          body,
          created: naive(created),
          is_public: jsdPublic ?? false,
        })),
      ),
    ),
    user: stamped(people.map(({ accountId, displayName }) => ({ id: accountId, name: displayName }))),
    // The vendor's own categories: 2 to do, 3 done, 4 in progress.
    status: stamped(
      statuses.map(({ id, name, statusCategory }) => ({
        id,
        name,
        status_category_id: (statusCategory as Cells).key === 'done' ? 3 : 4,
      })),
    ),
    priority: stamped(priorities.map(({ id, name }) => ({ id, name }))),
    resolution: stamped([{ id: '1', name: 'Done' }]),
    issue_type: stamped([...kinds].map(([id, name]) => ({ id, name }))),
    project: stamped([
      { id: '11001', key: 'SUP' },
      { id: '11002', key: 'DEV' },
    ]),
  };
}
