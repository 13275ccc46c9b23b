import type { Observability } from '../../domain/observability.ts';

/** What a figure needs: one of several lists of `stream` or `stream.field`, the first that a connection meets. */
export type Needs = readonly (readonly string[])[];

function available(rows: readonly Observability[], need: string): boolean {
  const [stream, field] = need.split('.');
  const row = rows.find((one) => one.stream === stream);
  return row?.status === 'available' && (field === undefined || row.fields.includes(field));
}

/** Word for `excluded`: the stream and why it is not seen, or the field that the stream does not have. */
function lackOf(rows: readonly Observability[], need: string): string {
  const [stream = '', field] = need.split('.');
  const row = rows.find((one) => one.stream === stream);
  const status = row?.status ?? 'absent';
  if (status !== 'available') return `${stream}_${status}`;
  return field === undefined ? `${stream}_absent` : `${field}_absent`;
}

/**
 * Why each connection cannot show a figure; connections that can are not in the map. Every figure counts by ticket, so that none is shown
 * where tickets are not seen. Of several lists of needs the one with the fewest gaps gives the reason, of several such the one that is met most.
 */
export function blindConnections(observability: readonly Observability[], needs: Needs): ReadonlyMap<string, string> {
  const blind = new Map<string, string>();
  for (const connection of new Set(observability.map((one) => one.connection))) {
    const rows = observability.filter((one) => one.connection === connection);
    if (rows.some((one) => one.stream === 'tickets' && one.status !== 'available')) {
      blind.set(connection, lackOf(rows, 'tickets'));
      continue;
    }
    const gaps = needs.map((list) => {
      const missing = list.filter((need) => !available(rows, need));
      return { missing, met: list.length - missing.length };
    });
    const [least] = gaps.sort((a, b) => a.missing.length - b.missing.length || b.met - a.met);
    const first = least?.missing[0];
    if (first !== undefined) blind.set(connection, lackOf(rows, first));
  }
  return blind;
}
