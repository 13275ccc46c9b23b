import { type FakeObject, hubspotRows, NOW } from './hubspot.ts';
import { type Cells, type MadeTables, stampedBy } from './warehouse.ts';

/** As far as an interface is read that lags two minutes behind. */
export const WRITTEN = new Date(NOW.getTime() - 120_000);

const naive = (iso: string): string => iso.replace('T', ' ').replace('Z', '');

/** Every value that a property ever had; those without a history of their own since the creation, or since the last change. */
function historyOf(key: string, { id, createdAt, properties, history = {} }: FakeObject): Cells[] {
  const names = [...new Set([...Object.keys(properties), ...Object.keys(history)])];
  return names.flatMap((name): Cells[] => {
    const versions = history[name] ?? [];
    if (versions.length > 0)
      return versions.map(([value, at, source]) => {
        const [word, user] = source.split('#');
        return {
          [key]: id,
          name,
          value,
          timestamp_instant: naive(at),
          source: word,
          source_id: user && `userId:${user}`,
        };
      });
    const value = properties[name];
    if (value === null || value === undefined || value === '') return [];
    return [{ [key]: id, name, value, timestamp_instant: naive(createdAt), source: 'CRM_UI', source_id: null }];
  });
}

/** The made-up account as Fivetran writes it: objects, every value of their properties, and which belongs to which. */
export function fivetranHubspotTables(): MadeTables {
  const stamped = stampedBy('_fivetran_synced', WRITTEN);
  const { tickets, deleted, companies, owners, pipelines, ticketProperties, companyProperties, links } = hubspotRows();
  const flat = (row: FakeObject, is_deleted: boolean, names: readonly string[]): Cells => ({
    id: row.id,
    is_deleted,
    ...Object.fromEntries(names.map((name) => [`property_${name}`, row.properties[name]])),
  });
  const COLUMNS = [
    'createdate',
    'hs_pipeline',
    'hs_pipeline_stage',
    'hs_ticket_priority',
    'hubspot_owner_id',
    'subject',
  ];
  const pairs = (name: string, from: string, to: string): Cells[] =>
    Object.entries(links[name] ?? {}).flatMap(([id, targets]) =>
      targets.map(([target]) => ({ [from]: id, [to]: target })),
    );
  const properties = (object: string, rows: readonly Cells[]): Cells[] =>
    rows.map(({ name, label, type, fieldType, hubspotDefined, calculated }) => ({
      hubspot_object: object,
      name,
      label,
      type,
      field_type: fieldType,
      hubspot_defined: hubspotDefined ?? false,
      calculated,
    }));
  return {
    ticket: stamped([
      ...tickets.map((row) => flat(row, false, COLUMNS)),
      ...deleted.map((row) => flat(row, true, COLUMNS)),
    ]),
    ticket_property_history: stamped([...tickets, ...deleted].flatMap((row) => historyOf('ticket_id', row))),
    ticket_pipeline: stamped(pipelines.map(({ id, label }) => ({ pipeline_id: id, label }))),
    ticket_pipeline_stage: stamped(
      pipelines.flatMap(({ id, stages }) =>
        stages.map((stage) => {
          const { ticketState, isClosed } = stage.metadata as Cells;
          return {
            pipeline_id: id,
            stage_id: stage.id,
            label: stage.label,
            ticket_state: ticketState,
            is_closed: isClosed,
          };
        }),
      ),
    ),
    owner: stamped(
      owners.map(({ id, type, firstName, lastName, createdAt }) => ({
        owner_id: id,
        type,
        first_name: firstName,
        last_name: lastName,
        created_at: naive(String(createdAt)),
      })),
    ),
    property: stamped([...properties('ticket', ticketProperties), ...properties('company', companyProperties)]),
    ticket_contact: stamped(pairs('tickets contacts', 'ticket_id', 'contact_id')),
    ticket_company: stamped(pairs('tickets companies', 'ticket_id', 'company_id')),
    company: stamped(companies.map((row) => flat(row, false, ['createdate', 'name', 'industry']))),
    company_property_history: stamped(companies.flatMap((row) => historyOf('company_id', row))),
  };
}
