import { type AddRule, CREATED, is, nameWebhook, type RuleSource } from './rule-source.ts';
import { ESCALATED_IDS } from './statuses.ts';
import { lookAt } from './steering.ts';
import { fillWords, slugOf } from './vocabulary.ts';
import type { SimRule } from './world.ts';

/** Rules of habits that not every desk has: turns, escalations, calls of other tools, a look at accounts and products. */
export function addHabits(source: RuleSource, add: AddRule): void {
  const { practices, words } = source;
  const { rules: titles } = words;
  if (practices.assignment === 'turns')
    add('turns', 'trigger', titles.turns, [is('assignee_id', '')], [{ field: 'assignee_id', value: 'routing' }]);
  const { escalating } = practices;
  if (escalating !== undefined && (escalating.by.rule ?? 0) > 0)
    add(
      'escalate',
      'automation',
      titles.escalate,
      [
        { field: 'status', operator: 'less_than', value: 'solved' },
        { field: 'until_sla_next_breach_at', operator: 'less_than', value: '2' },
      ],
      nameSteps(source),
    );
  if (escalating !== undefined && (escalating.by.customer ?? 0) > 0)
    add(
      'complaint',
      'trigger',
      titles.complaint,
      [
        is('update_type', 'Change'),
        is('role', 'end_user'),
        { field: 'comment_includes_word', operator: 'includes', value: words.escalation.word },
      ],
      nameSteps(source),
    );
  for (const subject of practices.steering?.rules ?? []) {
    const looks = lookAt(subject, source);
    if (looks.length > 0)
      add(
        `watch-${subject}`,
        'trigger',
        fillWords(titles.watch, { subject: words.subjects[subject] }),
        [CREATED, ...looks],
        [{ field: 'notification_group', value: ['group_id', words.mails.newRequest, words.mails.newRequestText] }],
      );
  }
  for (const [index, tool] of (practices.tools ?? []).entries())
    if (tool.webhook !== null && tool.pushed > 0)
      add(
        `push-${index}`,
        'trigger',
        fillWords(titles.webhook, { tool: tool.name }),
        [CREATED],
        [{ field: 'notification_webhook', value: [nameWebhook(index), '{}'] }],
      );
}

/** What an escalating rule does: the mark, and the move where there is a team. */
function nameSteps({ practices, words, groups, fields }: RuleSource): SimRule['actions'] {
  const { escalation } = words;
  const team = groups.find((group) => group.role === 'escalation');
  const mark =
    escalation.as === 'checkbox'
      ? { field: `custom_fields_${fields.escalation}`, value: 'true' }
      : escalation.as === 'dropdown'
        ? { field: `custom_fields_${fields.escalation}`, value: escalation.options[0] }
        : escalation.as === 'status'
          ? { field: 'custom_status_id', value: String(ESCALATED_IDS.open) }
          : { field: 'current_tags', value: slugOf(escalation.word) };
  return [
    ...((practices.escalating?.marked ?? 0) > 0 ? [mark] : []),
    ...(team !== undefined && (practices.escalating?.moves ?? 0) > 0
      ? [{ field: 'group_id', value: String(team.id) }]
      : []),
  ];
}
