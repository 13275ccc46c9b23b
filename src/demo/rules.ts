import { acknowledgementText } from './acknowledgement.ts';
import { DAY_S } from './calendar.ts';
import { takeGroup } from './people.ts';
import { PRIORITIES, type Practices } from './practices.ts';
import { type AddRule, CREATED, is, type RuleSource } from './rule-source.ts';
import { addHabits } from './rules-habits.ts';
import { SKILL_IDS } from './skills.ts';
import { selectTier, selectTierOnAccount, showsTier } from './tiers.ts';
import { fillWords, type Vocabulary } from './vocabulary.ts';
import type { FieldIds, SimGroup, SimRule } from './world.ts';

/** The triggers and automations of a desk, as its administrator made them, in the vendor's words. */
export function writeRules(
  practices: Practices,
  words: Vocabulary,
  groups: readonly SimGroup[],
  fields: FieldIds,
  start: number,
): SimRule[] {
  const rules: SimRule[] = [];
  const add: AddRule = (key, kind, title, all, actions, active = true, ageDays = 200) => {
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
  const source = { practices, words, groups, fields };
  addIntake(source, add);
  if (addRouting(source, add)) addRest(source, add);
  addAssignment(source, add);
  addTimed(source, add);
  addHabits(source, add);
  addDead(source, add);
  return rules;
}

function addIntake({ practices, words, fields }: RuleSource, add: AddRule): void {
  const { rules: titles, mails } = words;
  const { acknowledgement } = practices.intake;
  if (acknowledgement !== null)
    add(
      'acknowledge',
      'trigger',
      titles.acknowledge,
      [CREATED, is('role', 'end_user')],
      [
        {
          field: 'notification_user',
          value: [acknowledgement.receiver ?? 'requester_id', mails.received, acknowledgementText(practices, words)],
        },
      ],
    );
  add(
    'notify-team',
    'trigger',
    titles.notifyTeam,
    [is('group_id', 'changed')],
    [{ field: 'notification_group', value: ['group_id', mails.newRequest, mails.newRequestText] }],
  );
  if (practices.priorities.setBy === 'severity')
    for (const priority of PRIORITIES)
      add(
        `priority-${priority}`,
        'trigger',
        fillWords(titles.priority, { priority }),
        [CREATED, is(`custom_fields_${fields.severity}`, words.fields.severityOptions[priority])],
        [{ field: 'priority', value: priority }],
      );
}

/** Gives whether anything is routed at all: then the rest needs a rule too. */
function addRouting({ practices, words, groups, fields }: RuleSource, add: AddRule): boolean {
  const { rules: titles } = words;
  const { tiers } = practices.customers;
  const keys = new Set(practices.topics.flatMap((topic) => (topic.group === null ? [] : [topic.group])));
  for (const key of keys) {
    const group = takeGroup(groups, key);
    const topics = practices.topics.filter((topic) => topic.group === key).map((topic) => topic.key);
    add(
      `route-${key}`,
      'trigger',
      fillWords(titles.route, { group: group.name }),
      [CREATED, is(`custom_fields_${fields.topic}`, topics.join(','))],
      [{ field: 'group_id', value: String(group.id) }],
    );
  }
  // Where the ticket shows the tier beside the organisation, a rule copies it; alone on the ticket, an import fills it.
  if (showsTier(practices, words, 'ticket_field') && words.tiers.shownOn.length > 1)
    for (const [rank, tier] of tiers.entries())
      add(
        `tier-field-${rank}`,
        'trigger',
        fillWords(titles.tierField, { tier: tier.name }),
        [CREATED, ...selectTierOnAccount(practices, words, fields, tier.name)],
        [{ field: `custom_fields_${fields.tier}`, value: tier.name }],
      );
  const premium = groups.find((group) => group.role === 'premium');
  const top = tiers.length > 1 ? tiers.at(-1) : undefined;
  if (premium === undefined || top === undefined) return keys.size > 0;
  add(
    'route-premium',
    'trigger',
    fillWords(titles.routeTier, { tier: top.name, group: premium.name }),
    [CREATED, ...selectTier(practices, words, fields, top.name)],
    [{ field: 'group_id', value: String(premium.id) }],
  );
  return true;
}

function addRest({ words, groups }: RuleSource, add: AddRule): void {
  const front = groups.find((group) => group.role === 'front');
  if (front === undefined) return;
  add(
    'route-front',
    'trigger',
    fillWords(words.rules.routeRest, { group: front.name }),
    [CREATED, is('group_id', '')],
    [{ field: 'group_id', value: String(front.id) }],
  );
}

function addAssignment({ practices, words, fields }: RuleSource, add: AddRule): void {
  const { rules: titles, mails } = words;
  if (practices.assignment === 'skill')
    add(
      'skill',
      'trigger',
      titles.skill,
      [
        is('assignee_id', ''),
        { field: 'requester_language', operator: 'is_not', value: '' },
        { field: `custom_fields_${fields.product}`, operator: 'present', value: null },
      ],
      [
        { field: 'set_skills', value: SKILL_IDS.map((id) => `${id}#1`) },
        { field: 'assignee_id', value: 'routing' },
      ],
    );
  if (practices.intake.botSolves > 0)
    add(
      'bot',
      'trigger',
      titles.bot,
      [CREATED, is('via_id', 'native_messaging')],
      [{ field: 'deflection', value: ['requester_id', mails.suggested, mails.suggestedText] }],
    );
}

/** Automations, which look at the clock. */
function addTimed({ practices, words }: RuleSource, add: AddRule): void {
  const { rules: titles, mails } = words;
  const { closing } = practices;
  if (practices.promiseAlerts ?? (practices.queue !== 'arrival' && practices.queue !== 'pile'))
    add(
      'due-soon',
      'automation',
      titles.dueSoon,
      [{ field: 'until_sla_next_breach_at', operator: 'less_than', value: '1' }],
      [{ field: 'notification_group', value: ['group_id', mails.dueSoon, mails.dueSoonText] }],
    );
  if (closing.reminderDays !== null)
    add(
      'remind',
      'automation',
      fillWords(titles.remind, { days: closing.reminderDays }),
      [is('status', 'pending'), is('PENDING', String(closing.reminderDays * 24))],
      [{ field: 'notification_user', value: ['requester_id', mails.stillThere, mails.stillThereText] }],
    );
  if (closing.givesUpDays !== null)
    add(
      'give-up',
      'automation',
      fillWords(titles.giveUp, { days: closing.givesUpDays }),
      [is('status', 'pending'), is('PENDING', String(closing.givesUpDays * 24))],
      [{ field: 'status', value: 'solved' }],
    );
  if (practices.survey !== null)
    add(
      'survey',
      'automation',
      titles.survey,
      [is('SOLVED', '24'), is('satisfaction_score', 'unoffered')],
      [{ field: 'satisfaction_score', value: 'offered' }],
    );
  add('close', 'automation', titles.close, [is('SOLVED', '96')], [{ field: 'status', value: 'closed' }]);
}

/** Rules that somebody switched off long ago. */
function addDead({ practices, words }: RuleSource, add: AddRule): void {
  const { old } = words.tags;
  for (let index = 0; index < practices.deadRules; index++)
    add(
      `dead-${index}`,
      'trigger',
      fillWords(words.rules.dead, { number: index + 1 }),
      [CREATED],
      old === null ? [{ field: 'priority', value: 'normal' }] : [{ field: 'current_tags', value: old }],
      false,
      600,
    );
}
