import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import { toForm as formRecord } from '../../src/kit/records/forms.ts';
import type { Directory } from './directory.ts';
import { fieldName } from './field-names.ts';
import { holdsCode } from './recognise.ts';
import type { TicketField, TicketForm } from './schema-config.ts';

type Automation = TelemetryRecord<'automation'>;

/** Fields that every ticket has by nature, and the owner whom the vendor itself asks for: requiring them asks nothing of anybody. */
const GIVEN = new Set(['subject', 'description', 'status', 'group', 'assignee', 'custom_status']);
const isGiven = (field: TicketField | undefined) => GIVEN.has(field?.type ?? '');

/** A field by what it asks for and by the hints of its title and type (docs/recognition.md). */
export function toField(field: TicketField, directory: Directory): Automation {
  const name = fieldName(directory, field.id);
  return fieldRecord({
    id: field.id,
    name,
    title: field.title,
    holds: holding(field.type),
    active: field.active ?? true,
    vendor_default: field.removable === false,
    required_fields: field.required_in_portal === true && !isGiven(field) ? [name] : [],
    required_to_solve: field.required === true && !isGiven(field) ? [name] : [],
    updated_at: field.updated_at,
  });
}

function holding(type: string): Holds {
  if (type === 'checkbox' || type === 'date') return type;
  if (type === 'integer' || type === 'decimal') return 'number';
  return holdsCode(type) ? 'code' : 'text';
}

/** What a form asks for: required fields of its own and those that a condition of the form can require. */
export function toForm(form: TicketForm, directory: Directory): Automation {
  const { agent_conditions: ofAgents, end_user_conditions: ofCustomers } = form;
  const children = (conditions: TicketForm['agent_conditions']) =>
    (conditions ?? []).flatMap((one) => one.child_fields ?? []);
  const solvers = children(ofAgents).filter(({ is_required: always, required_on_statuses: on }) =>
    on == null ? always === true : on.type === 'ALL_STATUSES' || on.statuses?.includes('solved') === true,
  );
  return asking(
    { id: form.id, active: (form.active ?? true) && (form.end_user_visible ?? true), updated_at: form.updated_at },
    (form.ticket_field_ids ?? []).flatMap((id) => directory.fields.get(id) ?? []),
    directory,
    { customers: children(ofCustomers).filter((one) => one.is_required === true), solvers },
  );
}

/** The one form of accounts without several: all fields that the portal shows. */
export function defaultForm(directory: Directory): Automation {
  const fields = [...directory.fields.values()].filter(
    (field) => field.active !== false && field.visible_in_portal !== false,
  );
  return asking({ id: 'default', active: fields.length > 0 }, fields, directory);
}

type Ids = readonly { readonly id: string }[];

/** A form of some fields. Beside what they require themselves it asks customers and solvers for further ones. */
function asking(
  form: Pick<Automation, 'id' | 'active'> & { readonly updated_at?: Date | null },
  shown: readonly TicketField[],
  directory: Directory,
  asked: { readonly customers: Ids; readonly solvers: Ids } = { customers: [], solvers: [] },
): Automation {
  const names = (fields: Ids) => fields.map(({ id }) => fieldName(directory, id));
  const ask = (own: 'required' | 'required_in_portal', more: Ids) => {
    const of = [...shown.filter((field) => field[own] === true && field.active !== false), ...more];
    return names(of.filter(({ id }) => !isGiven(directory.fields.get(id))));
  };
  return formRecord({
    ...form,
    shown: names(shown),
    required: ask('required_in_portal', asked.customers),
    toSolve: ask('required', asked.solvers),
  });
}
