import { DAY_S } from './calendar.ts';
import { takeGroup } from './people.ts';
import { PRIORITIES, type Practices } from './practices.ts';
import type { FieldIds, RuleCondition, SimGroup, SimRule } from './world.ts';

/** The triggers and automations of a desk, as its administrator made them, in the vendor's words. */
export function writeRules(
  practices: Practices,
  groups: readonly SimGroup[],
  fields: FieldIds,
  start: number,
): SimRule[] {
  const rules: SimRule[] = [];
  const add = (
    key: string,
    kind: SimRule['kind'],
    title: string,
    all: RuleCondition[],
    actions: SimRule['actions'],
    active = true,
    ageDays = 200,
  ): void => {
    rules.push({
      id: 360_011_820_001 + rules.length * 23,
      key,
      kind,
      title,
      active,
      createdAt: start - ageDays * DAY_S,
      conditions: { all, any: [] },
      actions,
      uses: 0,
      lastFiredAt: null,
    });
  };
  const created = is('update_type', 'Create');
  const front = groups.find((group) => group.role === 'front');
  if (practices.intake.acknowledgement !== null)
    add(
      'acknowledge',
      'trigger',
      'Notify requester of received request',
      [created, is('role', 'end_user')],
      [
        {
          field: 'notification_user',
          value: ['requester_id', 'Request received', practices.intake.acknowledgement.text],
        },
      ],
    );
  add(
    'notify-team',
    'trigger',
    'Notify group of assignment',
    [is('group_id', 'changed')],
    [{ field: 'notification_group', value: ['group_id', 'New request', 'A request is waiting for your group.'] }],
  );
  if (practices.priorities.setBy === 'severity')
    for (const priority of PRIORITIES)
      add(
        `priority-${priority}`,
        'trigger',
        `Priority ${priority} from severity`,
        [created, is(`custom_fields_${fields.severity}`, `severity_${priority}`)],
        [{ field: 'priority', value: priority }],
      );
  for (const key of new Set(practices.topics.flatMap((topic) => (topic.group === null ? [] : [topic.group]))))
    add(
      `route-${key}`,
      'trigger',
      `Route to ${takeGroup(groups, key).name}`,
      [
        created,
        is(
          `custom_fields_${fields.topic}`,
          practices.topics
            .filter((t) => t.group === key)
            .map((t) => t.key)
            .join(','),
        ),
      ],
      [{ field: 'group_id', value: String(takeGroup(groups, key).id) }],
    );
  const premium = groups.find((group) => group.role === 'premium');
  if (premium !== undefined)
    add(
      'route-premium',
      'trigger',
      'Premium customers to their team',
      [created, { field: 'current_tags', operator: 'includes', value: 'premium' }],
      [{ field: 'group_id', value: String(premium.id) }],
    );
  if (front !== undefined && rules.some((rule) => rule.key.startsWith('route-')))
    add(
      'route-front',
      'trigger',
      `Everything else to ${front.name}`,
      [created, is('group_id', '')],
      [{ field: 'group_id', value: String(front.id) }],
    );
  if (practices.assignment === 'skill')
    add(
      'skill',
      'trigger',
      'Assign by skill and presence',
      [
        is('assignee_id', ''),
        { field: 'requester_language', operator: 'is_not', value: '' },
        { field: `custom_fields_${fields.product}`, operator: 'present', value: null },
      ],
      [
        { field: 'set_skills', value: ['product', 'topic'] },
        { field: 'assignee_id', value: 'routing' },
      ],
    );
  if (practices.intake.botSolves > 0)
    add(
      'bot',
      'trigger',
      'Offer an article before a person is asked',
      [created, is('via_id', 'native_messaging')],
      [{ field: 'deflection', value: ['requester_id', 'Suggested article', 'See {{deflection.articles}}'] }],
    );
  if (practices.queue !== 'arrival' && practices.queue !== 'pile')
    add(
      'due-soon',
      'automation',
      'Tell the group before a promise is missed',
      [{ field: 'until_sla_next_breach_at', operator: 'less_than', value: '1' }],
      [{ field: 'notification_group', value: ['group_id', 'Due soon', 'A promise is due within the hour.'] }],
    );
  if (practices.closing.reminderDays !== null)
    add(
      'remind',
      'automation',
      `Reminder after ${practices.closing.reminderDays} days pending`,
      [is('status', 'pending'), is('PENDING', String(practices.closing.reminderDays * 24))],
      [
        {
          field: 'notification_user',
          value: ['requester_id', 'Do you still need help?', 'We have not heard from you.'],
        },
      ],
    );
  if (practices.closing.givesUpDays !== null)
    add(
      'give-up',
      'automation',
      `Solve after ${practices.closing.givesUpDays} days pending`,
      [is('status', 'pending'), is('PENDING', String(practices.closing.givesUpDays * 24))],
      [{ field: 'status', value: 'solved' }],
    );
  if (practices.survey !== null)
    add(
      'survey',
      'automation',
      'Request customer satisfaction rating (system automation)',
      [is('SOLVED', '24'), is('satisfaction_score', 'unoffered')],
      [{ field: 'satisfaction_score', value: 'offered' }],
    );
  add(
    'close',
    'automation',
    'Close ticket 4 days after status is set to solved',
    [is('SOLVED', '96')],
    [{ field: 'status', value: 'closed' }],
  );
  for (let index = 0; index < practices.deadRules; index++)
    add(
      `dead-${index}`,
      'trigger',
      `Copy of an old rule ${index + 1}`,
      [created],
      [{ field: 'current_tags', value: 'old' }],
      false,
      600,
    );
  return rules;
}

function is(field: string, value: string): RuleCondition {
  return { field, operator: 'is', value };
}
