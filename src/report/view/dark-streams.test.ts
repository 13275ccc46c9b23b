import { describe, expect, it } from 'vitest';
import type { Observability } from '../../domain/observability.ts';
import { darkStreams } from './dark-streams.ts';

function row(connection: string, stream: Observability['stream'], over: Partial<Observability> = {}): Observability {
  return {
    connection,
    stream,
    status: 'available',
    detail: null,
    fields: [],
    since: null,
    until: null,
    rows: 1,
    rejected: 0,
    reconciled_share: null,
    ...over,
  };
}

describe('darkStreams', () => {
  const signal = { needs: ['tickets.priority', 'events'], needs_any: [['csat'], ['messages', 'links']] };

  it('names what each connection lacks, by the shortest way', () => {
    const dark = darkStreams(signal, [
      row('a', 'tickets', { fields: ['priority'] }),
      row('a', 'events', { status: 'permission', detail: 'Grant tickets:read.' }),
      row('a', 'csat'),
      row('b', 'tickets'),
      row('b', 'events'),
      row('b', 'messages'),
      row('b', 'links'),
      row('b', 'csat', { status: 'plan' }),
    ]);
    expect(dark).toEqual([
      { connection: 'a', need: 'events', status: 'permission', detail: 'Grant tickets:read.' },
      { connection: 'b', need: 'tickets.priority', status: 'field', detail: null },
    ]);
  });

  it('says for sums of a report which file would show them', () => {
    const searches = { needs: ['article_views.searches'] };
    const file = expect.stringContaining('plumbline import --as deflection FILE');
    expect(
      darkStreams(searches, [
        row('a', 'article_views', { status: 'absent', detail: 'The vendor counts none.' }),
        row('b', 'article_views', { fields: ['views'] }),
        row('c', 'article_views', { fields: ['searches'] }),
      ]),
    ).toEqual([
      { connection: 'a', need: 'article_views.searches', status: 'field', detail: file },
      { connection: 'b', need: 'article_views.searches', status: 'field', detail: file },
    ]);
  });

  it('has nothing to say of connections of which nothing is known', () => {
    expect(darkStreams(signal, [])).toEqual([]);
  });
});
