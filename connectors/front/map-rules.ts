import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { toField as fieldRecord } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { idOfName, readSentence } from '../../src/kit/rule-sentences.ts';
import {
  ANY,
  denied,
  lookedAt,
  readValues,
  ruleField,
  toAutomation,
  type Understood,
} from '../../src/kit/rule-terms.ts';
import { vocabulary } from '../../src/kit/vocabulary.ts';
import type { Context } from './account.ts';
import { type Desk, nameOf } from './desk.ts';
import { type CustomField, linkedId, type Rule, type Template, type View } from './schema.ts';

/** A rule: the vendor tells its actions as sentences, and neither its conditions nor whether it is switched on. */
export function toRule(row: Rule, { teammates, inboxes, context }: Desk): TelemetryRecord<'automation'> {
  const names = {
    agentId: (name: string) =>
      idOfName(teammates?.values(), name, (one) => [nameOf(one), one.first_name, one.username]),
    teamId: (name: string) => idOfName(inboxes?.values(), name, (one) => [one.name]),
    keepTag: (tag: string) => keptTag(context.pseudonymise, context.settings.clearTags, tag),
  };
  const does = row.actions.map((one) => readSentence(one, names));
  return toAutomation({ id: row.id, kind: 'trigger', active: true, shared: row.is_private !== true, does });
}

/** A view that people share: a conversation is in it when it is in one of its inboxes and bears one of its tags. */
export function toView(
  row: View,
  tags: ReadonlyMap<string, { readonly name: string | null }> | null,
  { settings, pseudonymise }: Context,
): TelemetryRecord<'automation'> {
  const tag = ruleField('tag', (id) => {
    const name = tags?.get(id)?.name ?? null;
    return name === null ? null : keptTag(pseudonymise, settings.clearTags, name);
  });
  const of = (ids: readonly string[], field: ReturnType<typeof ruleField>): Understood[] =>
    ids.length === 0 ? [] : [readValues(field, ids)];
  return toAutomation({
    id: row.id,
    kind: 'view',
    active: true,
    conditions: [
      ...of(row.inbox_ids, ruleField('group')),
      ...of(row.tag_ids, tag),
      ...of(row.not_tag_ids, tag).map(denied),
      ...(row.no_tags === true ? [lookedAt('tag', `!tag:${ANY}`)] : []),
      ...of(row.assignee_ids, ruleField('assignee')),
      ...of(row.not_assignee_ids, ruleField('assignee')).map(denied),
    ],
  });
}

/** A prepared text; one of a teammate is his own. */
export function toTemplate(row: Template): TelemetryRecord<'automation'> {
  const shared = linkedId(row, 'owner')?.startsWith('tea_') !== true;
  return toAutomation({ id: row.id, kind: 'macro', active: true, shared, actions: ['comment'] });
}

const HOLDS = vocabulary({ by: { enum: 'code', boolean: 'checkbox', number: 'number', datetime: 'date' } });

/** A custom field of conversations by the hints of its name and type (docs/recognition.md). */
export function toField({ id, name, type }: CustomField): TelemetryRecord<'automation'> {
  return fieldRecord({ id, name: id, title: name, holds: HOLDS.by(type) ?? 'text' });
}
