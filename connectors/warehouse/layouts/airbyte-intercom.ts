import type { Layout } from '../layout.ts';
import { PARTS_LACK } from './intercom-lacks.ts';

/**
 * Intercom as Airbyte's `source-intercom` writes it. Parts come without their details and without the state behind them: a customer's message is taken
 * to open what was closed, as the vendor does.
 */
export const airbyteIntercom: Layout = {
  tool: 'airbyte',
  vendor: 'intercom',
  core: ['conversations'],
  tables: {
    conversations: {
      key: ['id'],
      marks: ['source', 'state', 'contacts'],
      latest: 'updated_at',
      columns: {
        id: 'id',
        created_at: 'epoch',
        updated_at: 'epoch',
        state: 'text',
        open: 'bool',
        priority: 'text',
        admin_assignee_id: 'id',
        team_assignee_id: 'id',
        contacts: 'json',
        tags: 'json',
        source: 'json',
        custom_attributes: 'json',
        statistics: 'json',
        sla_applied: 'json',
        conversation_rating: 'json',
      },
    },
    conversation_parts: {
      key: ['id'],
      latest: 'updated_at',
      columns: {
        id: 'id',
        conversation_id: 'id',
        part_type: 'text',
        created_at: 'epoch',
        updated_at: 'epoch',
        body: 'text',
        author: 'json',
        assigned_to: 'json',
      },
    },
    admins: {
      key: ['id'],
      columns: { id: 'id', name: 'text', has_inbox_seat: 'bool', team_ids: 'json' },
    },
    teams: { key: ['id'], columns: { id: 'id', name: 'text', admin_ids: 'json' } },
    companies: {
      key: ['id'],
      columns: {
        id: 'id',
        company_id: 'text',
        created_at: 'epoch',
        plan: 'json',
        monthly_spend: 'number',
        industry: 'text',
        tags: 'json',
      },
    },
  },
  derived: {
    part: {
      from: ['conversation_parts'],
      key: ['id'],
      columns: {
        id: 'id',
        conversation_id: 'id',
        part_type: 'text',
        created_at: 'epoch',
        body: 'text',
        author: 'json',
        assigned_to: 'json',
        state: 'text',
      },
      sql: `select *, case when try_cast(author as json) ->> 'type' in ('user', 'lead', 'contact') then 'open' end as state
        from {conversation_parts} where not " deleted"`,
    },
  },
  lists: {
    conversations: { table: 'conversations', order: 'updated_at' },
    parts: { table: 'part', order: 'created_at' },
    admins: { table: 'admins' },
    teams: { table: 'teams' },
    companies: { table: 'companies' },
  },
  streams: {
    teams: { needs: ['teams'] },
    teammates: { needs: ['admins'], wants: { teams: { agents: ['department'] } } },
    companies: { needs: ['companies'] },
    conversations: { needs: ['conversations', 'conversation_parts'], wants: { admins: {} } },
  },
  lacks: PARTS_LACK,
};
