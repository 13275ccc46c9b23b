import { type Holds, toField } from '../../src/kit/code-fields.ts';
import type { Directory } from './directory.ts';
import { fieldName } from './field-names.ts';
import { type Automation, bare } from './map-rules.ts';
import { holdsCode } from './recognise.ts';
import type { TicketField, TicketForm } from './schema-config.ts';

/** Fields that every ticket has by nature, and the owner whom the vendor itself asks for: requiring them asks nothing of anybody. */
const GIVEN = new Set(['subject', 'description', 'status', 'group', 'assignee', 'custom_status']);

export function fieldAutomation(field: TicketField, directory: Directory): Automation {
  const name = fieldName(directory, field.id);
  return toField({
    id: field.id,
    name,
    title: field.title,
    holds: holding(field.type),
    active: field.active ?? true,
    vendor_default: field.removable === false,
    required_fields: field.required_in_portal === true && !GIVEN.has(field.type) ? [name] : [],
    required_to_solve: field.required === true && !GIVEN.has(field.type) ? [name] : [],
    updated_at: field.updated_at,
  });
}

function holding(type: string): Holds {
  if (type === 'checkbox' || type === 'date') return type;
  if (type === 'integer' || type === 'decimal') return 'number';
  return holdsCode(type) ? 'code' : 'text';
}

/** What a form asks for: required fields of its own and those that a condition of the form can require. */
export function formAutomation(form: TicketForm, directory: Directory): Automation {
  const members = (form.ticket_field_ids ?? []).flatMap((id) => directory.fields.get(id) ?? []);
  const customers = (form.end_user_conditions ?? [])
    .flatMap((c) => c.child_fields ?? [])
    .filter((f) => f.is_required === true);
  const solvers = (form.agent_conditions ?? [])
    .flatMap((c) => c.child_fields ?? [])
    .filter(
      (f) => requiredToSolve(f.required_on_statuses) || (f.required_on_statuses == null && f.is_required === true),
    );
  return {
    ...bare(form.id, 'form', form.updated_at),
    active: (form.active ?? true) && (form.end_user_visible ?? true),
    vendor_default: false,
    condition_fields: names(members, directory),
    required_fields: merged(required(members, 'required_in_portal', directory), customers, directory),
    required_to_solve: merged(required(members, 'required', directory), solvers, directory),
  };
}

/** The one form of accounts without several: all fields that the portal shows. */
export function defaultForm(directory: Directory): Automation {
  const fields = [...directory.fields.values()].filter(
    (field) => field.active !== false && field.visible_in_portal !== false,
  );
  return {
    ...bare('default', 'form', null),
    active: fields.length > 0,
    condition_fields: names(fields, directory),
    required_fields: required(fields, 'required_in_portal', directory),
    required_to_solve: required(fields, 'required', directory),
  };
}

function requiredToSolve(on: { type: string; statuses?: string[] | null | undefined } | null | undefined): boolean {
  return on?.type === 'ALL_STATUSES' || (on?.statuses ?? []).includes('solved');
}

function names(fields: readonly TicketField[], directory: Directory): string[] {
  return [...new Set(fields.map((field) => fieldName(directory, field.id)))].sort();
}

function required(
  fields: readonly TicketField[],
  flag: 'required' | 'required_in_portal',
  directory: Directory,
): string[] {
  return names(
    fields.filter((field) => field[flag] === true && field.active !== false && !GIVEN.has(field.type)),
    directory,
  );
}

function merged(own: readonly string[], conditional: readonly { id: string }[], directory: Directory): string[] {
  const asked = conditional.filter((field) => !GIVEN.has(directory.fields.get(field.id)?.type ?? ''));
  return [...new Set([...own, ...asked.map((field) => fieldName(directory, field.id))])].sort();
}
