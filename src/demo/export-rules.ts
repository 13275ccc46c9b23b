import { DAY_S, stampBoth } from './calendar.ts';
import { SKILL_IDS } from './skills.ts';
import { groupBy, lookAt } from './steering.ts';
import { fillWords } from './vocabulary.ts';
import type { SimRule, World } from './world.ts';

type Row = Record<string, unknown>;
const CATEGORY_ID = '10026';

export function listRules(world: World, kind: SimRule['kind'], url: string): Row[] {
  return world.rules
    .filter((rule) => rule.kind === kind)
    .map((rule, position) => ({
      url: `${url}/api/v2/${kind}s/${rule.id}.json`,
      id: rule.id,
      title: rule.title,
      raw_title: rule.title,
      active: rule.active,
      default: ['acknowledge', 'notify-team', 'close'].includes(rule.key),
      position,
      description: null,
      conditions: rule.conditions,
      actions: rule.actions,
      ...(kind === 'trigger' ? { category_id: CATEGORY_ID } : {}),
      ...stampBoth(rule.createdAt),
      usage_1h: 0,
      usage_24h: Math.round(rule.uses / world.practices.historyDays),
      usage_7d: Math.round((rule.uses / world.practices.historyDays) * 7),
      usage_30d: Math.round((rule.uses / world.practices.historyDays) * 30),
    }));
}

export function listCategories(world: World): Row[] {
  return [{ id: CATEGORY_ID, name: 'Initial category', position: 0, ...stampBoth(world.start - 380 * DAY_S) }];
}

export function listMacros(world: World, url: string): Row[] {
  return world.macros.map((macro, position) => ({
    url: `${url}/api/v2/macros/${macro.id}.json`,
    id: macro.id,
    title: macro.title,
    raw_title: macro.title,
    active: true,
    default: false,
    position,
    description: null,
    actions: [{ field: 'comment_value', value: world.words.mails.macro }],
    restriction: null,
    ...stampBoth(macro.createdAt),
    usage_7d: Math.round((macro.uses / world.practices.historyDays) * 7),
    usage_30d: Math.round((macro.uses / world.practices.historyDays) * 30),
  }));
}

export function listViews(world: World, url: string): Row[] {
  const view = (position: number, title: string, all: readonly object[], sort: string, group: string | null): Row => ({
    url: `${url}/api/v2/views/${360_002_000_100 + position}.json`,
    id: 360_002_000_100 + position,
    title,
    active: true,
    default: position < 2,
    position,
    description: '',
    conditions: { all, any: [] },
    execution: {
      columns: [{ id: 'subject', title: 'Subject' }],
      sort: { id: sort, order: 'asc', title: sort },
      sort_by: sort,
      sort_order: 'asc',
      group: group === null ? null : { id: group, order: 'asc', title: group },
      group_by: group,
    },
    restriction: null,
    ...stampBoth(world.start - 300 * DAY_S),
  });
  const words = world.words.views;
  const unsolved = { field: 'status', operator: 'less_than', value: 'solved' };
  const views = [
    view(0, words.own, [unsolved, { field: 'assignee_id', operator: 'is', value: 'current_user' }], 'created', null),
    view(1, words.unassigned, [unsolved, { field: 'assignee_id', operator: 'is', value: '' }], 'created', null),
  ];
  const cuts = world.practices.steering?.views;
  for (const subject of cuts ?? []) {
    const looks = subject === 'account' || subject === 'product' ? [] : lookAt(subject, world);
    const title = fillWords(words.cut, { subject: world.words.subjects[subject] });
    views.push(view(views.length, title, [unsolved, ...looks], 'created', groupBy(subject, world)));
  }
  if (cuts === undefined && (world.practices.queue === 'promise' || world.practices.queue === 'value'))
    for (const group of world.groups)
      views.push(
        view(
          views.length,
          fillWords(words.byPromise, { group: group.name }),
          [unsolved, { field: 'group_id', operator: 'is', value: String(group.id) }],
          'breached_at',
          'priority',
        ),
        view(
          views.length + 1,
          fillWords(words.old, { group: group.name }),
          [
            unsolved,
            { field: 'group_id', operator: 'is', value: String(group.id) },
            { field: 'NEW', operator: 'greater_than', value: '168' },
          ],
          'created',
          'organization',
        ),
      );
  return views;
}
export function listQueues(world: World, url: string): Row[] {
  if (world.practices.assignment !== 'skill') return [];
  return world.groups
    .filter((group) => group.role === 'front' || group.role === 'premium')
    .map((group, index) => ({
      url: `${url}/api/v2/queues/01HG80ATNNZK1N7XRFVKX48XD${index}.json`,
      id: `01HG80ATNNZK1N7XRFVKX48XD${index}`,
      name: group.name,
      description: group.description,
      definition: { all: [{ field: 'group_id', operator: 'is', value: String(group.id) }], any: [] },
      priority: index + 1,
      order: index + 1,
      primary_groups: { count: 1, groups: [{ id: group.id, name: group.name }] },
      secondary_groups: { count: 0, groups: [] },
      ...stampBoth(world.start - 40 * DAY_S),
    }));
}

export function listSkills(world: World, url: string): Row[] {
  if (world.practices.assignment !== 'skill') return [];
  return world.words.skills.map((name, index) => ({
    url: `${url}/api/v2/routing/attributes/${SKILL_IDS[index]}.json`,
    id: SKILL_IDS[index],
    name,
    ...stampBoth(world.start - 40 * DAY_S),
  }));
}
