import type { Practices } from '../practices.ts';
import type { Random } from '../random.ts';
import { by, type Degrees, type Draft } from './degrees.ts';

export function drawPriorities({ of, ranks }: Draft): Practices['priorities'] {
  return {
    setBy: drawSetBy({ of, ranks }),
    inflated: 0.03,
    revised: of('S1.3') === 3 ? 0.6 : 0.1,
    // What stands in rules, or is stored though it changes nothing, is asked for.
    severityAsked: of('S2.2') >= 2,
  };
}

function drawSetBy({ of, ranks }: Pick<Draft, 'of' | 'ranks'>): Practices['priorities']['setBy'] {
  const reads = of('S1.3');
  if (reads === 1) return ranks.chance(0.5) ? 'never' : 'preset';
  if (reads === 2) return ranks.chance(0.5) ? 'answer' : 'customer';
  return ranks.chance(0.6) ? 'severity' : 'triage';
}

/** A pile is dug through at random, so whoever serves by plan or severity has no pile. */
export function queueOf({ of }: Pick<Draft, 'of'>): Practices['queue'] {
  if (of('S1.3') === 3) return 'promise';
  return of('S1.1') === 1 && of('S3.1') < 3 && of('S2.2') < 3 ? 'pile' : 'arrival';
}

export function drawAssignment({ of, ranks }: Draft): Practices['assignment'] {
  if (of('S5.3') === 3) return 'skill';
  if (of('S5.3') === 2) return 'turns';
  // Where there is a line to be first in, a route that everyone knows has an owner before the wait and not after it.
  const waitsWithOwner = of('S1.1') === 3 && (of('S1.3') === 3 || of('S3.1') === 3);
  return (ranks.chance(0.7) && !waitsWithOwner) || of('S1.1') === 1 ? 'pull' : 'dispatch';
}

/** A case that is matched to skills, or that people join, stays with its owner. */
export const staysWithOwner = (of: Degrees): boolean => of('S5.3') === 3 || of('S5.4') === 3;

export function drawOwnership({ of, ranks }: Draft): Practices['ownership'] {
  return {
    taken: by(ranks, of('S1.1'), [0.02, 0.08], [0.6, 0.75], [0.95, 0.99]),
    kept: by(ranks, of('S1.1'), [0.3, 0.5], [0.6, 0.8], [0.88, 0.95]),
    handedOn: staysWithOwner(of) ? 0.03 : 0.2,
    ...(staysWithOwner(of) ? { patienceHours: 90 } : {}),
  };
}

export function drawReplies({ of, ranks }: Draft): Practices['replies'] {
  return {
    macro: by(ranks, of('S1.1'), [0, 0.05], [0.1, 0.3], [0.3, 0.5]),
    article: by(ranks, of('S3.3'), [0, 0.02], [0.12, 0.3], [0.72, 0.85]),
    note: 0.15,
    noticeMinutes: 5,
  };
}

export function drawEscalation({ of, ranks }: Draft): Practices['escalation'] {
  return {
    engineering: of('S5.2') >= 2 ? 'issue' : 'chat',
    engineeringDays: of('S5.2') === 3 ? 1.5 : 8,
    linked: by(ranks, of('S5.2'), [0, 0], [0.35, 0.6], [0.93, 0.99]),
    updatesWhileWaiting: of('S5.2') === 3 ? 0.2 : 0.05,
    swarm: by(ranks, of('S5.4'), [0, 0.02], [0.15, 0.25], [0.85, 0.95]),
    sideQuestions: 0.02,
    problems: of('S5.5') === 3,
  };
}

export function drawClosing({ of, ranks }: Draft, demands: Random): Practices['closing'] {
  const causes = of('S2.4');
  const demanded = causes === 3 && demands.chance(0.6);
  return {
    // What nobody marks lies with the customer for ever; whoever goes through old work every week leaves none of it.
    marked: of('S3.4') === 3 ? 1 : 0.97,
    reminderDays: 4,
    givesUpDays: 9,
    required: demanded ? ['cause', ...(of('S2.1') === 3 ? (['topic'] as const) : [])] : [],
    causeFilled: by(ranks, causes, [0, 0], [0.35, 0.6], [0.92, 0.98]),
    reopens: 0.06,
    returnsAfterClose: 0.01,
  };
}

export function drawKnowledge({ of, ranks }: Draft): Practices['knowledge'] {
  if (of('S3.3') > 1) return { articles: 90, samples: 0, editsPerWeek: of('S3.3') === 3 ? 8 : 0.3 };
  return ranks.chance(0.5) ? null : { articles: 4, samples: 3, editsPerWeek: 0 };
}
