import type { Columns, Layout } from '../layout.ts';

/** An instant of 1970, which is how the vendor writes durations, as its interface spells it. */
const span = (column: string) => `replace(left(${column}, 19), 'T', ' ')`;

/** Fields that an incident has as a task stand in the table of tasks, under the same id. */
const incidents = (more: string, where: string) => `
  select i.sys_id, coalesce(t.sys_created_on, i.sys_created_on) as sys_created_on, t.sys_created_by,
    greatest(t.sys_updated_on, i.sys_updated_on) as sys_updated_on, t.sys_mod_count,
    t.opened_at, t.active, t.state, i.hold_reason, t.priority, t.impact, t.urgency, i.severity, t.contact_type,
    t.assignment_group_value as assignment_group, t.assigned_to_value as assigned_to, i.caller_id_value as caller_id,
    t.opened_by_value as opened_by, t.company_value as company, i.category, i.subcategory, i.close_code, i.cause,
    t.business_service_value as business_service, t.service_offering_value as service_offering, t.cmdb_ci_value as cmdb_ci,
    i.problem_id_value as problem_id, i.parent_incident_value as parent_incident, i.rfc_value as rfc, i.caused_by_value as caused_by,
    t.correlation_id, t.correlation_display, i.resolved_at, t.closed_at, i.reopen_count, t.reassignment_count,
    i.business_stc, i.calendar_stc, ${span('t.business_duration')} as business_duration, ${span('t.calendar_duration')} as calendar_duration,
    p.correlation_id as problem_id__correlation_id, p.correlation_display as problem_id__correlation_display,
    c.user_name as caller_id__user_name, o.user_name as opened_by__user_name${more}
  from {incident} i join {task} t on t.sys_id = i.sys_id
    left join {task} p on p.sys_id = i.problem_id_value
    left join {sys_user} c on c.sys_id = i.caller_id_value
    left join {sys_user} o on o.sys_id = t.opened_by_value
  where ${where}`;

const INCIDENT: Columns = {
  sys_id: 'id',
  sys_created_on: 'time',
  sys_created_by: 'text',
  sys_updated_on: 'time',
  sys_mod_count: 'id',
  opened_at: 'time',
  active: 'bool',
  state: 'id',
  hold_reason: 'id',
  priority: 'id',
  impact: 'id',
  urgency: 'id',
  severity: 'id',
  contact_type: 'text',
  assignment_group: 'id',
  assigned_to: 'id',
  caller_id: 'id',
  opened_by: 'id',
  company: 'id',
  category: 'text',
  subcategory: 'text',
  close_code: 'text',
  cause: 'text',
  business_service: 'id',
  service_offering: 'id',
  cmdb_ci: 'id',
  problem_id: 'id',
  parent_incident: 'id',
  rfc: 'id',
  caused_by: 'id',
  correlation_id: 'text',
  correlation_display: 'text',
  resolved_at: 'time',
  closed_at: 'time',
  reopen_count: 'id',
  reassignment_count: 'id',
  business_stc: 'id',
  calendar_stc: 'id',
  business_duration: 'text',
  calendar_duration: 'text',
  problem_id__correlation_id: 'text',
  problem_id__correlation_display: 'text',
  caller_id__user_name: 'text',
  opened_by__user_name: 'text',
};

const MAKERS = ['created_by', 'created_by:customer', 'created_by:agent', 'created_by:machine', 'created_on_behalf'];
const PEOPLE = ['requester_is_agent', ...MAKERS];

/** ServiceNow as Fivetran writes it: incidents of IT service management, with what their tables say now and nothing of how it came to be. */
export const fivetranServicenow: Layout = {
  tool: 'fivetran',
  vendor: 'servicenow',
  core: ['incident', 'task'],
  tables: {
    incident: {
      key: ['sys_id'],
      marks: ['caller_id_value'],
      columns: {
        sys_id: 'id',
        sys_created_on: 'time',
        sys_updated_on: 'time',
        hold_reason: 'id',
        severity: 'id',
        caller_id_value: 'id',
        category: 'text',
        subcategory: 'text',
        close_code: 'text',
        cause: 'text',
        problem_id_value: 'id',
        parent_incident_value: 'id',
        rfc_value: 'id',
        caused_by_value: 'id',
        resolved_at: 'time',
        reopen_count: 'id',
        business_stc: 'id',
        calendar_stc: 'id',
      },
    },
    task: {
      key: ['sys_id'],
      marks: ['opened_by_value', 'sys_class_name'],
      columns: {
        sys_id: 'id',
        sys_created_on: 'time',
        sys_created_by: 'text',
        sys_updated_on: 'time',
        sys_mod_count: 'id',
        opened_at: 'time',
        closed_at: 'time',
        active: 'bool',
        state: 'id',
        priority: 'id',
        impact: 'id',
        urgency: 'id',
        contact_type: 'text',
        assignment_group_value: 'id',
        assigned_to_value: 'id',
        opened_by_value: 'id',
        company_value: 'id',
        business_service_value: 'id',
        service_offering_value: 'id',
        cmdb_ci_value: 'id',
        correlation_id: 'text',
        correlation_display: 'text',
        reassignment_count: 'id',
        business_duration: 'time',
        calendar_duration: 'time',
      },
    },
    sys_user: {
      key: ['sys_id'],
      columns: {
        sys_id: 'id',
        sys_created_on: 'time',
        sys_created_by: 'text',
        user_name: 'text',
        name: 'text',
        active: 'bool',
        web_service_access_only: 'bool',
        internal_integration_user: 'bool',
      },
    },
    sys_user_group: { key: ['sys_id'], columns: { sys_id: 'id', name: 'text', active: 'bool' } },
    sys_user_grmember: {
      key: ['sys_id'],
      columns: { sys_id: 'id', user_value: ['id', 'user'], group_value: ['id', 'group'] },
    },
    sys_user_has_role: { key: ['sys_id'], columns: { sys_id: 'id', user_value: 'id', role_value: 'id' } },
    sys_user_role: { key: ['sys_id'], columns: { sys_id: 'id', name: 'text' } },
    sys_choice: {
      key: ['sys_id'],
      columns: { sys_id: 'id', name: 'text', element: 'text', value: 'id', label: 'text', language: 'text' },
    },
    core_company: {
      key: ['sys_id'],
      columns: { sys_id: 'id', sys_created_on: 'time', sys_updated_on: 'time', website: 'text' },
    },
  },
  derived: {
    incident_record: {
      from: ['incident'],
      key: ['sys_id'],
      sql: incidents('', 'not i." deleted"'),
      columns: INCIDENT,
    },
    incident_deleted: {
      from: ['incident'],
      key: ['sys_id'],
      // When it was deleted no column says: the tool saw it at the latest then.
      sql: incidents(', i." synced" as deleted_on', 'i." deleted"'),
      columns: { ...INCIDENT, deleted_on: 'time' },
    },
    held_role: {
      from: ['sys_user_has_role'],
      key: ['sys_id'],
      sql: `select h.sys_id, h.user_value as "user", r.name as role__name
        from {sys_user_has_role} h join {sys_user_role} r on r.sys_id = h.role_value where not h." deleted"`,
      columns: { sys_id: 'id', user: 'id', role__name: 'text' },
    },
  },
  lists: {
    incident: { table: 'incident_record', order: 'sys_updated_on' },
    sys_audit_delete: { table: 'incident_deleted', order: 'deleted_on' },
    sys_user: { table: 'sys_user' },
    sys_user_group: { table: 'sys_user_group' },
    sys_user_grmember: { table: 'sys_user_grmember' },
    sys_user_has_role: { table: 'held_role' },
    sys_choice: { table: 'sys_choice' },
    core_company: { table: 'core_company', order: 'sys_updated_on' },
  },
  streams: {
    groups: { needs: ['sys_user_group'] },
    agents: {
      needs: ['sys_user_grmember', 'sys_user', 'sys_user_group'],
      wants: { sys_user_has_role: { agents: ['role'] }, sys_user_role: { agents: ['role'] } },
    },
    roles: { needs: ['sys_user_has_role', 'sys_user_role', 'sys_user'] },
    companies: { needs: ['core_company'] },
    incidents: {
      needs: ['incident', 'task'],
      wants: { sys_user: { tickets: PEOPLE }, sys_user_grmember: { tickets: PEOPLE }, sys_choice: {} },
    },
    deletions: { needs: ['incident', 'task'] },
  },
  lacks: { organisations: ['tier', 'tier_rank', 'terms', 'partner'] },
};
