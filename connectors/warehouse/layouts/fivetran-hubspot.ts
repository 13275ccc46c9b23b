import { timeSql } from '../cells.ts';
import { ALL, type Columns, type DerivedTable, type Layout } from '../layout.ts';

const OBJECT: Columns = {
  id: 'id',
  created: ['text', 'createdAt'],
  properties: 'json',
  past: ['json', 'propertiesWithHistory'],
  archived: ['time', 'archivedAt'],
};

/**
 * Objects with the last value of each property and all values of each. Properties that the history does not have are those of the columns. The last
 * change is what the vendor says, else the newest value.
 */
function objects(table: string, history: string, key: string, columns: readonly string[], gone: boolean): DerivedTable {
  const flat = columns.map(
    (name) => `select id as object, '${name}' as name, property_${name} as value from {${table}}`,
  );
  return {
    from: [table],
    key: ['id'],
    columns: OBJECT,
    sql: `
      with version as (
        select distinct ${key} as object, name, value, coalesce(timestamp_instant, "timestamp") as moment, source,
          nullif(regexp_extract(source_id, 'userId:([0-9]+)', 1), '') as user
        from {${history}} where not " deleted"
      ), last as (select object, name, arg_max(value, moment) as value from version group by all),
      flat as (${flat.join(' union all ')}),
      every as (
        select coalesce(l.object, f.object) as object, coalesce(l.name, f.name) as name, coalesce(l.value, f.value) as value
        from last l full join flat f on f.object = l.object and f.name = l.name
      ), present as (
        select object, cast(json_group_object(name, value) as varchar) as properties,
          max(value) filter (name = 'createdate') as created, max(value) filter (name = 'hs_lastmodifieddate') as changed
        from every where value is not null group by 1
      ), told as (
        select object, name, to_json(list(struct_pack(value := value, "timestamp" := moment, "sourceType" := source,
          "updatedByUserId" := user) order by moment desc)) as versions, max(moment) as newest
        from version group by all
      ), past as (
        select object, cast(json_group_object(name, versions) as varchar) as past, max(newest) as newest from told group by 1
      )
      select t.id, p.created, p.properties, h.past, ${timeSql('coalesce(p.changed, h.newest, p.created)')} as updated,
        t." synced" as archived
      from {${table}} t join present p on p.object = t.id left join past h on h.object = t.id
      where (coalesce(lower(t.is_deleted), 'false') in ('true', 't', '1') or t." deleted") = ${gone}`,
  };
}

const TICKET = [
  'createdate',
  'closed_date',
  'first_agent_reply_date',
  'hs_pipeline',
  'hs_pipeline_stage',
  'hs_ticket_category',
  'hs_ticket_priority',
  'hubspot_owner_id',
] as const;
const COMPANY = ['createdate', 'industry'] as const;

function propertyColumns(names: readonly string[]): Columns {
  const times = new Set(['createdate', 'closed_date', 'first_agent_reply_date']);
  return Object.fromEntries(names.map((name) => [`property_${name}`, times.has(name) ? 'time' : 'text']));
}

const HISTORY: Columns = {
  name: 'text',
  value: 'text',
  source: 'text',
  source_id: 'text',
  timestamp_instant: 'time',
  timestamp: 'time',
};

function propertiesOf(object: string): DerivedTable {
  return {
    from: ['property'],
    key: ['name'],
    sql: `select * from {property} where lower(hubspot_object) in ('${object}', '${object === 'ticket' ? 'tickets' : 'companies'}') and not " deleted"`,
    columns: {
      name: 'text',
      label: 'text',
      type: 'text',
      field_type: ['text', 'fieldType'],
      hubspot_defined: ['bool', 'hubspotDefined'],
      calculated: 'bool',
    },
  };
}

/**
 * HubSpot as Fivetran writes it: objects with a column a property, and every value that a property ever had. Conversations are in no table, and mail
 * that is logged does not say its direction.
 */
export const fivetranHubspot: Layout = {
  tool: 'fivetran',
  vendor: 'hubspot',
  core: ['ticket', 'ticket_property_history'],
  tables: {
    ticket: {
      key: ['id'],
      marks: ['property_hs_pipeline_stage'],
      columns: { id: 'id', is_deleted: 'bool', ...propertyColumns(TICKET) },
    },
    ticket_property_history: {
      key: [],
      marks: ['ticket_id', 'name', 'value'],
      columns: { ticket_id: 'id', ...HISTORY },
    },
    ticket_pipeline: { key: ['pipeline_id'], columns: { pipeline_id: ['id', 'id'], label: 'text' } },
    ticket_pipeline_stage: {
      key: ['stage_id'],
      columns: {
        stage_id: ['id', 'id'],
        pipeline_id: 'id',
        label: 'text',
        ticket_state: ['text', 'metadata.ticketState'],
        is_closed: ['text', 'metadata.isClosed'],
      },
    },
    owner: {
      key: ['owner_id'],
      columns: {
        owner_id: ['id', 'id'],
        type: 'text',
        first_name: ['text', 'firstName'],
        last_name: ['text', 'lastName'],
        created_at: ['time', 'createdAt'],
      },
    },
    property: {
      key: ['hubspot_object', 'name'],
      columns: {
        hubspot_object: 'text',
        name: 'text',
        label: 'text',
        type: 'text',
        field_type: 'text',
        hubspot_defined: 'bool',
        calculated: 'bool',
      },
    },
    ticket_contact: {
      key: ['ticket_id', 'contact_id'],
      columns: { ticket_id: ['id', 'from_id'], contact_id: ['id', 'to_id'] },
    },
    ticket_company: {
      key: ['ticket_id', 'company_id'],
      columns: { ticket_id: ['id', 'from_id'], company_id: ['id', 'to_id'] },
    },
    company: { key: ['id'], columns: { id: 'id', is_deleted: 'bool', ...propertyColumns(COMPANY) } },
    company_property_history: { key: [], columns: { company_id: 'id', ...HISTORY } },
  },
  derived: {
    ticket_object: objects('ticket', 'ticket_property_history', 'ticket_id', TICKET, false),
    deleted_ticket: objects('ticket', 'ticket_property_history', 'ticket_id', TICKET, true),
    company_object: objects('company', 'company_property_history', 'company_id', COMPANY, false),
    ticket_property: propertiesOf('ticket'),
    company_property: propertiesOf('company'),
    contact_of_ticket: {
      from: ['ticket_contact'],
      key: ['from_id', 'to_id'],
      sql: `select ticket_id as from_id, contact_id as to_id from {ticket_contact} where not " deleted"`,
      columns: { from_id: 'id', to_id: 'id' },
    },
    company_of_ticket: {
      from: ['ticket_company'],
      key: ['from_id', 'to_id'],
      // Of several the table does not tell which is the primary one: then it is not known whose ticket it is.
      sql: `select ticket_id as from_id, company_id as to_id from {ticket_company} where not " deleted"
        qualify count(*) over (partition by ticket_id) = 1`,
      columns: { from_id: 'id', to_id: 'id' },
    },
  },
  lists: {
    tickets: { table: 'ticket_object', order: 'updated' },
    deleted_tickets: { table: 'deleted_ticket', order: 'updated' },
    companies: { table: 'company_object', order: 'updated' },
    owners: { table: 'owner' },
    pipelines: {
      table: 'ticket_pipeline',
      nested: [{ table: 'ticket_pipeline_stage', on: 'pipeline_id', to: 'pipeline_id', at: 'stages' }],
    },
    ticket_properties: { table: 'ticket_property' },
    company_properties: { table: 'company_property' },
    tickets_contacts: { table: 'contact_of_ticket' },
    tickets_companies: { table: 'company_of_ticket' },
  },
  streams: {
    owners: { needs: ['owner'] },
    'ticket-properties': { needs: ['property'] },
    companies: { needs: ['company', 'company_property_history'] },
    tickets: {
      needs: ['ticket', 'ticket_property_history', 'ticket_pipeline', 'ticket_pipeline_stage'],
      wants: {
        property: { tickets: ['product', 'category', 'severity', 'cause_code', 'filled_fields'], events: ['field'] },
        ticket_contact: { tickets: ['requester_key', 'created_on_behalf'] },
        ticket_company: { tickets: ['organisation_id'] },
        owner: {},
      },
    },
    'deleted-tickets': { needs: ['ticket'] },
  },
  lacks: {
    tickets: [
      'spam',
      'tags',
      // The clock of a duration in business hours is known by how the account shows it alone.
      'reported_first_reply_business_s',
      'reported_full_resolution_business_s',
    ],
    events: ['actor_id', 'tag', 'escalation'],
    messages: [ALL],
    links: ['linked_at'],
    agents: ['role', 'department', 'team', 'membership', 'purpose', 'tier'],
    automations: ['updated_at'],
  },
};
