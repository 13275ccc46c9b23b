import type {
  AnsweringHabit,
  BacklogHabit,
  CauseHabit,
  EngineeringHabit,
  EscalationHabit,
  JoiningHabit,
  OutboundHabit,
  RoutingHabit,
  ServingHabit,
  SteeringHabit,
  WritingHabit,
} from '../habits.ts';
import type { GroupPractice } from '../practices.ts';
import { by, type Draft } from './degrees.ts';
import { staysWithOwner } from './draw-handling.ts';

export function drawEscalating({ of, ranks }: Draft): EscalationHabit {
  const escalates = of('S3.4');
  const early = of('S6.3');
  const swarms = of('S5.4') === 3;
  return {
    // An escalated case goes to another person, so a desk on which owners stay escalates few.
    share: escalates === 1 ? 0 : swarms ? 0.17 : 0.4,
    raises: 0.7,
    by: { agent: early >= 2 ? 0.6 : 0.5, rule: early === 3 ? 0.4 : 0, customer: early === 3 ? 0.05 : 0.4 },
    marked: escalates === 1 ? 0 : 0.98,
    moves: [0, 0.4, 0.95][of('S4.5') - 1] ?? 0,
    reason: by(ranks, escalates, [0, 0], [0.2, 0.45], [0.93, 0.99]),
    owner: by(ranks, escalates, [0, 0], [0.3, 0.5], [0.93, 0.99]),
    early: by(ranks, early, [0.02, 0.08], [0.45, 0.6], [0.75, 0.9]),
    together: by(ranks, early, [0, 0.02], [0.1, 0.25], [0.6, 0.8]),
    ...(early === 3 ? { accountReviewsPerWeek: swarms ? 0.7 : 2 } : {}),
  };
}

export function drawServing({ of, ranks }: Draft): ServingHabit {
  return {
    tierLeadMinutes: of('S3.1') === 3 ? 420 : 0,
    severityLeadMinutes: of('S2.2') === 3 ? 300 : 0,
    plansOnPaper: of('S3.1') === 2,
    batching: by(ranks, of('S5.6'), [0, 0.02], [0.05, 0.15], [0.6, 0.85]),
  };
}

export function routingOf({ of }: Pick<Draft, 'of'>): RoutingHabit {
  return {
    reassigned: staysWithOwner(of) ? 0.03 : 0.15,
    ahead: of('S5.3') >= 2 ? 1 : 0,
    dispatchMinutes: 6,
    premiumReach: of('S4.5') === 3 ? 0.97 : 0.5,
  };
}

export function drawBacklog({ of, ranks }: Draft): BacklogHabit {
  return {
    reviewed: by(ranks, of('S3.4'), [0.02, 0.1], [0.3, 0.55], [0.93, 0.99]),
    // Who keeps nearly every promise lets nearly nothing lie.
    abandoned: Math.min(of('S1.4') === 3 ? 0.015 : 1, by(ranks, of('S3.4'), [0.08, 0.15], [0.02, 0.04], [0, 0.005])),
  };
}

export function drawDefects({ of, ranks }: Draft): EngineeringHabit {
  return {
    notes: by(ranks, of('S5.2'), [0, 0], [0.3, 0.5], [0.93, 0.99]),
    noteDays: of('S5.2') === 3 ? 0.7 : 6,
    told: by(ranks, of('S5.2'), [0.1, 0.2], [0.25, 0.45], [0.93, 0.99]),
    onProblems: by(ranks, of('S5.5'), [0, 0], [0.05, 0.15], [0.65, 0.85]),
  };
}

export function drawJoining({ of, ranks }: Draft, groups: readonly GroupPractice[]): JoiningHabit {
  const engineers = groups.some((group) => group.key === 'engineers') && of('S4.4') >= 2;
  return {
    severe: by(ranks, of('S5.4'), [0, 0], [0.1, 0.2], [0.6, 0.8]),
    outside: {
      ...(engineers ? { engineers: 0.1 } : {}),
      ...(of('S4.4') === 3 ? { product: 0.08, success: 0.1 } : {}),
    },
    passedRound: by(ranks, of('S5.4'), [0.4, 0.6], [0.15, 0.3], [0, 0.05]),
  };
}

export function drawOutbound({ of, ranks }: Draft): OutboundHabit {
  return {
    organisationsPerQuarter: by(ranks, of('S5.1'), [0, 0.03], [0.15, 0.3], [0.55, 0.7]),
    outagesToldFirst: of('S5.1') === 3 ? 0.8 : 0,
  };
}

export function steeringOf({ of }: Pick<Draft, 'of'>): SteeringHabit {
  return {
    rules: [
      ...(of('S2.2') === 3 ? (['tier', 'severity', 'product'] as const) : []),
      ...(of('S6.4') >= 2 ? (['health'] as const) : []),
    ],
    views: [
      ...(of('S3.4') === 3 ? [...(of('S2.2') >= 2 ? (['tier'] as const) : []), 'product' as const] : []),
      ...(of('S5.6') >= 2 ? (['account'] as const) : []),
      ...(of('S3.5') === 3 ? (['renewal'] as const) : []),
      ...(of('S6.4') === 3 ? (['health'] as const) : []),
    ],
  };
}

export function writingOf({ of }: Pick<Draft, 'of'>): WritingHabit {
  const steady = of('S3.3') === 3;
  return {
    writers: steady ? 0.95 : 0.1,
    fromCases: steady ? 0.03 : 0,
    ageDays: steady ? 300 : 900,
    recent: steady ? 0.3 : 0.02,
  };
}

export function drawAnswering({ of, ranks }: Draft): AnsweringHabit {
  return {
    asksFirst: by(ranks, of('S2.4'), [0.45, 0.6], [0.25, 0.4], [0.03, 0.08]),
    asksStayOpen: ranks.chance(0.3) ? 0.5 : 0.05,
    pendingAfterSolution: ranks.chance(0.3) ? 0.5 : 0,
    silent: by(ranks, of('S2.1'), [0.5, 0.7], [0.03, 0.08], [0.01, 0.03]),
    classified: by(ranks, of('S2.1'), [0, 0.05], [0.1, 0.3], [0.95, 0.99]),
  };
}

export function drawCauses({ of, ranks }: Draft): CauseHabit {
  return {
    // A cause on nearly every case is one on the severe ones.
    severe: Math.max(of('S2.4') === 3 ? 0.92 : 0, by(ranks, of('S5.5'), [0, 0.02], [0.3, 0.5], [0.92, 0.98])),
    ...(of('S2.4') === 1 && ranks.chance(0.4) ? { preset: 0.9 } : {}),
    second: ranks.chance(0.4) ? 0.5 : 0,
  };
}
