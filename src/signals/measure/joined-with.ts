import { isEnough, type JoinedSource, NAMES_APART } from '../../domain/joined-source.ts';
import type { SignalDefinition } from '../../domain/signal.ts';

/** Words of SQL that read what a field gives, beside the field's own name. */
const READ_BY: Readonly<Record<string, readonly string[]>> = { tier: ['tier_term'] };

const NAMED: Partial<Record<JoinedSource['stream'], string>> = {
  organisations: 'organisations with tickets',
  links: 'linked issues',
};

/** `12 of 40 organisations with tickets of crm (30 %)`. */
export function tellMatched({ source, stream, matched, of }: JoinedSource): string {
  return `${matched} of ${of} ${NAMED[stream] ?? stream} in ${source} (${Math.floor((100 * matched) / of)} %)`;
}

/**
 * Sources beside the desks that a signal read facts of at these connections (`joined_with`: their names), and what was matched there; nothing when there
 * are none.
 */
export function joinedWith(
  { sql }: Pick<SignalDefinition, 'sql'>,
  connections: readonly string[],
  joined: readonly JoinedSource[],
): { readonly joined_with?: string; readonly joined_share?: string } {
  const words = new Set(sql.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? []);
  const reads = (field: string): boolean => [field, ...(READ_BY[field] ?? [])].some((word) => words.has(word));
  const used = joined
    .filter((one) => connections.includes(one.desk) && isEnough(one) && one.fields.some(reads))
    .filter(({ stream }) => stream !== 'links' || words.has('link'));
  if (used.length === 0) return {};
  const names = [...new Set(used.flatMap(({ source }) => source.split(NAMES_APART)))].sort();
  return { joined_with: names.join(NAMES_APART), joined_share: used.map(tellMatched).join('; ') };
}
