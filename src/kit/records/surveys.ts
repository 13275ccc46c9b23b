import type { SetAside } from '../../domain/observability.ts';
import type { TelemetryRecord } from '../../domain/telemetry.ts';
import { lostCell } from '../parse-each.ts';

/** Where a feed reads the worth of an answer, and what it looks for there. */
interface AnswerCell {
  readonly feed: string;
  readonly path: string;
  readonly expected: string;
}

interface Answers {
  readonly csat: TelemetryRecord<'csat'>[];
  readonly rejected: readonly SetAside[];
}

/**
 * Surveys of a feed. An answer whose worth cannot be read was given all the same: it is kept without a score, so that it counts neither as good nor as
 * bad, and told as a value that was lost. No surveys give empty lists.
 */
export function toAnswers(csat: readonly TelemetryRecord<'csat'>[], { feed, path, expected }: AnswerCell): Answers {
  // What was neither offered nor answered at an instant that is known is there for its answer alone.
  const unread = csat.filter((one) => one.score === null && (one.answered_at !== null || one.offered_at === null));
  return { csat: [...csat], rejected: unread.map(({ id }) => lostCell(feed, id, path, `expected: ${expected}`)) };
}
