import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { purposeOf } from '../../src/kit/recognise-team.ts';
import { toAutomation as automationRecord } from '../../src/kit/rule-terms.ts';
import { actionTerms, marksEscalation } from './action-terms.ts';
import { conditionTerms, orderTerms } from './condition-terms.ts';
import type { Directory } from './directory.ts';
import type { EarlyContext } from './pages.ts';
import type { Action, Condition, Queue, Rule, View } from './schema-config.ts';
import type { Settings } from './settings.ts';
import { tellsPerson, tellsRequester } from './tells.ts';

export type Automation = TelemetryRecord<'automation'>;

/** Canonical word of a condition field; first pattern that fits. */
const CONDITION_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^priority$|^group_by:priority$/, 'priority'],
  [/^(ticket_)?type(_id)?$/, 'type'],
  [/^status$|^custom_status_id$|^(new|open|pending|hold|solved|closed)$/i, 'status'],
  [/^group(_id)?$/, 'group'],
  [/^assignee(_id)?$/, 'assignee'],
  [/^requester(_id)?$|^requester_role$/, 'requester'],
  [/^organi[sz]ation(_id)?$/, 'organisation'],
  [/^(current_)?via(_id|_type)?$|^channel$|^recipient(_email)?$/, 'channel'],
  [/^(ticket_)?form(_id)?$/, 'form'],
  [/^brand(_id)?$/, 'brand'],
  [/sla|breach/i, 'sla_breach'],
  [/satisfaction|csat/i, 'csat'],
  [/sentiment/i, 'sentiment'],
  [/intent/i, 'intent'],
  [/language|locale/i, 'language'],
  [/skill/i, 'skill'],
  [/schedule|business_hours|holiday/i, 'schedule'],
  [/hours_since|_at$|^until_|^due_date|^updated|^created/i, 'time'],
  [/tags?$/, 'tag'],
  [/^update_type$|^role$|^comment/, 'update'],
];

/** Canonical words that a set of conditions looks at, sorted, each once. */
export function conditionWords(
  conditions: readonly Pick<Condition, 'field' | 'value'>[],
  directory: Directory,
  settings: Settings,
): string[] {
  return [...new Set(conditions.flatMap((condition) => wordOf(condition, directory, settings)))].sort();
}

function wordOf(condition: Pick<Condition, 'field' | 'value'>, directory: Directory, settings: Settings): string[] {
  const { field } = condition;
  const organisationKey = /organi[sz]ation\.custom_fields\.(.+)$/.exec(field)?.[1];
  if (organisationKey !== undefined) return [organisationWord(organisationKey, directory)];
  const custom = /^(?:custom_fields?_|ticket_fields?_)(\d+)$/.exec(field)?.[1];
  if (custom !== undefined) return [customWord(custom, directory)];
  const word = CONDITION_WORDS.find(([pattern]) => pattern.test(field))?.[1];
  const tier = tierTag(condition, directory, settings);
  if (tier !== null) return ['tier', 'tag'];
  return word === undefined ? [] : [word];
}

function organisationWord(key: string, directory: Directory): string {
  const keys = directory.organisationKeys;
  if (key === keys.tier) return 'tier';
  if (key === keys.health) return 'health';
  if (keys.contract.includes(key)) return 'contract';
  return key === keys.partner ? 'partner' : 'organisation';
}

function customWord(id: string, directory: Directory): string {
  const mapped = directory.mapped.get(id);
  if (mapped !== undefined) return mapped;
  const title = directory.fields.get(id)?.title ?? '';
  if (/\btier\b|\bplan\b|segment/i.test(title)) return 'tier';
  if (/sentiment/i.test(title)) return 'sentiment';
  if (/intent/i.test(title)) return 'intent';
  return 'field';
}

/** Tier that a tag condition selects: a tag with the tier prefix, or one named as a tier is. */
export function tierTag(
  condition: Pick<Condition, 'field' | 'value'>,
  directory: Directory,
  settings: Settings,
): string | null {
  if (!/tags?$/.test(condition.field)) return null;
  const words = Array.isArray(condition.value)
    ? condition.value.map(String)
    : String(condition.value ?? '').split(/[\s,]+/);
  return tierOfTags(words, directory, settings);
}

/** Tier among tags; null when none of them names one. */
export function tierOfTags(tags: readonly string[], directory: Directory, settings: Settings): string | null {
  const prefix = settings.tierTagPrefix;
  if (prefix !== undefined) return tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length) ?? null;
  return tags.find((tag) => directory.organisationKeys.tierValues.includes(tag)) ?? null;
}

/** Canonical words for what a rule does, sorted, each once. */
export function actionWords(actions: readonly Action[], directory: Directory, context: EarlyContext): string[] {
  return [...new Set(actions.flatMap((action) => actionWord(action, directory, context)))].sort();
}

const PLAIN_ACTIONS: Readonly<Record<string, string>> = {
  priority: 'set_priority',
  assignee_id: 'set_assignee',
  status: 'set_status',
  custom_status_id: 'set_status',
  type: 'set_type',
  ticket_form_id: 'set_form',
  set_schedule: 'set_schedule',
  brand_id: 'set_brand',
  satisfaction_score: 'offer_survey',
  notification_group: 'notify_agent',
  notification_target: 'notify_target',
  notification_webhook: 'notify_target',
  notification_zis: 'notify_target',
  notification_messaging_csat: 'offer_survey',
  notification_user_with_csat: 'offer_survey',
  tweet_requester: 'notify_requester',
  deflection: 'suggest_articles',
  comment_value: 'comment',
  comment_value_html: 'comment',
  side_conversation: 'notify_target',
  side_conversation_ticket: 'notify_agent',
  side_conversation_slack: 'notify_target',
  share_ticket: 'share',
  follower: 'notify_agent',
  cc: 'notify_agent',
  add_skills: 'set_skill',
  set_skills: 'set_skill',
};

function actionWord(action: Action, directory: Directory, context: EarlyContext): string[] {
  const words = plainWords(action, directory, context);
  return marksEscalation(action, directory, context) ? [...words, 'escalate'] : words;
}

function plainWords(action: Action, directory: Directory, context: EarlyContext): string[] {
  const { field } = action;
  const first = Array.isArray(action.value) ? action.value[0] : action.value;
  if (field === 'group_id')
    return isEscalation(String(first), directory, context.settings) ? ['set_group', 'escalate'] : ['set_group'];
  const word = PLAIN_ACTIONS[field];
  if (tellsPerson(field))
    return [...(word === undefined ? [] : [word]), tellsRequester(action) ? 'notify_requester' : 'notify_agent'];
  if (/tags$/.test(field)) return ['set_tag'];
  const custom = /^custom_fields?_(\d+)$/.exec(field)?.[1];
  if (custom !== undefined) {
    const mapped = directory.mapped.get(custom);
    return mapped === undefined ? ['set_field'] : ['set_field', `set_${mapped}`];
  }
  return word === undefined ? [] : [word];
}

function isEscalation(groupId: string, directory: Directory, settings: Settings): boolean {
  const configured = settings.groupPurposes[groupId];
  if (configured !== undefined) return configured === 'escalation';
  const group = directory.groups.find((one) => one.id === groupId);
  return group !== undefined && purposeOf(group.name) === 'escalation';
}

/** Automation record of a trigger, automation or macro. */
export function toAutomation(
  rule: Rule,
  kind: Automation['kind'],
  directory: Directory,
  context: EarlyContext,
): Automation {
  const actions = rule.actions ?? [];
  const done = actionTerms(actions, directory, context);
  return {
    ...bare(rule.id, kind, rule.updated_at),
    active: rule.active ?? true,
    shared: rule.restriction?.type !== 'User',
    vendor_default: rule.default === true && untouched(rule),
    actions: actionWords(actions, directory, context),
    ...lookedAt(rule.conditions, directory, context),
    action_terms: done.terms,
    unread_actions: done.unread,
    fired_count: rule.usage_30d === null ? null : Math.round(rule.usage_30d),
  };
}

function lookedAt(
  conditions: readonly Condition[],
  directory: Directory,
  context: EarlyContext,
): Pick<Automation, 'condition_fields' | 'condition_terms' | 'unread_conditions'> {
  const { terms, unread } = conditionTerms(conditions, directory, context);
  return {
    condition_fields: conditionWords(conditions, directory, context.settings),
    condition_terms: terms,
    unread_conditions: unread,
  };
}

function untouched(rule: { created_at: Date | null; updated_at: Date | null }): boolean {
  return (
    rule.updated_at === null || rule.created_at === null || rule.updated_at.getTime() === rule.created_at.getTime()
  );
}

/** The rule tells the requester that the request arrived: runs on creation and notifies the requester. */
export function isAcknowledgement(rule: Rule): boolean {
  const onCreation = rule.conditions.some((c) => c.field === 'update_type' && /create/i.test(String(c.value)));
  return onCreation && (rule.actions ?? []).some(tellsRequester);
}

export function viewAutomation(view: View, directory: Directory, context: EarlyContext): Automation {
  const { grouped, sorted } = orderOf(view);
  const grouping = grouped === null ? [] : [{ field: grouped, value: null }];
  const order = orderTerms([grouped, sorted], directory);
  const seen = lookedAt(view.conditions, directory, context);
  return {
    ...bare(view.id, 'view', view.updated_at),
    ...seen,
    active: view.active ?? true,
    shared: view.restriction?.type !== 'User',
    vendor_default: view.default === true && untouched(view),
    condition_fields: conditionWords([...view.conditions, ...grouping], directory, context.settings),
    condition_terms: [...new Set([...(seen.condition_terms ?? []), ...order.terms])].sort(),
    unread_conditions: (seen.unread_conditions ?? 0) + order.unread,
  };
}

/** What a view is grouped and sorted by, as the vendor names it. */
function orderOf({ execution }: View): { readonly grouped: string | null; readonly sorted: string | null } {
  const idOf = (part: { id?: unknown } | null | undefined) =>
    typeof part?.id === 'string' || typeof part?.id === 'number' ? String(part.id) : null;
  return {
    grouped: execution?.group_by ?? idOf(execution?.group),
    sorted: execution?.sort_by ?? idOf(execution?.sort),
  };
}

export function queueAutomation(queue: Queue, directory: Directory, context: EarlyContext): Automation {
  return {
    ...bare(queue.id, 'queue', queue.updated_at),
    ...lookedAt(queue.definition, directory, context),
    actions: ['set_group'],
  };
}

/** An automation record about which nothing else is known. */
export function bare(id: string, kind: Automation['kind'], updatedAt: Date | null): Automation {
  return automationRecord({ id, kind, active: true, updated_at: updatedAt });
}
