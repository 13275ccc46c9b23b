import type { Resolution } from '../../src/domain/resolution.ts';

/** A resolution that stands; by default the data were accepted of S1.2 of six-stage. */
export function aResolution(more: Partial<Resolution> = {}): Resolution {
  return {
    id: 'res-1',
    model: 'six-stage',
    criterion: 'S1.2',
    kind: 'accept_data',
    reason: 'the records are right',
    by: 'lead-1',
    proof: null,
    level: 1,
    basis: [-7.5, 0],
    at: new Date('2026-01-12T09:00:00Z'),
    expires_at: new Date('2027-01-12T09:00:00Z'),
    ended_at: null,
    ended: null,
    ...more,
  };
}
