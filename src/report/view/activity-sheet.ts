import type { ActivityModel } from '../../domain/activity-model.ts';
import type { ActivityReading, ActivityVerdict } from '../../domain/activity-verdict.ts';
import { counted, plural, short, signed } from '../numbers.ts';
import { type Cell, type Part, part, type Sheet } from './sheet.ts';

/** Ends of the scale of maturity and importance. */
const LOWEST = 1;
const HIGHEST = 5;

/** Questions of one activity that the list names. */
const MOST_QUESTIONS = 3;

function bar(value: number, text: string): Cell {
  return { share: (value - LOWEST) / (HIGHEST - LOWEST), text };
}

/** "1.9 to 2.7", or nothing where both ends read the same. */
function span(ends: readonly [number, number] | null, digits: number): string {
  if (ends === null) return '';
  const [low, high] = ends.map((end) => end.toFixed(digits));
  return low === high ? '' : ` (${low} to ${high})`;
}

function maturityCell({ maturity, grade, interval }: ActivityReading): Cell {
  return maturity === null ? 'not assessed' : bar(maturity, `${grade} ${maturity.toFixed(1)}${span(interval, 1)}`);
}

function importanceCell({ importance, importance_from, importance_respondents }: ActivityReading): Cell {
  if (importance === null) return 'nobody said';
  const by = importance_from === 'decided' ? 'decided' : counted(importance_respondents, 'person');
  return bar(importance, `${short(importance, 1)}, ${by}`);
}

function rankCell({ rank, rank_interval }: ActivityReading): string {
  return rank === null ? '–' : `${rank}${span(rank_interval, 0)}`;
}

/** Ranked ones first, then the others in the order of the model. */
function inOrder(verdict: ActivityVerdict): ActivityReading[] {
  const place = (id: string) => {
    const at = verdict.ranking.indexOf(id);
    return at < 0 ? verdict.ranking.length : at;
  };
  return [...verdict.activities].sort((a, b) => place(a.id) - place(b.id));
}

function chart(verdict: ActivityVerdict): Part {
  return part('Maturity and importance', {
    lines: [
      'Index = (importance - maturity) x importance: the higher, the further an activity lags behind what it matters. Spans hold nine tenths of what the evidence leaves open.',
    ],
    table: {
      head: ['Activity', 'Maturity', 'Importance', 'Index', 'Rank'],
      rows: inOrder(verdict).map((one) => [
        one.name,
        maturityCell(one),
        importanceCell(one),
        one.priority === null ? '–' : signed(one.priority, 2),
        rankCell(one),
      ]),
    },
  });
}

function lists(verdict: ActivityVerdict): Part[] {
  const find = (id: string) => verdict.activities.find((one) => one.id === id);
  const items = [
    ['Lowest maturity', verdict.lowest_maturity, (one: ActivityReading) => `${one.grade}`],
    ['Highest importance', verdict.highest_importance, (one: ActivityReading) => short(one.importance ?? 0, 1)],
  ] as const;
  const lines = items.flatMap(([title, ids, figure]) => {
    const names = ids.flatMap((id) => {
      const one = find(id);
      return one === undefined ? [] : [`${one.name} (${figure(one)})`];
    });
    return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
  });
  return lines.length === 0 ? [] : [part('Ends of the lists', { list: lines })];
}

function sayNext({ name, next }: ActivityReading): string[] {
  if (next === null) return [];
  if (next.steps.length === 0)
    return [`${name}, to ${next.level}: nothing is known to be missing; find out what nobody has answered.`];
  const steps = next.steps.map(({ step }, index) => `${index + 1}. ${step}`).join(' ');
  return [
    `${name}, to ${next.level}: ${steps}${next.reaches ? '' : ` That leads to ${next.after.toFixed(1)}; the rest has to be found out first.`}`,
  ];
}

function unknowns(model: ActivityModel, one: ActivityReading): string[] {
  const markers = model.activities.find(({ id }) => id === one.id)?.markers ?? [];
  const open = markers.filter(({ id }) => one.to_find_out.includes(id));
  const questions = open.slice(0, MOST_QUESTIONS).map(({ question }) => question);
  const more = open.length - questions.length;
  const state = one.state === 'assessed' ? '' : ' (not assessed until more is known)';
  return open.length === 0
    ? []
    : [`${one.name}${state}: ${questions.join(' ')}${more > 0 ? ` And ${counted(more, 'question')} more.` : ''}`];
}

function overall({
  overall: { maturity, grade, bounds, assessed, of, empty_slots },
  respondents,
}: ActivityVerdict): string[] {
  const head =
    maturity === null
      ? `Not assessed: too little is known of each of ${counted(of, 'activity')}.`
      : `Overall ${grade} (${maturity.toFixed(2)}), the mean of ${assessed} of ${of} activities; the others are not assessed.`;
  const [low, high] = bounds ?? [0, 0];
  const open =
    low.toFixed(2) === high.toFixed(2)
      ? ''
      : ` What nobody knows of them leaves it between ${low.toFixed(2)} and ${high.toFixed(2)}.`;
  const slots = empty_slots === 0 ? '' : ` ${counted(empty_slots, 'slot')} ${plural(empty_slots, 'is')} yours to name.`;
  const people = respondents === 0 ? 'Nobody has answered yet.' : `${counted(respondents, 'person')} answered.`;
  return [
    `${assessed === of && maturity !== null ? head.replace('; the others are not assessed', '') : head}${open} ${people}${slots}`,
  ];
}

/** What is to be said of an activity score: bars of maturity and importance, ends of the lists, steps to the next level, and what to find out. */
export function activitySheet(model: ActivityModel, verdict: ActivityVerdict): Sheet {
  const ordered = inOrder(verdict);
  const steps = ordered.flatMap(sayNext);
  const open = ordered.flatMap((one) => unknowns(model, one));
  return {
    title: model.title,
    lead: [...overall(verdict), `${model.source}. Our reading: ${model.assumed.join('; ')}.`],
    parts: [
      chart(verdict),
      ...lists(verdict),
      ...(steps.length === 0 ? [] : [part('Steps to the next level', { list: steps })]),
      ...(open.length === 0 ? [] : [part('Nobody knows yet', { list: open })]),
    ],
  };
}
