import { intercomConversations, intercomRows, NOW } from './intercom.ts';
import { type Cells, type MadeTables, stampedBy } from './warehouse.ts';

/** As far as an interface is read that lags a minute behind. */
export const WRITTEN = new Date(NOW.getTime() - 60_000);

type Wrapped = Readonly<Record<string, Cells[]>> | null;
const partsOf = (): Cells[] =>
  Object.entries(intercomRows().parts).flatMap(([id, parts]) => parts.map((one) => ({ conversation_id: id, ...one })));

/** The made-up workspace as Airbyte writes it: the published columns of each stream. */
export function airbyteIntercomTables(): MadeTables {
  const stamped = stampedBy('_airbyte_extracted_at', WRITTEN);
  const { admins, teams, companies } = intercomRows();
  const conversations = intercomConversations().map(
    ({ linked_objects, ai_agent, ai_agent_participated, company, ticket, ...row }) => row,
  );
  const parts = partsOf().map(
    ({ conversation_id, id, part_type, created_at, updated_at, body, author, assigned_to }) => {
      const { from_ai_agent, is_ai_answer, ...own } = author as Cells;
      return { conversation_id, id, part_type, created_at, updated_at, body, author: own, assigned_to };
    },
  );
  return {
    conversations: stamped(conversations),
    conversation_parts: stamped(parts),
    admins: stamped(admins.map(({ role, ...row }) => row)),
    teams: stamped(teams),
    companies: stamped(companies),
  };
}

const instant = (seconds: unknown): string =>
  new Date(Number(seconds) * 1000).toISOString().replace('T', ' ').slice(0, 19);

/** The made-up workspace as Fivetran writes it: tables of history, every nested part in columns or tables of its own. */
export function fivetranIntercomTables(): MadeTables {
  const stamped = stampedBy('_fivetran_synced', WRITTEN);
  const { admins, teams, companies } = intercomRows();
  const own = intercomConversations();
  const listIn = (value: unknown, key: string): Cells[] => (value as Wrapped)?.[key] ?? [];
  const conversations = own.map((row) => {
    const source = row.source as Cells | null;
    const author = source?.author as Cells | undefined;
    const sla = row.sla_applied as Cells | null;
    return {
      id: row.id,
      created_at: instant(row.created_at),
      updated_at: instant(row.updated_at),
      state: row.state,
      open: row.open,
      priority: row.priority,
      assignee_id: row.admin_assignee_id,
      team_assignee_id: row.team_assignee_id,
      source_type: source?.type,
      source_delivered_as: source?.delivered_as,
      source_body: source?.body,
      source_author_type: author?.type,
      source_author_id: author?.id,
      sla_name: sla?.sla_name,
      sla_status: sla?.sla_status,
    };
  });
  const before = conversations.map((row) => ({ ...row, updated_at: row.created_at, state: 'open', open: true }));
  const parts = partsOf().map((part) => {
    const [author, to] = [part.author as Cells, part.assigned_to as Cells | null];
    return {
      id: part.id,
      conversation_id: part.conversation_id,
      part_type: part.part_type,
      created_at: instant(part.created_at),
      updated_at: instant(part.updated_at),
      body: part.body,
      author_type: author.type,
      author_id: author.id,
      assigned_to_type: to?.type,
      assigned_to_id: to?.id,
    };
  });
  const tags = own.flatMap((row) => listIn(row.tags, 'tags').map(({ name }) => ({ row, name: String(name) })));
  const names = [...new Set(tags.map(({ name }) => name))];
  return {
    conversation_history: stamped([...before, ...conversations]),
    conversation_part_history: stamped(parts),
    conversation_contact_history: stamped(
      own.flatMap((row) =>
        listIn(row.contacts, 'contacts').map(({ id }) => ({ conversation_id: row.id, contact_id: id })),
      ),
    ),
    conversation_tag_history: stamped(
      tags.map(({ row, name }) => ({
        conversation_id: row.id,
        tag_id: names.indexOf(name) + 1,
        conversation_updated_at: instant(row.updated_at),
      })),
    ),
    tag: stamped(names.map((name, i) => ({ id: i + 1, name }))),
    admin: stamped(admins.map(({ id, name }) => ({ id, name }))),
    team: stamped(teams.map(({ id, name }) => ({ id, name }))),
    team_admin: stamped(
      teams.flatMap(({ id, admin_ids }) => admin_ids.map((admin) => ({ team_id: id, admin_id: admin }))),
    ),
    company_history: stamped(
      companies.map(({ id, created_at, updated_at, plan, monthly_spend, industry }) => ({
        id,
        created_at: instant(created_at),
        updated_at: instant(updated_at),
        plan_name: (plan as Cells).name,
        monthly_spend,
        industry,
      })),
    ),
  };
}
