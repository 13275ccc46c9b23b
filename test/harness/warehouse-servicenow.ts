import type { FakeRow } from './fake-vendor.ts';
import { NOW, serviceNowRows } from './servicenow.ts';
import { type Cells, type MadeTables, stampedBy } from './warehouse.ts';

/** As far as an interface is read that lags a minute behind. */
export const WRITTEN = new Date(NOW.getTime() - 60_000);

const raw = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as FakeRow).value : value === '' ? null : value;

const pick = (row: FakeRow, columns: readonly string[]): Cells =>
  Object.fromEntries(columns.map((column) => [column, raw(row[column])]));
/** References, with the column that Fivetran makes of their value. */
const refer = (row: FakeRow, columns: readonly string[]): Cells =>
  Object.fromEntries(columns.map((column) => [`${column}_value`, raw(row[column])]));

const OF_INCIDENT =
  'sys_id category subcategory close_code hold_reason resolved_at reopen_count business_stc calendar_stc sys_created_on sys_updated_on'.split(
    ' ',
  );
const OF_TASK =
  'sys_id active state priority impact urgency contact_type opened_at closed_at correlation_id correlation_display reassignment_count business_duration calendar_duration sys_created_by sys_created_on sys_mod_count sys_updated_on'.split(
    ' ',
  );

/** The made-up instance as Fivetran writes it: what an incident has as a task stands in the table of tasks. */
export function fivetranServicenowTables(): MadeTables {
  const stamped = stampedBy('_fivetran_synced', WRITTEN, { _fivetran_deleted: false });
  const { incidents, users, groups, members, roles, choices, companies } = serviceNowRows();
  const names = [...new Set(roles.map((row) => row['role.name']))];
  const problems = incidents.filter((row) => raw(row['problem_id.correlation_id']) != null);
  return {
    incident: stamped(
      incidents.map((row) => ({
        ...pick(row, OF_INCIDENT),
        ...refer(row, ['caller_id', 'problem_id', 'parent_incident', 'rfc', 'caused_by']),
      })),
    ),
    task: stamped([
      ...incidents.map((row) => ({
        ...pick(row, OF_TASK),
        sys_class_name: 'incident',
        ...refer(row, ['assignment_group', 'assigned_to', 'opened_by', 'company', 'business_service', 'cmdb_ci']),
      })),
      ...problems.map((row) => ({
        sys_id: raw(row.problem_id),
        sys_class_name: 'problem',
        correlation_id: row['problem_id.correlation_id'],
        correlation_display: row['problem_id.correlation_display'],
      })),
    ]),
    sys_user: stamped(users),
    sys_user_group: stamped(groups),
    sys_user_grmember: stamped(members.map((row) => ({ sys_id: row.sys_id, ...refer(row, ['user', 'group']) }))),
    sys_user_has_role: stamped(
      roles.map((row) => ({
        sys_id: row.sys_id,
        user_value: row.user,
        role_value: `90${names.indexOf(row['role.name'])}`,
      })),
    ),
    sys_user_role: stamped(names.map((name, i) => ({ sys_id: `90${i}`, name }))),
    sys_choice: stamped(choices),
    core_company: stamped(companies.map((row) => pick(row, ['sys_id', 'sys_created_on', 'sys_updated_on', 'website']))),
  };
}
