import { describeReason, describeUneven, lossCount, lossPercent, lossRows } from '../domain/describe-loss.ts';
import type { SourceCheck } from '../domain/source-check.ts';
import { PlumblineError } from '../errors/index.ts';

export interface LossLimit {
  /** Share of rows that may be lost, 0..1. */
  readonly maxLostShare: number;
  /** Go on above the share; a source of which nothing is left is refused all the same. */
  readonly acceptLoss: boolean;
}

/**
 * Refuses a source of which too much would be lost: nothing kept, a share of rows above the limit, or an end column most of which cannot be
 * true. The unevenness of the loss is said first, then each reason; the remedy is that of the commonest reason. Errors: ROWS_LOST.
 */
export function judgeCheck(check: SourceCheck, limit: LossLimit): void {
  const [end] = check.ends_lost;
  const lost = check.set_aside - check.superseded;
  const nothing = check.kept === 0;
  const tooMany = check.lost_share > limit.maxLostShare;
  if (!nothing && (limit.acceptLoss || (!tooMany && end === undefined))) return;
  const problems = [
    ...check.uneven.slice(0, 3).map(describeUneven),
    ...check.reasons.filter((one) => one.code !== 'OLDER_ROW').map(describeReason),
    ...check.ends_lost.map(
      (one) => `${lossCount(one.n)} of ${lossCount(one.of)} values of "${one.column}": ${one.detail}`,
    ),
  ];
  const main = check.reasons.find((one) => one.code !== 'OLDER_ROW');
  const message = nothing
    ? `None of ${lossRows(check.rows)} can be read; nothing was imported.`
    : tooMany
      ? `${lossCount(lost)} of ${lossRows(check.rows)} (${lossPercent(check.lost_share)}) cannot be read; more than ${lossPercent(limit.maxLostShare)} is refused, and nothing was imported.`
      : `${lossCount(end?.n ?? 0)} of ${lossCount(end?.of ?? 0)} values of "${end?.column ?? ''}" cannot be true (${end?.detail ?? ''}); nothing was imported.`;
  const cause =
    main?.remedy ??
    'Check which column is the creation and which the end, and the order of day and month (`date_format`).';
  throw new PlumblineError(
    'ROWS_LOST',
    message,
    nothing ? cause : `${cause} To go on without them: --accept-loss (or --max-lost).`,
    { problems },
  );
}
