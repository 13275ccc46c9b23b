import type { TopicPractice } from '../practices.ts';
import type { Random } from '../random.ts';
import type { Degrees } from './degrees.ts';
import type { Setting } from './draw-setting.ts';

export function drawTopics(random: Random, setting: Setting, of: Degrees): TopicPractice[] {
  const shared = of('S1.5') === 2 ? 2 : 0;
  // Some desks have a topic for defects; on the others they come with everything.
  const sorted = random.chance(0.6);
  const bugs = (index: number): number => (sorted ? ([0.9, 0.03][Math.min(1, index)] ?? 0) : index < 3 ? 0.2 : 0.03);
  return Array.from({ length: setting.topics }, (_, index) => ({
    key: `t${index}`,
    title: `Topic ${index}`,
    product: `p${index % Math.max(2, setting.topics - 2)}`,
    weight: sorted && index === 0 ? 6 : random.int(5, 20),
    severity: {
      urgent: random.int(6, 11),
      high: random.int(14, 24),
      normal: random.int(40, 60),
      low: random.int(10, 25),
    },
    minutes: random.int(7, 20),
    questions: 0.2 + 0.6 * random.next(),
    specialist: index === 0 ? 0.3 : 0.05 + 0.15 * random.next(),
    bug: bugs(index),
    group: index < shared ? 'side' : null,
  }));
}
