import { describe, expect, it } from 'vitest';
import { mapUpdates } from '../../test/harness/zendesk-updates.ts';
import type { Directory } from './directory.ts';
import type { EarlyContext } from './pages.ts';
import { NO_VIA } from './schema-tickets.ts';
import { Settings } from './settings.ts';

const directory = {
  agents: new Map(),
  machines: new Set(['77']),
  unsure: new Set(),
  notifiers: new Map(),
} as unknown as Directory;
const context = {
  settings: Settings.parse({ url: 'acme' }),
  pseudonymise: (_k: string, v: string) => v,
} as unknown as EarlyContext;

describe('chat transcripts', () => {
  it('become one message a line, at the time of the line', () => {
    const at = Date.parse('2026-03-02T08:00:00Z');
    const { message, rejected } = mapUpdates(
      [
        {
          id: '1',
          ticketId: '9',
          at: new Date(at),
          updaterId: null,
          via: NO_VIA,
          viaReferenceId: null,
          children: [
            {
              id: 2,
              type: 'ChatStartedEvent',
              value: {
                history: [
                  { type: 'ChatJoin', actor_type: 'end-user', timestamp: at },
                  {
                    type: 'ChatMessage',
                    actor_type: 'end-user',
                    actor_id: 5,
                    timestamp: at + 1000,
                    message: 'planted',
                  },
                  { type: 'ChatMessage', actor_type: 'agent', actor_id: 8, timestamp: at + 2000, message: 'planted' },
                  {
                    type: 'ChatMessage',
                    actor_type: 'agent',
                    actor_id: 77,
                    timestamp: at / 1000 + 3,
                    message: 'planted',
                  },
                  { type: 'ChatMessage', actor_type: 'system', timestamp: 'soon' },
                  { type: 'ChatMessage', actor_type: 'system', timestamp: 1 },
                ],
              },
            },
            { id: 3, type: 'ChatEndedEvent', value: null },
          ],
        },
      ],
      directory,
      context,
    );
    expect(rejected.map((r) => [r.ref, r.path])).toEqual([
      ['1/0/4', 'timestamp'],
      ['1/0/5', 'timestamp'],
    ]);
    expect(message.map((m) => [m.author, m.author_id, m.auto_reply, m.at.getTime() - at])).toEqual([
      ['customer', null, false, 1000],
      ['agent', '8', false, 2000],
      ['machine', null, true, 3000],
    ]);
    expect(JSON.stringify([message, rejected])).not.toContain('planted');
  });
});
