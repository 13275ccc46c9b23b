import type { SourceCheck } from '../domain/source-check.ts';
import { PlumblineError } from '../errors/index.ts';

export interface LossLimit {
  /** Share of rows that may be lost, 0..1. */
  readonly maxLostShare: number;
  /** Go on above the share; a source of which nothing is left is refused all the same. */
  readonly acceptLoss: boolean;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 0.1 ? '< 0.1' : value.toFixed(value < 10 ? 1 : 0)} %`;
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}

function rows(n: number): string {
  return `${number(n)} ${n === 1 ? 'row' : 'rows'}`;
}

/** Whom the loss hits, in one sentence. */
export function describeUneven(one: SourceCheck['uneven'][number]): string {
  const who = {
    open: 'open tickets',
    same_day: 'tickets solved on the day they were created',
    month: `tickets created in ${one.value ?? 'one month'}`,
    team: one.value === null ? 'tickets of one team' : `tickets of the team "${one.value}"`,
  }[one.group];
  const rest = one.rest_of === 0 ? 0 : one.rest_lost / one.rest_of;
  return `The loss is not even: ${percent(one.lost / one.of)} of the rows of ${who} are lost (${number(one.lost)} of ${number(one.of)}), of all others ${percent(rest)}.`;
}

/** Why the rows of a check are set aside, one sentence for each reason. */
export function describeReason(one: SourceCheck['reasons'][number]): string {
  const where = one.place === '' ? '' : ` in "${one.place}"`;
  const places = one.refs.length === 0 ? '' : ` (${one.refs.slice(0, 3).join(', ')}${one.n > 3 ? ', …' : ''})`;
  return `${rows(one.n)} (${percent(one.share)})${where}: ${one.detail}${places}`;
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
    ...check.ends_lost.map((one) => `${number(one.n)} of ${number(one.of)} values of "${one.column}": ${one.detail}`),
  ];
  const main = check.reasons.find((one) => one.code !== 'OLDER_ROW');
  const message = nothing
    ? `None of ${rows(check.rows)} can be read; nothing was imported.`
    : tooMany
      ? `${number(lost)} of ${rows(check.rows)} (${percent(check.lost_share)}) cannot be read; more than ${percent(limit.maxLostShare)} is refused, and nothing was imported.`
      : `${number(end?.n ?? 0)} of ${number(end?.of ?? 0)} values of "${end?.column ?? ''}" cannot be true (${end?.detail ?? ''}); nothing was imported.`;
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
