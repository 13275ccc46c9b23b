import type { Activity, ActivityModel } from '../../src/domain/activity-model.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { ItemAnswer, ItemAnswerValue } from '../../src/domain/item-answer.ts';
import type { SignalDefinition } from '../../src/domain/signal.ts';
import { AS_OF, daysBefore, measured } from './finding-builder.ts';
import { skeletonSignal } from './six-stage-skeleton.ts';

export interface GivenMarker {
  readonly records: { readonly q: number; readonly one_sided: boolean; readonly age_days: number } | null;
  readonly people: readonly ('y' | 'n')[];
}

export interface GivenActivity {
  readonly id: string;
  readonly importance: readonly number[];
  readonly markers: readonly GivenMarker[];
}

export function activityModel(activities: readonly Activity[]): ActivityModel {
  return {
    kind: 'activity',
    id: 'activities',
    version: 1,
    title: 'Activities of the tests',
    source: 'nobody',
    interpretation: 'none',
    assumed: [],
    objectives: [{ id: 'aim', name: 'Aim' }],
    importance: { question: 'How important is it?', ask: ['support_lead'] },
    min_known: 3,
    half_life_days: { config: 365, behaviour: 180 },
    bands: { medium: 2.34, high: 3.67 },
    interval: 0.9,
    list_length: 3,
    activities: [...activities],
  };
}

export function activityNamed(id: string, markers: Activity['markers']): Activity {
  return { id, name: `Activity ${id}`, objective: 'aim', statement: 'What it covers.', slot: false, markers };
}

export function said(item: string, value: ItemAnswerValue, over: Partial<ItemAnswer> = {}): ItemAnswer {
  return {
    model: 'activities',
    item,
    respondent: 'r1',
    role: 'support_lead',
    value,
    answered_at: AS_OF,
    expires_at: daysBefore(-365),
    ...over,
  };
}

export interface World {
  readonly model: ActivityModel;
  readonly signals: SignalDefinition[];
  readonly findings: Finding[];
  readonly answers: ItemAnswer[];
  readonly asOf: Date;
}

/** A model with findings and answers that say just what is given. */
export function worldOf(given: readonly GivenActivity[]): World {
  const world: World = { model: activityModel([]), signals: [], findings: [], answers: [], asOf: AS_OF };
  for (const activity of given) {
    const markers = activity.markers.map(({ records, people }, index) => {
      const id = `${activity.id}-m${index}`;
      for (const [who, word] of people.entries())
        world.answers.push(said(id, word === 'y' ? 'yes' : 'no', { respondent: `r${who}` }));
      const marker = { id, question: 'Is it so here?', ask: ['support_lead'], step: 'Make it so.' };
      if (records === null) return marker;
      const signal = `T${world.signals.length % 90}-${id}`;
      world.signals.push(skeletonSignal(signal, 'behaviour', { one_sided: records.one_sided }));
      world.findings.push(measured(signal, records.q, null, { ageDays: records.age_days }));
      return { ...marker, signal: { id: signal, gate: 'q2' as const } };
    });
    for (const [who, value] of activity.importance.entries())
      world.answers.push(said(activity.id, value, { respondent: `r${who}` }));
    world.model.activities.push(activityNamed(activity.id, markers));
  }
  return world;
}
