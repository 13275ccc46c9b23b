import { describe, expect, it } from 'vitest';
import type { Context } from './account.ts';
import type { Desk } from './desk.ts';
import { toEvents } from './map-history.ts';
import { CrmObject } from './schema.ts';
import { Settings } from './settings.ts';
import { readStages } from './words.ts';

const settings = Settings.parse({});
const CREATED = new Date('2026-01-01T00:00:00Z');
const stage = (id: string, label: string, ticketState: string) => ({
  id,
  label,
  metadata: { ticketState, isClosed: null, probability: null },
});
const desk: Desk = {
  // Only what a history asks of it.
  context: { settings, pseudonymise: (_kind: string, value: string) => `hash:${value}` } as unknown as Context,
  shown: { stages: true, properties: true },
  stages: readStages(
    [
      {
        id: '0',
        label: 'Support',
        stages: [stage('1', 'New', 'OPEN'), stage('2', 'Working', 'OPEN'), stage('4', 'Closed', 'CLOSED')],
      },
    ],
    settings,
  ),
  properties: new Map(),
  codes: new Map(),
  followed: [],
  byUser: new Map(),
  programs: new Set(),
  articles: null,
  channels: new Map(),
};

function eventsOf(history: Record<string, readonly (readonly [string, string])[]>, properties: object = {}) {
  const row = CrmObject.parse({
    id: '7',
    createdAt: CREATED.toISOString(),
    properties,
    propertiesWithHistory: Object.fromEntries(
      Object.entries(history).map(([name, versions]) => [
        name,
        versions.map(([value, timestamp]) => ({ value, timestamp, sourceType: 'CRM_UI', updatedByUserId: 5 })),
      ]),
    ),
  });
  return toEvents(row, CREATED, desk).map((one) => [one.kind, one.from_value, one.to_value, one.initial]);
}

describe('the history of a HubSpot ticket', () => {
  it('tells a value that came later from one that was given at birth', () => {
    const owner = [['11', '2026-01-02T00:00:00Z']] as const;
    expect(eventsOf({ hubspot_owner_id: owner })).toEqual([['assignee', null, '11', false]]);
    expect(eventsOf({ hubspot_owner_id: [['11', '2026-01-01T00:00:30Z']] })).toEqual([['assignee', null, '11', true]]);
  });

  it('knows a reopening', () => {
    const stages = [
      ['2', '2026-01-03T00:00:00Z'],
      ['4', '2026-01-02T00:00:00Z'],
      ['1', '2026-01-01T00:00:00Z'],
    ] as const;
    expect(eventsOf({ hs_pipeline_stage: stages })).toEqual([
      ['status', null, 'new', true],
      ['status', 'new', 'closed', false],
      ['status', 'closed', 'open', false],
    ]);
  });

  it('carries the status on over a stage that no longer exists', () => {
    const stages = [
      ['4', '2026-01-03T00:00:00Z'],
      ['999', '2026-01-02T00:00:00Z'],
      ['1', '2026-01-01T00:00:00Z'],
    ] as const;
    expect(eventsOf({ hs_pipeline_stage: stages })).toEqual([
      ['status', null, 'new', true],
      ['status', 'new', 'closed', false],
    ]);
  });

  it('takes the oldest of twenty versions for what it replaced alone, where the vendor shows no more', () => {
    const versions = Array.from({ length: 20 }, (_, i) => {
      const day = String(28 - i).padStart(2, '0');
      return [String(i % 2), `2026-02-${day}T00:00:00Z`] as const;
    });
    const told = eventsOf({ hubspot_owner_id: versions });
    expect(told).toHaveLength(19);
    // The oldest of them says 1 (number 19): the first change that is told goes from there to 0.
    expect(told[0]).toEqual(['assignee', '1', '0', false]);
  });
});
