import { type Observability, STREAMS, type StreamName } from '../../domain/observability.ts';
import { TABLE_NAMES } from '../../domain/telemetry.ts';
import { fieldsOf } from '../load/needs.ts';
import type { SignalCase } from './format.ts';
import { CaseRecords } from './rows.ts';
import { addTickets } from './tickets.ts';
import { parseInstant } from './time.ts';

/** Default end of the window of a case: a Monday, 00:00 UTC. */
export function caseAsOf(signalCase: SignalCase): Date {
  return parseInstant(signalCase.as_of, new Date(0), 0, 1);
}

/** Agents, teams and organisations that rows mention come into being unless the case describes them. */
function addMentioned(records: CaseRecords, connection: string): void {
  const mention = (table: 'agent' | 'team' | 'organisation', id: unknown): void => {
    if (typeof id === 'string' && id !== '' && !records.has(connection, table, 'id', id))
      records.add(connection, table, { id });
  };
  for (const row of records.cellsOf(connection, 'message')) if (row.author === 'agent') mention('agent', row.author_id);
  for (const row of records.cellsOf(connection, 'event')) {
    if (row.actor === 'agent') mention('agent', row.actor_id);
    if (row.kind === 'assignee') mention('agent', row.to_value);
    if (row.kind === 'group') mention('team', row.to_value);
  }
  for (const row of records.cellsOf(connection, 'membership')) {
    mention('agent', row.agent_id);
    mention('team', row.team_id);
  }
  for (const row of records.cellsOf(connection, 'ticket')) {
    mention('agent', row.assignee_id);
    mention('team', row.group_id);
    mention('organisation', row.organisation_id);
  }
}

/** All records of a case by connection; at least the connection `desk`, even without a row. */
export function buildRecords(signalCase: SignalCase): CaseRecords {
  const asOf = caseAsOf(signalCase);
  const records = new CaseRecords(asOf);
  const { tickets = [] } = signalCase.given;
  for (const table of TABLE_NAMES) for (const row of signalCase.given[table] ?? []) records.addTemplate(table, row);
  tickets.forEach((template, serial) => {
    addTickets(records, template, serial, asOf);
  });
  if (records.connections().length === 0) records.cellsOf('desk', 'ticket');
  for (const connection of records.connections()) addMentioned(records, connection);
  return records;
}

type Status = Observability['status'];
type Missing = NonNullable<SignalCase['missing']>;

function statusOf(missing: Missing | undefined, stream: StreamName): Status | null {
  if (missing === undefined) return null;
  if (Array.isArray(missing)) return missing.includes(stream) ? 'absent' : null;
  return missing[stream] ?? null;
}

/** What the connections of the case can show: everything, unless the case takes it away. */
export function buildObservability(signalCase: SignalCase, connections: readonly string[]): Observability[] {
  const asOf = caseAsOf(signalCase);
  return connections.flatMap((connection) =>
    STREAMS.map((stream): Observability => {
      const status =
        statusOf(signalCase.missing_at?.[connection], stream) ?? statusOf(signalCase.missing, stream) ?? 'available';
      const since = signalCase.since?.[stream];
      const without = signalCase.without_fields?.[stream] ?? [];
      const fields = signalCase.only_fields?.[stream] ?? fieldsOf(stream);
      return {
        connection,
        stream,
        status,
        detail: status === 'available' ? null : `taken away by the case (${status})`,
        fields: status === 'available' ? fields.filter((field) => !without.includes(field)) : [],
        since: since === undefined ? null : parseInstant(since, asOf, 0, 1),
        until: asOf,
        rows: 0,
        rejected: 0,
        reconciled_share: null,
      };
    }),
  );
}
