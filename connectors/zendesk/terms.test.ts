import { describe, expect, it } from 'vitest';
import { byId } from '../../src/kit/feed/read-all.ts';
import { conditionFacts, toAutomation } from '../../src/kit/rule-terms.ts';
import { contextWith as context, directoryWith } from '../../test/harness/zendesk-account.ts';
import { marksEscalation, readAction } from './action-terms.ts';
import { readCondition, readOrder } from './condition-terms.ts';
import { recordedTerms } from './field-terms.ts';
import { toField, toForm } from './map-forms.ts';
import { isAcknowledgement, toRule, toView } from './map-rules.ts';
import { Organisation, OrganisationField, Rule, TicketField, TicketForm, View } from './schema-config.ts';

function directoryOf(fields: readonly unknown[], organisationFields: readonly unknown[]) {
  const org = organisationFields.map((field) => OrganisationField.parse(field));
  return directoryWith({
    groups: [{ id: '77', name: 'Eskalationen', deleted: false }],
    fields: byId(fields.map((field) => TicketField.parse(field))),
    statuses: new Map([
      ['501', { category: 'open', label: 'Eskaliert an Entwicklung' }],
      ['502', { category: 'pending', label: 'Wartet' }],
    ]),
    organisationFields: new Map(org.map((field) => [field.key, field])),
  });
}

const directory = directoryOf(
  [
    { id: 31, type: 'tagger', title: 'Root cause', custom_field_options: [{ id: 901, name: 'Bug', value: 'bug' }] },
    { id: 32, type: 'checkbox', title: 'Eskaliert' },
    { id: 33, type: 'text', title: 'Serial number' },
    { id: 34, type: 'multiselect', title: 'Betroffene Produkte' },
    { id: 35, type: 'integer', title: 'Seats' },
    {
      id: 36,
      type: 'tagger',
      title: 'Nivel de escalamiento',
      custom_field_options: [
        { value: 'n0', name: 'Ninguno', default: true },
        { value: 'n2', name: 'Segundo nivel' },
      ],
    },
    { id: 37, type: 'date', title: 'Geplant am' },
    { id: 40, type: 'assignee', title: 'Assignee', required: true, removable: false },
    { id: 41, type: 'priority', title: 'Priority', required: true, removable: false },
    { id: 42, type: 'subject', title: 'Subject', required: true, required_in_portal: true, removable: false },
  ],
  [
    { key: 'plan', type: 'dropdown', title: 'Plan', custom_field_options: [{ id: 61, value: 'gold' }] },
    { key: 'wichtig', type: 'checkbox', title: 'Wichtig' },
    { key: 'notiz', type: 'text', title: 'Notiz' },
    { key: 'umsatz', type: 'decimal', title: 'Umsatz' },
  ],
);

const desk = { directory, context: context() };
const terms = (field: string, operator: string | null, value?: unknown) => {
  const found = conditionFacts(readCondition({ field, operator, value }, desk));
  return [found.condition_terms, found.unread_conditions];
};

describe('conditions as terms', () => {
  it.each([
    ['current_tags', 'includes', 'vip gold', [['tag:tag#gold', 'tag:tag#vip'], 0]],
    ['current_tags', 'includes', ['vip', 'treuekunde'], [['tag:tag#treuekunde', 'tag:tag#vip'], 0]],
    ['current_tags', 'includes', 'vip,gold', [['tag:tag#gold', 'tag:tag#vip'], 0]],
    ['current_tags', 'not_includes', 'vip', [['!tag:tag#vip'], 0]],
    ['current_tags', 'includes', 'closed_by_merge', [['tag:closed_by_merge'], 0]],
    ['current_tags', 'resembles', 'vip', [['tag'], 1]],
    ['organization.custom_fields.plan', 'is', 'gold', [['org:plan=gold'], 0]],
    ['organization.custom_fields.plan', 'is', '61', [['org:plan=gold'], 0]],
    ['organization.custom_fields.plan', 'is_not', 61, [['!org:plan=gold'], 0]],
    ['organization.custom_fields.plan', 'present', '', [['org:plan=*'], 0]],
    ['organization.custom_fields.plan', 'not_present', null, [['!org:plan=*'], 0]],
    ['organization.custom_fields.wichtig', 'is', true, [['org:wichtig=true'], 0]],
    ['organization.custom_fields.wichtig', 'is', 'false', [['!org:wichtig=true'], 0]],
    ['organization.custom_fields.notiz', 'is', 'Frau Meier rief an', [['org:notiz'], 1]],
    ['organization.custom_fields.umsatz', 'greater_than', 10_000, [['org:umsatz'], 1]],
    ['organization_id', 'is', 4711, [['organisation:4711'], 0]],
    ['custom_fields_31', 'is', 'bug', [['field:31=bug'], 0]],
    ['custom_fields_31', 'is', '901', [['field:31=bug'], 0]],
    ['custom_fields_31', 'is_not', 'bug', [['!field:31=bug'], 0]],
    ['custom_fields_31', 'changed', null, [['changed:field:31'], 0]],
    ['custom_fields_31', 'is', '', [['!field:31=*'], 0]],
    ['custom_fields_31', 'not_present', '', [['!field:31=*'], 0]],
    ['custom_fields_31', 'present', '', [['field:31=*'], 0]],
    ['ticket_fields_32', 'is', 'true', [['field:32=true'], 0]],
    ['custom_fields_32', 'is', false, [['!field:32=true'], 0]],
    ['custom_fields_33', 'is', 'ABC-1', [['field:33'], 1]],
    ['custom_fields_34', 'includes', ['a', 'b'], [['field:34=a', 'field:34=b'], 0]],
    ['custom_fields_35', 'is', 5, [['field:35=5'], 0]],
    ['custom_fields_35', 'less_than', 5, [['field:35'], 1]],
    ['custom_fields_99', 'is', 'x', [['field:99'], 1]],
    ['status', 'less_than', 'pending', [['status:new', 'status:open'], 0]],
    ['status', 'is_not', 'solved', [['!status:solved'], 0]],
    ['status', 'value_previous', 'solved', [['changed:status'], 0]],
    ['status', 'value', 'solved', [['changed:status', 'status:solved'], 0]],
    ['status', 'is', 'wartet', [[], 1]],
    ['custom_status_id', 'includes', ['501', 502], [['state:501', 'state:502', 'status:open', 'status:pending'], 0]],
    ['custom_status_id', 'is', '999', [[], 1]],
    ['priority', 'greater_than', 'normal', [['priority:1', 'priority:2'], 0]],
    ['priority', 'is', '', [['!priority:*'], 0]],
    ['priority', 'is', 'dringend', [[], 1]],
    ['type', 'is', 'incident', [['type:incident'], 0]],
    ['ticket_type_id', 'is', 3, [['type:problem'], 0]],
    ['group_id', 'is', 42, [['group:42'], 0]],
    ['group_id', 'is', '', [['!group:*'], 0]],
    ['group_id', 'is_not', '', [['group:*'], 0]],
    ['group_id', 'includes', ['1', '2'], [['group:1', 'group:2'], 0]],
    ['assignee_id', 'is', 'current_user', [['assignee:self'], 0]],
    ['assignee_id', 'changed', null, [['changed:assignee'], 0]],
    ['assignee_id', 'not_changed', null, [['!changed:assignee'], 0]],
    ['via_id', 'is', 4, [['channel:email'], 0]],
    ['via_id', 'is_not', 'web_service', [['!channel:api'], 0]],
    ['via_id', 'is', 9999, [[], 1]],
    ['ticket_form_id', 'is', 12, [['form:12'], 0]],
    ['brand_id', 'is', 3, [['brand:3'], 0]],
    ['update_type', 'is', 'Create', [['created'], 0]],
    ['update_type', 'is', 'Change', [['!created'], 0]],
    ['update_type', 'is_not', 'Create', [['!created'], 0]],
    ['until_sla_next_breach_at', 'less_than', 2, [['sla_breach'], 0]],
    ['satisfaction_score', 'is', 'bad', [['csat'], 0]],
    ['OPEN', 'greater_than', 48, [['time:open'], 0]],
    ['SOLVED', 'greater_than_business_hours', 96, [['time:solved'], 0]],
    ['PENDING', 'roughly', 96, [['time:pending'], 1]],
    ['comment_is_public', 'is', 'requester_can_see_comment', [['update'], 0]],
    ['subject_includes_word', 'includes', 'Rechnung', [['text'], 0]],
    ['requester.custom_fields.stufe', 'is', 'a', [[], 1]],
    ['moon_phase', 'is', 'full', [[], 1]],
    ['priority', null, 'urgent', [['priority:1'], 0]],
  ])('%s %s %j', (field, operator, value, expected) => {
    expect(terms(field, operator, value)).toEqual(expected);
  });

  it('takes those of `any` as well, and counts each that is not understood', () => {
    const rule = Rule.parse({
      id: 1,
      conditions: {
        all: [{ field: 'update_type', operator: 'is', value: 'Create' }],
        any: [
          { field: 'current_tags', operator: 'includes', value: 'treuekunde' },
          { field: 'mondphase', operator: 'is', value: 'voll' },
          { field: 'status', operator: 'ist', value: 'open' },
        ],
      },
      actions: [],
    });
    expect(toRule(rule, 'trigger', desk)).toMatchObject({
      condition_terms: ['created', 'status', 'tag:tag#treuekunde'],
      unread_conditions: 2,
    });
  });
});

describe('views', () => {
  it.each([
    ['organization', ['by:organisation']],
    ['sla_next_breach_at', ['by:sla_breach']],
    ['breached_at', ['by:sla_breach']],
    ['priority', ['by:priority']],
    ['ticket_type_id', ['by:type']],
    ['created', ['by:created']],
    ['custom_fields_31', ['by:field:31']],
    ['31', ['by:field:31']],
    ['organization.custom_fields.plan', ['by:org:plan']],
  ])('ordered by %s', (order, expected) => {
    expect(readOrder(order, desk).terms).toEqual(expected);
  });

  it('say by what they are grouped and sorted, and count what is not understood', () => {
    const view = View.parse({
      id: 5,
      conditions: { all: [{ field: 'status', operator: 'less_than', value: 'open' }], any: [] },
      execution: { group: { id: 31 }, sort_by: 'mood' },
    });
    expect(toView(view, desk)).toMatchObject({
      condition_terms: ['by:field:31', 'status:new'],
      unread_conditions: 1,
    });
  });
});

const done = (field: string, value: unknown) => {
  const does = readAction({ field, value }, desk);
  const found = toAutomation({ id: '1', kind: 'trigger', active: true, does });
  return [found.action_terms, found.unread_actions];
};

describe('actions as terms', () => {
  it.each([
    ['group_id', '77', [['group:77'], 0]],
    ['group_id', '', [['!group:*'], 0]],
    ['assignee_id', 'current_user', [['assignee:self'], 0]],
    ['priority', 'urgent', [['priority:1'], 0]],
    ['priority', 'eilig', [['priority'], 1]],
    ['status', 'solved', [['status:solved'], 0]],
    ['custom_status_id', 501, [['state:501', 'status:open'], 0]],
    ['current_tags', 'vip gold', [['tag:tag#gold', 'tag:tag#vip'], 0]],
    ['remove_tags', 'vip', [['!tag:tag#vip'], 0]],
    ['custom_fields_31', 'bug', [['field:31=bug'], 0]],
    ['custom_fields_32', 'true', [['field:32=true'], 0]],
    ['custom_fields_33', 'ABC-1', [['field:33=filled'], 0]],
    [
      'notification_user',
      ['requester_id', 'Hi', 'We reply within 4 business hours.'],
      [['notify:requester', 'promise:14400', 'promise_in:business_hours'], 0],
    ],
    [
      'notification_user',
      ['requester_and_ccs', 'Eingang', 'Wir antworten innerhalb von 2 Stunden.'],
      [['notify:requester', 'promise:7200'], 0],
    ],
    ['notification_user', ['assignee_id', 'x', 'We reply within 4 hours.'], [['notify:agent'], 0]],
    ['notification_user', 'requester_id', [['notify:requester'], 0]],
    ['notification_sms_user', ['requester_id', '+1', 'Got it'], [['notify:requester'], 0]],
    ['notification_messaging', ['Got it'], [['notify:requester'], 0]],
    ['notification_messaging_csat', null, [['notify:requester', 'survey'], 0]],
    ['notification_group', ['77', 'x', 'y'], [['notify:group:77'], 0]],
    ['notification_group', ['group_id', 'x', 'y'], [['notify:group:*'], 0]],
    ['notification_webhook', ['w1', '{}'], [['notify:target'], 0]],
    ['set_schedule', '9', [['schedule:9'], 0]],
    ['brew_coffee', 'yes', [[], 1]],
  ])('%s %j', (field, value, expected) => {
    expect(done(field, value)).toEqual(expected);
  });

  it.each([
    ['current_tags', 'fall_eskaliert', true],
    ['current_tags', 'not_escalated', false],
    ['remove_tags', 'escalated', false],
    ['custom_fields_32', 'true', true],
    ['custom_fields_32', 'false', false],
    ['custom_fields_36', 'n2', true],
    ['custom_fields_36', 'n0', false],
    ['custom_status_id', '501', true],
    ['custom_status_id', '502', false],
    ['priority', 'urgent', false],
  ])('%s %s marks an escalation: %s', (field, value, marks) => {
    expect(marksEscalation({ field, value }, desk)).toBe(marks);
  });

  it('takes marks of the settings for escalations', () => {
    const own = { directory, context: context({ escalationMarks: ['feuer', 'field:31=bug', '502'] }) };
    expect(marksEscalation({ field: 'set_tags', value: 'feuer' }, own)).toBe(true);
    expect(marksEscalation({ field: 'custom_fields_31', value: 'bug' }, own)).toBe(true);
    expect(marksEscalation({ field: 'custom_status_id', value: '502' }, own)).toBe(true);
    expect(marksEscalation({ field: 'set_tags', value: 'wasser' }, own)).toBe(false);
  });
});

describe('the rule that says the request arrived', () => {
  const rule = (update: string, action: unknown) =>
    Rule.parse({
      id: 1,
      conditions: { all: [{ field: 'update_type', operator: 'is', value: update }], any: [] },
      actions: [action],
    });
  it.each([
    ['Create', { field: 'notification_user', value: ['requester_id', 's', 'b'] }, true],
    ['Create', { field: 'notification_user', value: ['requester_and_ccs', 's', 'b'] }, true],
    ['Create', { field: 'notification_sms_user', value: ['requester_id', '1', 'b'] }, true],
    ['Create', { field: 'notification_messaging', value: ['b'] }, true],
    ['Create', { field: 'notification_user', value: ['assignee_id', 's', 'b'] }, false],
    ['Change', { field: 'notification_user', value: ['requester_id', 's', 'b'] }, false],
  ])('%s %j: %s', (update, action, is) => {
    expect(isAcknowledgement(toRule(rule(update, action), 'trigger', desk))).toBe(is);
  });
});

describe('what is recorded of an organisation', () => {
  const of = (more: Record<string, unknown>) => recordedTerms(Organisation.parse({ id: 1, ...more }), desk);
  it('is the values of its lists and boxes and its tags, never text or amounts', () => {
    const organization_fields = { plan: 'gold', wichtig: true, notiz: 'Frau Meier', umsatz: 12.5, weg: 'x' };
    expect(of({ organization_fields, tags: ['eu'] })).toEqual(['org:plan=gold', 'org:wichtig=true', 'tag:tag#eu']);
    expect(of({ organization_fields: { plan: null, wichtig: false } })).toEqual([]);
  });
  it('is unknown where the source shows neither', () => {
    expect(of({})).toBeNull();
  });
});

describe('fields and forms', () => {
  const field = (id: string) => {
    const found = directory.fields.get(id);
    if (found === undefined) throw new Error(`no field ${id}`);
    return toField(found, directory);
  };
  it.each([
    ['31', ['holds:code', 'role:cause']],
    ['33', ['holds:text']],
    ['34', ['holds:code', 'role:product']],
    ['35', ['holds:number']],
    ['37', ['holds:date']],
    ['32', ['holds:checkbox']],
  ])('field %s hints at %j', (id, hints) => {
    expect(field(id).condition_terms).toEqual(hints);
  });

  it('demand what the desk asks for, never what the vendor asks of every ticket', () => {
    expect([field('40').required_to_solve, field('42').required_fields]).toEqual([[], []]);
    expect(field('41').required_to_solve).toEqual(['priority']);
    const form = TicketForm.parse({
      id: 1,
      ticket_field_ids: [40, 41, 42],
      agent_conditions: [
        {
          child_fields: [
            { id: 40, is_required: true },
            { id: 31, is_required: true },
          ],
        },
      ],
    });
    expect(toForm(form, directory)).toMatchObject({
      required_fields: [],
      required_to_solve: ['31', 'priority'],
    });
  });
});
