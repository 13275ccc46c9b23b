import { describe, expect, it } from 'vitest';
import { placedReading } from '../../../test/harness/placed-snapshot.ts';
import type { TelemetryMark } from '../../domain/measurement.ts';
import { freshnessView } from './freshness.ts';

function mark(connection: string, stream: string, until: string | null, status = 'available'): TelemetryMark {
  return {
    connection,
    vendor: 'acme',
    stream,
    status,
    since: null,
    until,
    rows: 10,
    rejected: 1,
    reconciled_share: null,
  };
}

describe('freshnessView', () => {
  const reading = placedReading({ stage: 3, day: 31 });
  const now = new Date('2026-02-10T12:00:00Z');
  const at = (telemetry: TelemetryMark[]) => freshnessView({ ...reading, provenance: { telemetry } }, now);

  it('is as old as the end of the data, and a source as old as the stream that ends first', () => {
    const view = at([
      mark('new', 'tickets', '2026-02-10T00:00:00.000Z'),
      mark('old', 'tickets', '2026-01-31T00:00:00.000Z'),
      mark('old', 'events', '2026-01-21T00:00:00.000Z'),
      mark('old', 'csat', '2026-01-01T00:00:00.000Z', 'plan'),
    ]);
    expect(view.sources.map(({ connection, age_days }) => [connection, age_days])).toEqual([
      ['old', 20],
      ['new', 0],
    ]);
    expect(view.sources[0]?.sentence).toBe('old was read up to 2026-01-21, 20 days ago.');
    expect(view).toMatchObject({ age_days: 10, sentence: 'The data end on 2026-01-30, 10 days ago.' });
    expect(view.window).toEqual({ from: '2025-11-02', last_day: '2026-01-30', days: 90 });
  });

  it('tells a source of which nothing was read to its end, first', () => {
    const view = at([mark('a', 'tickets', '2026-02-10T00:00:00.000Z'), mark('b', 'tickets', null, 'failed')]);
    expect(view.sources[0]).toMatchObject({ connection: 'b', until: null, age_days: null });
  });

  it('says that no records were read', () => {
    expect(at([]).sentence).toMatch(/^No records were read/);
  });
});
