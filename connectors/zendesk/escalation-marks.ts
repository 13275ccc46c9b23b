import { deniesAll, saysEscalation } from '../../src/kit/recognise-escalation.ts';
import type { FieldChange } from './changes.ts';
import type { Directory } from './directory.ts';
import { customFieldId, fieldName, fieldValue, isDefault } from './field-names.ts';
import type { EarlyContext } from './pages.ts';
import { holdsCode } from './recognise.ts';
import { addedTags, keptTag } from './tags.ts';

/** A setting names it as a mark: by its term, or by any of its names. */
function isNamed(context: EarlyContext, names: readonly (string | null | undefined)[]): boolean {
  const known = names.map((name) => name?.toLowerCase());
  return context.settings.escalationMarks.some((mark) => known.includes(mark.toLowerCase()));
}

/** Term of a tag that says that the case is escalated, by its clear name; null for other tags. */
export function markOfTag(tag: string, context: EarlyContext): string | null {
  const kept = keptTag(context, tag);
  return saysEscalation(tag) || isNamed(context, [tag, `tag:${tag}`, kept, `tag:${kept}`]) ? `tag:${kept}` : null;
}

/**
 * Term of a value of a code field that says so: the field itself does and the value is neither its default nor a denial (`none`), or the option
 * does. Null for other values and for fields that may hold free text.
 */
export function markOfField(id: string, value: unknown, directory: Directory, context: EarlyContext): string | null {
  const field = directory.fields.get(id);
  const code = fieldValue(directory, id, value);
  if (field === undefined || code === null || !holdsCode(field.type) || isDefault(directory, id, code)) return null;
  const name = fieldName(directory, id);
  const term = `field:${name}=${code}`;
  const option = field.custom_field_options?.find((one) => one.value === code)?.name ?? null;
  if (isNamed(context, [term, `field:${id}=${code}`])) return term;
  if (saysEscalation(code) || saysEscalation(option)) return term;
  const said = saysEscalation(field.title) || isNamed(context, [id, name, `field:${name}`, `field:${id}`, field.title]);
  return said && !deniesAll(code) && !deniesAll(option) ? term : null;
}

/** Term of an own status whose label says so; null for other statuses. */
export function markOfStatus(id: string, directory: Directory, context: EarlyContext): string | null {
  const label = directory.statuses.get(id)?.label ?? null;
  const term = `state:${id}`;
  return saysEscalation(label) || isNamed(context, [id, term, label]) ? term : null;
}

/** Term of the mark that a change sets and that was not set before; null when it sets none. */
export function markSet(
  { field, from, to, initial }: FieldChange,
  directory: Directory,
  context: EarlyContext,
): string | null {
  const before = initial ? null : from;
  if (field === 'tags' || field === 'current_tags')
    return (
      addedTags(before, to)
        .map((tag) => markOfTag(tag, context))
        .find((term) => term !== null) ?? null
    );
  if (field === 'custom_status_id') {
    const mark = (value: unknown) => markOfStatus(String(value), directory, context);
    return mark(before) === null ? mark(to) : null;
  }
  const id = customFieldId(field);
  return id !== null && markOfField(id, before, directory, context) === null
    ? markOfField(id, to, directory, context)
    : null;
}
