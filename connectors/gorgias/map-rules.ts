import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeField } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { valueAt } from '../../src/kit/page/pager.ts';
import {
  ANY,
  denied,
  lookedAt,
  readValues,
  ruleField,
  setTo,
  tellsRequester,
  toAutomation,
  UNREAD,
  type Understood,
  unread,
  valuesOf,
} from '../../src/kit/rule-terms.ts';
import { firstFit, type Patterns } from '../../src/kit/vocabulary.ts';
import { type Desk, isList } from './account.ts';
import { type Call, Path, readCode } from './read-code.ts';
import type { Macro, Rule, View } from './schema.ts';
import { channelOf, WORDS } from './words.ts';

type Automation = TelemetryRecord<'automation'>;

/** Understood, and it selects or does nothing that terms name. */
const NOTHING: Understood = { word: null, terms: [] };

export function toRule(row: Rule, desk: Desk): Automation[] {
  const { calls, branches } = readCode(row.code);
  const conditions = calls.filter(({ name }) => name !== 'Action').map((call) => readCondition(call, desk));
  const does = calls.filter(({ name }) => name === 'Action').map(({ args }) => readAction(args[0], args[1], desk));
  const read = {
    conditions: [...eventsOf(row.event_types), ...(branches ? conditions.map(unread) : conditions)],
    does: does.length === 0 ? [UNREAD] : does,
  };
  const { id, updated_datetime: updated_at, deactivated_datetime: off } = row;
  return [toAutomation({ id, kind: 'trigger', active: !off, updated_at, ...(row.code === null ? {} : read) })];
}

export function toMacro(row: Macro, desk: Desk): Automation[] {
  const { id, actions, updated_datetime: updated_at, archived_datetime: archived, deleted_datetime: deleted } = row;
  const read = (one: unknown) => readAction(valueAt(one, 'name'), valueAt(one, 'arguments'), desk);
  const does = Array.isArray(actions) ? actions.map(read) : null;
  return [toAutomation({ id, kind: 'macro', active: !archived && !deleted, updated_at, does })];
}

/** A view of tickets; others list customers. */
export function toView(row: View, desk: Desk): Automation[] {
  const { id, type, filters, order_by, deactivated_datetime: off } = row;
  if (type !== null && !/^ticket/i.test(type)) return [];
  const { calls, branches } = readCode(filters);
  const read = calls.map((call) => readCondition(call, desk));
  const sorted = /^priority$/i.test(order_by ?? '') ? [lookedAt('priority', 'by:priority')] : [];
  const conditions = filters === null ? null : [...(branches ? read.map(unread) : read), ...sorted];
  const shared = !/^private$/i.test(row.visibility ?? '');
  const vendor_default = /^system$/i.test(row.category ?? '');
  return [toAutomation({ id, kind: 'view', active: !off, shared, vendor_default, conditions })];
}

/** When a rule runs. */
const EVENTS: Patterns<Understood> = [
  [/^ticket-created$/, lookedAt('created')],
  [/^ticket-updated$/, lookedAt('created', '!created')],
  [/^ticket-message-created$/, lookedAt('update')],
  [/^ticket-assigned$/, lookedAt('assignee', 'changed:assignee')],
  [/^ticket-self-unsnoozed$/, lookedAt('time', 'time:pending')],
  [/^satisfaction-survey-responded$/, lookedAt('csat')],
];

/** Events of a rule. At creation and on changes too is no restriction. */
function eventsOf(given: unknown): Understood[] {
  const types = textsOf(given);
  if (types.includes('ticket-created') && types.length > 1) return [NOTHING];
  return types.map((type) => firstFit(EVENTS, type) ?? UNREAD);
}

/** Values that conditions look at, whatever they are compared with. */
const LOOKED_AT: Patterns<Understood> = [
  [/\.(?:subject|body_text|body_html|stripped_text|stripped_html)$/, lookedAt('text')],
  [/\.(?:from_agent|sender(?:\..*)?)$/, lookedAt('actor')],
  [/\.intents(?:\..*)?$/, lookedAt('intent')],
  [/\.sentiments?(?:\..*)?$/, lookedAt('sentiment')],
  [/^ticket\.customer\b/, lookedAt('requester')],
  [/^ticket\.language$/, lookedAt('language')],
  [/^ticket\.satisfaction_survey\b/, lookedAt('csat')],
  [/\.(?:integration_id|source\..*)$/, lookedAt('recipient')],
  [/^message\.public$/, lookedAt('update')],
  [/^ticket\.(?:spam|trashed_datetime|snooze_datetime|is_unread)$/, NOTHING],
];

function readCondition({ name, args: [on, ...given], denied: not }: Call, desk: Desk): Understood {
  if (/businesshours$/i.test(name)) return lookedAt('schedule');
  if (!(on instanceof Path)) return UNREAD;
  const looked = firstFit(LOOKED_AT, on.text);
  const understood = looked ?? compare(name, readField(on.text, valuesOf(given), desk), given[0] === null);
  return not ? denied(understood) : understood;
}

/** `neq`, `isNotEmpty`, `notContainsAny`, ...; null is what nothing is equal to but nothing. */
function compare(operator: string, { understood, none }: Read, withNull: boolean): Understood {
  const [, not, kind] = /^(?:is)?(not|n(?=eq))?(eq|contains|empty)(?:any|all)?$/i.exec(operator) ?? [];
  if (kind === undefined) return unread(understood);
  const read = withNull || /empty/i.test(kind) ? none : understood;
  return not === undefined ? read : denied(read);
}

interface Read {
  readonly understood: Understood;
  /** The same without any value. */
  readonly none: Understood;
}

/** A value of a ticket with what it is compared with, in canonical words. People are named by their ids, or not understood. */
function readField(path: string, values: readonly string[], desk: Desk): Read {
  const { pseudonymise, settings } = desk.context;
  const [, name = '', ownId = ''] = /^(?:ticket|message)\.(\w+)(?:[[.](\d+))?/.exec(path) ?? [];
  if (name === 'custom_fields') return readOwnField(ownId, values, desk);
  const id = (value: string) => (/^\d+$/.test(value) ? value : null);
  const field = new Map([
    ['status', ruleField('status', WORDS.status)],
    ['priority', ruleField('priority', WORDS.rank)],
    ['channel', ruleField('channel', channelOf)],
    ['assignee_user', ruleField('assignee', (value) => (/current_user/.test(value) ? 'self' : id(value)))],
    ['assignee_team', ruleField('group', id)],
    ['tags', ruleField('tag', (tag) => keptTag(pseudonymise, settings.clearTags, tag))],
  ]).get(name.replace(/_id$/, ''));
  if (field === undefined) return { understood: UNREAD, none: UNREAD };
  return { understood: readValues(field, values), none: lookedAt(field.word, `!${field.word}:${ANY}`) };
}

/** A field of the account's own. Free text is never kept. */
function readOwnField(id: string, values: readonly string[], desk: Desk): Read {
  const known = desk.fields.find((one) => one.id === id);
  const field = codeField(desk.codes, id);
  const read = readValues(field, values);
  return {
    understood: known !== undefined && isList(known) ? read : unread(read),
    none: lookedAt(field.word, `!field:${id}=${ANY}`),
  };
}

/** Actions that do something whatever their arguments are. */
const DOES: Patterns<Understood> = [
  [/^(?:addInternalNote|setResponseText|addAttachments)$/i, lookedAt('comment')],
  [/^(?:sendEmail|forwardByEmail|http)$/i, lookedAt('notify_target', 'notify:target')],
  [/^snoozeTicket$/i, lookedAt('set_status', 'status:pending')],
  [/^(?:setSubject|excludeFromAutoMerge|excludeFromCSAT)$/i, NOTHING],
];
/** Value of a ticket that an action sets, which is the name of its argument too. */
const SETS: Patterns<string> = [
  [/^(?:add|set|remove)Tags$/i, 'tags'],
  [/^setStatus$/i, 'status'],
  [/^setPriority$/i, 'priority'],
  [/^setAssignee$/i, 'assignee_user'],
  [/^setTeamAssignee$/i, 'assignee_team'],
];
/** An action of a rule or macro. */
function readAction(given: unknown, args: unknown, desk: Desk): Understood {
  const name = String(given);
  const done = firstFit(DOES, name);
  if (done !== null) return done;
  const text = (key: string) => valuesOf(valueAt(args, key))[0] ?? null;
  if (/^(?:replyToTicket|sendReply)$/i.test(name)) return tellsRequester(text('body_text') ?? text('body_html'));
  if (/^setCustomFieldValue$/i.test(name)) {
    const { understood } = readOwnField(text('custom_field_id') ?? '', valuesOf(valueAt(args, 'value')), desk);
    return { ...understood, word: 'set_field' };
  }
  const key = firstFit(SETS, name);
  if (key === null) return UNREAD;
  // Somebody is given as a record, or by the id alone.
  const value = valueAt(args, key);
  const values = textsOf(valueAt(value, 'id') ?? value);
  const { understood, none } = readField(`ticket.${key}`, values, desk);
  const teamOf = () => valuesOf(valueAt(value, 'name'))[0];
  return setTo(value === null ? none : understood, values, teamOf, /^remove/i.test(name));
}

/** Several values may be one text with commas. */
function textsOf(given: unknown): string[] {
  const texts = valuesOf(given).flatMap((text) => text.split(','));
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}
