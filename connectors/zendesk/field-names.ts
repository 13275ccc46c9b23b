import { codeText, isFilled } from '../../src/kit/code-fields.ts';
import type { Directory } from './directory.ts';
import { holdsCode } from './recognise.ts';

const SYSTEM: Readonly<Record<string, string>> = {
  priority: 'priority',
  tickettype: 'type',
  basic_priority: 'priority',
  status: 'status',
  custom_status: 'status',
  group: 'group',
  assignee: 'assignee',
  subject: 'subject',
  description: 'description',
};

const CUSTOM_FIELD = /^(?:custom_fields?_|ticket_fields?_)?(\d+)$/;

/** Id of the custom field that a key of a change names; null for other keys. */
export function customFieldId(key: string): string | null {
  const last = key.charCodeAt(key.length - 1);
  // Most keys are words, which the pattern is slow to find out.
  return last >= 48 && last <= 57 ? (CUSTOM_FIELD.exec(key)?.[1] ?? null) : null;
}

/** One name per ticket field for events, requirements and fill maps: the canonical word of a mapped or system field, else its id. */
export function fieldName(directory: Directory, id: string): string {
  const mapped = directory.mapped.get(id);
  if (mapped !== undefined) return mapped;
  const field = directory.fields.get(id);
  return (field === undefined ? undefined : SYSTEM[field.type]) ?? id;
}

/** Stands for the value of a field that may hold free text. */
const FILLED = 'filled';

/**
 * Value of a custom field as text that may be kept: codes and numbers as they are, several joined by commas in sorted order, `filled` in
 * place of anything that may be free text. Null for unset (null, '', empty list, unticked box).
 */
export function fieldValue(directory: Directory, id: string, value: unknown): string | null {
  if (!isFilled(value) || (Array.isArray(value) && value.length === 0)) return null;
  const field = directory.fields.get(id);
  if (field === undefined || !holdsCode(field.type)) return FILLED;
  const all = (Array.isArray(value) ? value : [value]).map((one) =>
    codeText(typeof one === 'boolean' ? String(one) : one),
  );
  // A form that no code has: filled, with what is not known.
  return all.every((one) => one !== null) ? all.sort().join(',') : FILLED;
}

/** The value is the one that the field has when nobody touches it. */
export function isDefault(directory: Directory, id: string, value: string | null): boolean {
  if (value === null) return true;
  return directory.fields.get(id)?.custom_field_options?.some((o) => o.default === true && o.value === value) ?? false;
}
