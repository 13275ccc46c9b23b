import { ALL, type Layout } from '../layout.ts';
import { PARTS_LACK } from './intercom-lacks.ts';

const CUSTOMER = `('user', 'lead', 'contact')`;

/**
 * Intercom as Fivetran writes it: tables of history, of which the last version stands. A customer's message is taken to open what was closed, as the
 * vendor does. Ratings are not read: the published columns do not tell when one was given.
 */
export const fivetranIntercom: Layout = {
  tool: 'fivetran',
  vendor: 'intercom',
  core: ['conversation_history'],
  tables: {
    conversation_history: {
      key: ['id'],
      latest: 'updated_at',
      marks: ['source_type', 'source_delivered_as', 'state'],
      columns: {
        id: 'id',
        created_at: 'epoch',
        updated_at: 'epoch',
        state: 'text',
        open: 'bool',
        priority: 'text',
        assignee_id: 'id',
        assignee_type: 'text',
        team_assignee_id: 'id',
        source_type: 'text',
        source_delivered_as: 'text',
        source_body: 'text',
        source_author_type: 'text',
        source_author_id: 'id',
        sla_name: 'text',
        sla_status: 'text',
      },
    },
    conversation_part_history: {
      key: ['id'],
      latest: 'updated_at',
      columns: {
        id: 'id',
        conversation_id: 'id',
        part_type: 'text',
        created_at: 'epoch',
        updated_at: 'epoch',
        body: 'text',
        author_type: 'text',
        author_id: 'id',
        assigned_to_type: 'text',
        assigned_to_id: 'id',
      },
    },
    conversation_contact_history: {
      key: ['conversation_id', 'contact_id'],
      columns: { conversation_id: 'id', contact_id: ['id', 'id'] },
    },
    conversation_tag_history: {
      key: ['conversation_id', 'tag_id', 'conversation_updated_at'],
      columns: { conversation_id: 'id', tag_id: 'id', conversation_updated_at: 'time' },
    },
    tag: { key: ['id'], columns: { id: 'id', name: 'text' } },
    admin: { key: ['id'], columns: { id: 'id', name: 'text' } },
    team: { key: ['id'], columns: { id: 'id', name: 'text' } },
    team_admin: { key: ['team_id', 'admin_id'], columns: { team_id: 'id', admin_id: 'id' } },
    company_history: {
      key: ['id'],
      latest: 'updated_at',
      columns: {
        id: 'id',
        created_at: 'epoch',
        updated_at: 'epoch',
        plan_name: ['text', 'plan.name'],
        monthly_spend: 'number',
        industry: 'text',
      },
    },
  },
  derived: {
    conversation: {
      from: ['conversation_history'],
      key: ['id'],
      // Older exports name the team in the place of the teammate.
      sql: `select *, case when assignee_type = 'team' then null else assignee_id end as admin_id,
          coalesce(team_assignee_id, case when assignee_type = 'team' then assignee_id end) as team_id
        from {conversation_history} where not " deleted"`,
      columns: {
        id: 'id',
        created_at: 'epoch',
        updated_at: 'epoch',
        state: 'text',
        open: 'bool',
        priority: 'text',
        admin_id: ['id', 'admin_assignee_id'],
        team_id: ['id', 'team_assignee_id'],
        source_type: ['text', 'source.type'],
        source_delivered_as: ['text', 'source.delivered_as'],
        source_body: ['text', 'source.body'],
        source_author_type: ['text', 'source.author.type'],
        source_author_id: ['id', 'source.author.id'],
        sla_name: ['text', 'sla_applied.sla_name'],
        sla_status: ['text', 'sla_applied.sla_status'],
      },
    },
    part: {
      from: ['conversation_part_history'],
      key: ['id'],
      sql: `select *, case when author_type in ${CUSTOMER} then 'open' end as state
        from {conversation_part_history} where not " deleted"`,
      columns: {
        id: 'id',
        conversation_id: 'id',
        part_type: 'text',
        created_at: 'epoch',
        body: 'text',
        state: 'text',
        author_type: ['text', 'author.type'],
        author_id: ['id', 'author.id'],
        assigned_to_type: ['text', 'assigned_to.type'],
        assigned_to_id: ['id', 'assigned_to.id'],
      },
    },
    conversation_tag: {
      from: ['conversation_tag_history'],
      key: ['conversation_id', 'name'],
      sql: `select distinct h.conversation_id, t.name
        from (select * from {conversation_tag_history} qualify conversation_updated_at = max(conversation_updated_at) over (partition by conversation_id)) h
        join {tag} t on t.id = h.tag_id`,
      columns: { conversation_id: 'id', name: 'text' },
    },
  },
  lists: {
    conversations: {
      table: 'conversation',
      order: 'updated_at',
      nested: [
        { table: 'conversation_contact_history', on: 'conversation_id', at: 'contacts.contacts' },
        { table: 'conversation_tag', on: 'conversation_id', at: 'tags.tags' },
      ],
    },
    parts: { table: 'part', order: 'created_at' },
    admins: { table: 'admin' },
    teams: { table: 'team', nested: [{ table: 'team_admin', on: 'team_id', at: 'admin_ids', value: 'admin_id' }] },
    companies: { table: 'company_history' },
  },
  streams: {
    teams: { needs: ['team'], wants: { team_admin: { agents: ['membership'] } } },
    teammates: { needs: ['admin'], wants: { team: { agents: ['department'] } } },
    companies: { needs: ['company_history'] },
    conversations: {
      needs: ['conversation_history', 'conversation_part_history'],
      wants: {
        admin: {},
        conversation_contact_history: { tickets: ['requester_key'] },
        conversation_tag_history: { tickets: ['tags'] },
        tag: { tickets: ['tags'] },
      },
    },
  },
  lacks: {
    ...PARTS_LACK,
    tickets: [
      ...(PARTS_LACK.tickets ?? []),
      'filled_fields',
      'reported_first_reply_at',
      'reported_closed_at',
      'reported_reopens',
      'reported_reassignments',
      'reported_first_reply_business_s',
      'reported_first_resolution_business_s',
      'reported_full_resolution_business_s',
    ],
    csat: [ALL],
    organisations: ['terms', 'external_keys'],
  },
};
