import { expect, it } from 'vitest';
import { silentHttp } from '../../test/harness/fake-http.ts';
import { mapUpdates } from '../../test/harness/zendesk-updates.ts';
import type { Directory } from './directory.ts';
import type { EarlyContext } from './pages.ts';
import { Audit } from './schema-events.ts';
import { Settings } from './settings.ts';

const directory = {
  agents: new Map([['55', { id: '55', name: 'Abby Bot' }]]),
  machines: new Set(['55']),
  unsure: new Set(),
  fields: new Map(),
  mapped: new Map(),
  statuses: new Map(),
  notifiers: new Map(),
} as unknown as Directory;

const said = (settings: Record<string, unknown>, via: string) => {
  const context: EarlyContext = {
    settings: Settings.parse({ url: 'acme', ...settings }),
    http: silentHttp({ origin: 'https://acme.example' }),
    pseudonymise: (kind, value) => `${kind}#${value}`,
    signal: new AbortController().signal,
  };
  const update = Audit.parse({
    id: 1,
    ticket_id: 5,
    created_at: '2026-01-05T08:00:00Z',
    author_id: 55,
    via: { channel: via },
    events: [{ id: 2, type: 'Comment', author_id: 55, public: true, body: 'Hi' }],
  });
  return mapUpdates([update], directory, context).message.map((m) => [m.author, m.author_id, m.through_api]);
};

it.each([
  ['named like a program: the views judge by what it does', {}, 'web', ['agent', '55', false]],
  ['named like a program, writing through the interface', {}, 'api', ['agent', '55', true]],
  ['stated to be a program', { machineUsers: [55] }, 'api', ['machine', null, true]],
])('keeps the messages of an account that is %s', (_, settings, via, expected) => {
  expect(said(settings, via)).toEqual([expected]);
});
