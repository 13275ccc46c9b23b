import type { BesideRole, ConnectionRole } from '../../domain/connection-role.ts';
import { ENOUGH_MATCHED, isEnough, type JoinedSource, NAMES_APART } from '../../domain/joined-source.ts';
import type { Observability, StreamName } from '../../domain/observability.ts';
import { count, counted, percent } from '../numbers.ts';

const READ_FOR: Readonly<Record<BesideRole, { stream: StreamName; what: string }>> = {
  engineering: { stream: 'tickets', what: 'ticket' },
  customers: { stream: 'organisations', what: 'organisation' },
};

const NAMED: Partial<Record<StreamName, string>> = {
  organisations: 'organisations with tickets',
  links: 'linked issues',
};

function tellShare(joined: JoinedSource): string {
  const { matched, of, stream } = joined;
  const share = `${count(matched)} of ${count(of)} ${NAMED[stream] ?? stream} (${percent(matched / of)}) are matched`;
  return isEnough(joined) ? share : `only ${share}; what it tells counts from ${percent(ENOUGH_MATCHED)} on`;
}

const COUNTS = [
  { stream: 'article_views', what: 'the help centre' },
  { stream: 'bot_sessions', what: 'bots' },
] as const;

function tellCounts(name: string, observed: readonly Observability[]): string {
  const day = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? 'the beginning';
  const parts = COUNTS.flatMap(({ stream, what }) => {
    const row = observed.find((one) => one.connection === name && one.stream === stream && one.status === 'available');
    if (row === undefined) return [];
    return [`${counted(row.rows, 'count')} of ${what}, from ${day(row.since)} up to ${day(row.until)}`];
  });
  return `${name} holds counts of self-service (deflection): ${parts.length === 0 ? 'nothing was read of it yet' : parts.join('; ')}. It has no tickets.`;
}

/** One sentence on a source that stands beside the desks: what was read of it, and how much of each desk was found there. Empty for a desk. */
export function tellBeside(
  { name, role }: { readonly name: string; readonly role: ConnectionRole },
  observed: readonly Observability[],
  joined: readonly JoinedSource[] = [],
): string {
  if (role === 'desk') return '';
  if (role === 'deflection') return tellCounts(name, observed);
  const { stream, what } = READ_FOR[role];
  const row = observed.find((one) => one.connection === name && one.stream === stream);
  const read =
    row === undefined
      ? 'nothing was read of it yet'
      : row.status === 'available'
        ? `${counted(row.rows, what)} read`
        : `its ${stream} cannot be seen (${row.detail ?? row.status})`;
  const matched = joined
    .filter(({ source }) => source.split(NAMES_APART).includes(name))
    .map((one) => ` Of ${one.desk} ${tellShare(one)}.`)
    .join('');
  return `${name} stands beside the desks (${role}): ${read}; it is in no figure of its own.${matched}`;
}
