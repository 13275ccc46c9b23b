import type { SourceCheck } from './source-check.ts';

export function lossPercent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 0.1 ? '< 0.1' : value.toFixed(value < 10 ? 1 : 0)} %`;
}

export function lossCount(n: number): string {
  return n.toLocaleString('en-US');
}

export function lossRows(n: number): string {
  return `${lossCount(n)} ${n === 1 ? 'row' : 'rows'}`;
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
  return `The loss is not even: ${lossPercent(one.lost / one.of)} of the rows of ${who} are lost (${lossCount(one.lost)} of ${lossCount(one.of)}), of all others ${lossPercent(rest)}.`;
}

/** Why the rows of a check are set aside, one sentence for each reason. */
export function describeReason(one: SourceCheck['reasons'][number]): string {
  const where = one.place === '' ? '' : ` in "${one.place}"`;
  const places = one.refs.length === 0 ? '' : ` (${one.refs.slice(0, 3).join(', ')}${one.n > 3 ? ', …' : ''})`;
  return `${lossRows(one.n)} (${lossPercent(one.share)})${where}: ${one.detail}${places}`;
}
