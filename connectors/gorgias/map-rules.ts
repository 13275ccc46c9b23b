import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { readPromise } from '../../src/kit/read-promise.ts';
import { saysEscalation } from '../../src/kit/recognise-escalation.ts';
import {
  ANY,
  denied,
  lookedAt,
  type RuleField,
  readValues,
  ruleField,
  toAutomation,
  UNREAD,
  type Understood,
  unread,
  valuesOf,
} from '../../src/kit/rule-terms.ts';
import { type Desk, isList } from './account.ts';
import { type Call, Path, readCode } from './read-code.ts';
import { type Macro, MacroAction, type Rule, type View } from './schema.ts';
import { WORDS } from './words.ts';

type Automation = TelemetryRecord<'automation'>;

/** Understood, and it selects or does nothing that terms name. */
const NOTHING: Understood = { word: null, terms: [] };

export function toRule(row: Rule, desk: Desk): Automation {
  const { calls, branches } = readCode(row.code);
  const conditions = calls.filter((call) => call.name !== 'Action').map((call) => readCondition(call, desk));
  const does = calls
    .filter((call) => call.name === 'Action')
    .map(({ args: [name, given] }) => (typeof name === 'string' ? readAction(name, recordOf(given), desk) : UNREAD));
  return toAutomation({
    id: row.id,
    kind: 'trigger',
    active: !row.deactivated_datetime,
    updated_at: row.updated_datetime,
    ...(row.code === null
      ? {}
      : {
          conditions: [...eventsOf(row.event_types), ...(branches ? conditions.map(unread) : conditions)],
          does: does.length === 0 ? [UNREAD] : does,
        }),
  });
}

export function toMacro(row: Macro, desk: Desk): Automation {
  const does = Array.isArray(row.actions)
    ? row.actions.map((one) => {
        const { name, arguments: given } = MacroAction.safeParse(one).data ?? { name: null, arguments: null };
        return name === null ? UNREAD : readAction(name, given ?? {}, desk);
      })
    : null;
  return toAutomation({
    id: row.id,
    kind: 'macro',
    active: !row.archived_datetime && !row.deleted_datetime,
    updated_at: row.updated_datetime,
    does,
  });
}

/** A view of tickets; others list customers. */
export function toView(row: View, desk: Desk): Automation[] {
  if (row.type !== null && !/^ticket/i.test(row.type)) return [];
  const filters = readCode(row.filters).calls.map((call) => readCondition(call, desk));
  const sorted = /^priority$/i.test(row.order_by ?? '') ? [lookedAt('priority', 'by:priority')] : [];
  return [
    toAutomation({
      id: row.id,
      kind: 'view',
      active: !row.deactivated_datetime,
      shared: !/^private$/i.test(row.visibility ?? ''),
      vendor_default: /^system$/i.test(row.category ?? ''),
      conditions: row.filters === null ? null : [...filters, ...sorted],
    }),
  ];
}

/** When a rule runs. */
const EVENTS: Readonly<Record<string, Understood>> = {
  'ticket-created': lookedAt('created'),
  'ticket-updated': lookedAt('created', '!created'),
  'ticket-message-created': lookedAt('update'),
  'ticket-assigned': lookedAt('assignee', 'changed:assignee'),
  'ticket-self-unsnoozed': lookedAt('time', 'time:pending'),
  'satisfaction-survey-responded': lookedAt('csat'),
};

/** Events of a rule, which are given as one text with commas. At creation and on changes too is no restriction. */
function eventsOf(given: unknown): Understood[] {
  const types = valuesOf(given).flatMap((text) => text.split(',').map((type) => type.trim().toLowerCase()));
  if (types.includes('ticket-created') && types.length > 1) return [NOTHING];
  return types.map((type) => EVENTS[type] ?? UNREAD);
}

/** Values that conditions look at, whatever they are. The first that fits. */
const LOOKED_AT: readonly (readonly [RegExp, Understood])[] = [
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

function readCondition({ name, args, denied: not }: Call, desk: Desk): Understood {
  const understood = readComparison(name.toLowerCase(), args, desk);
  return not ? denied(understood) : understood;
}

function readComparison(operator: string, [on, ...given]: readonly unknown[], desk: Desk): Understood {
  if (operator.endsWith('businesshours')) return lookedAt('schedule');
  if (!(on instanceof Path)) return UNREAD;
  const looked = LOOKED_AT.find(([pattern]) => pattern.test(on.text));
  if (looked !== undefined) return looked[1];
  const { understood, any } = readField(on.text, valuesOf(given), desk);
  const none: Understood = any === null ? UNREAD : { word: understood.word, terms: [`!${any}`] };
  switch (operator) {
    case 'eq':
      return given[0] === null ? none : understood;
    case 'neq':
      return denied(given[0] === null ? none : understood);
    case 'contains':
    case 'containsany':
    case 'containsall':
      return understood;
    case 'notcontains':
    case 'notcontainsany':
    case 'notcontainsall':
      return denied(understood);
    case 'isempty':
      return none;
    case 'isnotempty':
      return denied(none);
    default:
      return unread(understood);
  }
}

/** A value of a ticket with what it is compared with, in canonical words, and the term of any value of it. */
function readField(path: string, values: readonly string[], desk: Desk): Read {
  const { pseudonymise, settings } = desk.context;
  const of = (field: RuleField): Read => ({ understood: readValues(field, values), any: `${field.word}:${ANY}` });
  const people = ruleField('assignee', (id) => (/current_user/.test(id) ? 'self' : id));
  if (path === 'ticket.status') return of(ruleField('status', WORDS.status));
  if (path === 'ticket.priority') return of(ruleField('priority', WORDS.rank));
  if (/\.channel$/.test(path)) return of(ruleField('channel', WORDS.channel));
  if (/^ticket\.assignee_user(?:_id|\.id)?$/.test(path)) return of(people);
  if (/^ticket\.assignee_team(?:_id|\.id)?$/.test(path)) return of(ruleField('group'));
  if (/^ticket\.tags(?:\.name)?$/.test(path))
    return of(ruleField('tag', (tag) => keptTag(pseudonymise, settings.clearTags, tag)));
  const field = /^ticket\.custom_fields(?:\[|\.)(\d+)/.exec(path)?.[1];
  return field === undefined ? { understood: UNREAD, any: null } : readOwnField(field, values, desk);
}

interface Read {
  readonly understood: Understood;
  readonly any: string | null;
}

/** A field of the account's own. Free text is never kept. */
function readOwnField(id: string, values: readonly string[], desk: Desk): Read {
  const known = desk.fields.find((one) => one.id === id);
  const role = [...desk.codes].find(([, field]) => field === id)?.[0] ?? 'field';
  const read = readValues(
    ruleField(role, (value) => `${id}=${value}`, 'field'),
    values,
  );
  return { understood: known !== undefined && isList(known) ? read : unread(read), any: `field:${id}=${ANY}` };
}

/** Actions that do something whatever their arguments are. */
const DOES: Readonly<Record<string, Understood>> = {
  addinternalnote: lookedAt('comment'),
  setresponsetext: lookedAt('comment'),
  addattachments: lookedAt('comment'),
  sendemail: lookedAt('notify_target', 'notify:target'),
  forwardbyemail: lookedAt('notify_target', 'notify:target'),
  http: lookedAt('notify_target', 'notify:target'),
  snoozeticket: lookedAt('set_status', 'status:pending'),
  setsubject: NOTHING,
  excludefromautomerge: NOTHING,
  excludefromcsat: NOTHING,
};

function readAction(name: string, given: Readonly<Record<string, unknown>>, desk: Desk): Understood {
  const action = name.toLowerCase();
  const done = DOES[action];
  if (done !== undefined) return done;
  const sets = (path: string, values: readonly string[]) => readField(path, values, desk).understood;
  switch (action) {
    case 'replytoticket':
    case 'sendreply':
      return tells(textOf(given.body_text) ?? textOf(given.body_html));
    case 'addtags':
    case 'settags':
      return tagged(tagsOf(given.tags), desk);
    case 'removetags':
      return { ...denied(sets('ticket.tags', tagsOf(given.tags))), word: 'set_tag' };
    case 'setstatus':
      return { ...sets('ticket.status', valuesOf(given.status)), word: 'set_status' };
    case 'setpriority':
      return { ...sets('ticket.priority', valuesOf(given.priority)), word: 'set_priority' };
    case 'setassignee':
      return given.assignee_user === null
        ? lookedAt('set_assignee', `!assignee:${ANY}`)
        : { ...sets('ticket.assignee_user', idsOf(given.assignee_user)), word: 'set_assignee' };
    case 'setteamassignee':
      return given.assignee_team === null
        ? lookedAt('set_group', `!group:${ANY}`)
        : { ...sets('ticket.assignee_team', idsOf(given.assignee_team)), word: 'set_group' };
    case 'setcustomfieldvalue': {
      const read = readOwnField(valuesOf(given.custom_field_id)[0] ?? '', valuesOf(given.value), desk).understood;
      return { ...read, word: 'set_field' };
    }
    default:
      return UNREAD;
  }
}

function tagged(tags: readonly string[], desk: Desk): Understood {
  const { terms } = readField('ticket.tags', tags, desk).understood;
  return { word: tags.some(saysEscalation) ? 'escalate' : 'set_tag', terms };
}

/** Tags are given as one text with commas. */
function tagsOf(given: unknown): string[] {
  return valuesOf(given)
    .flatMap((text) => text.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Somebody is given as a record, or by the id alone. */
function idsOf(given: unknown): string[] {
  return valuesOf(typeof given === 'object' && given !== null ? (given as { id?: unknown }).id : given);
}

function recordOf(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
}
function textOf(given: unknown): string | null {
  return typeof given === 'string' && given !== '' ? given : null;
}

/** A message to the customer, and the reply time that it states. Its text is dropped. */
function tells(text: string | null): Understood {
  const promise = text === null ? null : readPromise(text);
  const stated = promise === null ? [] : [`promise:${promise.seconds}`];
  const hours = promise?.businessHours === true ? ['promise_in:business_hours'] : [];
  return { word: 'notify_requester', terms: ['notify:requester', ...stated, ...hours] };
}
