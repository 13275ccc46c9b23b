import { describe, expect, it } from 'vitest';
import { byId } from '../../src/kit/feed/read-all.ts';
import { contextWith, directoryWith } from '../../test/harness/zendesk-account.ts';
import { mapUpdates } from '../../test/harness/zendesk-updates.ts';
import { TicketField } from './schema-config.ts';
import { Audit, ExportedUpdate, type Update } from './schema-events.ts';

const context = {
  ...contextWith({ clearTags: [] }),
  pseudonymise: (kind: string, value: string) => `${kind}#${value.length}`,
};

const fields = [
  { id: 7, type: 'tagger', title: 'Étape', custom_field_options: [{ value: 'e1' }, { value: 'e2', name: 'Escaladé' }] },
  { id: 8, type: 'checkbox', title: 'Escalated' },
].map((field) => TicketField.parse(field));

const directory = directoryWith({
  fields: byId(fields),
  statuses: new Map([['90', { category: 'open', label: 'Eskalace' }]]),
});

const exported = (children: readonly unknown[]): Update =>
  ExportedUpdate.parse({
    id: 1,
    ticket_id: 5,
    timestamp: 1_767_600_000,
    updater_id: 3,
    via: 'Web form',
    child_events: children,
  });
const audited = (events: readonly unknown[]): Update =>
  Audit.parse({
    id: 1,
    ticket_id: 5,
    created_at: '2026-01-05T08:00:00Z',
    author_id: 3,
    via: { channel: 'web' },
    events,
  });

const eventsOf = (update: Update) =>
  mapUpdates([update], directory, context).event.map((e) => [e.kind, e.field, e.to_value, e.initial]);

describe('escalations as events of their own', () => {
  it('come beside the tag, whose name is hashed', () => {
    const tags = ['vip', 'fall_eskaliert'];
    const row = exported([{ id: 2, event_type: 'Change', tags, previous_value: ['vip'] }]);
    expect(eventsOf(row)).toEqual([
      ['tag', null, 'tag#14', false],
      ['escalation', null, 'tag:tag#14', false],
    ]);
    expect(
      eventsOf(audited([{ id: 2, type: 'Change', field_name: 'tags', value: tags, previous_value: ['vip'] }])),
    ).toEqual(eventsOf(row));
  });

  it('come once for a field and the tag that its option sets', () => {
    const row = exported([
      { id: 2, event_type: 'Change', custom_ticket_fields: { '7': 'e2' }, previous_value: { '7': 'e1' } },
      { id: 3, event_type: 'Change', tags: ['escalado'], previous_value: [] },
    ]);
    expect(eventsOf(row).filter(([kind]) => kind === 'escalation')).toEqual([
      ['escalation', null, 'field:7=e2', false],
    ]);
  });

  it('come with a box, with an own status, and at creation', () => {
    expect(eventsOf(audited([{ id: 2, type: 'Change', field_name: '8', value: true, previous_value: false }]))).toEqual(
      [
        ['field', '8', 'true', false],
        ['escalation', null, 'field:8=true', false],
      ],
    );
    expect(
      eventsOf(audited([{ id: 2, type: 'Change', field_name: 'custom_status_id', value: '90', previous_value: '80' }])),
    ).toEqual([['escalation', null, 'state:90', false]]);
    expect(eventsOf(audited([{ id: 2, type: 'Create', field_name: 'tags', value: ['escalation'] }])).at(-1)).toEqual([
      'escalation',
      null,
      'tag:tag#10',
      true,
    ]);
  });

  it('do not come with marks that are taken away, that stood before, or that say no', () => {
    for (const child of [
      { id: 2, type: 'Change', field_name: 'tags', value: [], previous_value: ['escalated'] },
      { id: 2, type: 'Change', field_name: 'tags', value: ['escalated', 'x'], previous_value: ['escalated'] },
      { id: 2, type: 'Change', field_name: '8', value: false, previous_value: true },
      { id: 2, type: 'Change', field_name: 'tags', value: ['not_escalated'], previous_value: [] },
      { id: 2, type: 'Change', field_name: 'priority', value: 'urgent', previous_value: 'low' },
    ])
      expect(eventsOf(audited([child])).filter(([kind]) => kind === 'escalation')).toEqual([]);
  });

  it('leave the ids of all other events as they are', () => {
    const ids = mapUpdates(
      [audited([{ id: 2, type: 'Change', field_name: '8', value: true, previous_value: false }])],
      directory,
      context,
    ).event.map((e) => e.id);
    expect(ids).toEqual(['1:2:8', '1:2:escalation']);
  });
});
