import { timeSql } from '../cells.ts';
import type { Layout } from '../layout.ts';

/** Jira as Airbyte's `source-jira` writes it: the vendor's records, of which fields and histories are JSON. */
export const airbyteJira: Layout = {
  tool: 'airbyte',
  vendor: 'jira-service-management',
  core: ['issues', 'projects'],
  tables: {
    issues: {
      key: ['id'],
      marks: ['fields', 'key'],
      columns: { id: 'id', key: 'text', fields: 'json', changelog: 'json', properties: 'json' },
    },
    issue_comments: {
      key: ['id'],
      columns: {
        id: 'id',
        self: 'text',
        created: 'text',
        author: 'json',
        body: 'json',
        jsdPublic: 'bool',
        properties: 'json',
      },
    },
    issue_fields: { key: ['id'], columns: { id: 'text', name: 'text', custom: 'bool', schema: 'json' } },
    workflow_statuses: { key: ['id'], columns: { id: 'id', name: 'text', statusCategory: 'json' } },
    projects: { key: ['id'], columns: { id: 'id', key: 'text', projectTypeKey: 'text' } },
    users_groups_detailed: {
      key: ['accountId'],
      columns: {
        accountId: 'text',
        accountType: 'text',
        displayName: 'text',
        active: 'bool',
        groups: 'json',
      },
    },
  },
  derived: {
    issue: {
      from: ['issues'],
      key: ['id'],
      sql: `select *, ${timeSql("(try_cast(fields as json) ->> 'updated')")} as updated from {issues}`,
      columns: { id: 'id', key: 'text', fields: 'json', changelog: 'json', properties: 'json' },
    },
    comment: {
      from: ['issue_comments'],
      key: ['id'],
      // The address of a comment names its issue.
      sql: `select *, nullif(regexp_extract(self, '/issue/([0-9]+)/comment/', 1), '') as issue_id from {issue_comments}`,
      columns: {
        id: 'id',
        issue_id: 'id',
        created: 'text',
        author: 'json',
        body: 'json',
        jsdPublic: 'bool',
        properties: 'json',
      },
    },
    person: {
      from: ['users_groups_detailed'],
      key: ['accountId'],
      sql: `select "accountId", "accountType", "displayName", active,
          cast(coalesce(json_extract(try_cast(groups as json), '$.items'), '[]') as varchar) as groups from {users_groups_detailed}`,
      columns: {
        accountId: 'text',
        accountType: 'text',
        displayName: 'text',
        active: 'bool',
        groups: 'json',
      },
    },
  },
  lists: {
    issues: { table: 'issue', order: 'updated' },
    comments: { table: 'comment' },
    fields: { table: 'issue_fields' },
    statuses: { table: 'workflow_statuses' },
    projects: { table: 'projects' },
    users: { table: 'person' },
  },
  streams: {
    groups: { needs: ['users_groups_detailed'] },
    fields: { needs: ['issue_fields'] },
    tickets: {
      needs: ['issues', 'projects', 'issue_comments', 'workflow_statuses'],
      wants: {
        // Airbyte asks for changes only where its connection is set to.
        'issues.changelog': {
          events: [
            'status',
            'priority',
            'group',
            'assignee',
            'field',
            'tag',
            'link',
            'escalation',
            'from_value',
            'to_value',
          ],
        },
        issue_fields: {},
        users_groups_detailed: {
          tickets: ['requester_is_agent', 'created_by', 'created_on_behalf'],
          messages: ['author', 'author_id'],
          events: ['actor', 'actor_id'],
        },
      },
    },
  },
  // The property with the channel of a request is not asked for; the site that an issue is named by is not told.
  lacks: { tickets: ['channel', 'vendor_channel', 'reference_keys'], messages: ['channel'] },
};
