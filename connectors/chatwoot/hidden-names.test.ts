import { describe, expect, it } from 'vitest';
import type { TelemetryBatch } from '../../src/domain/telemetry.ts';
import { FakeStatus } from '../../test/conformance/connector.ts';
import { chatwootConversations, chatwootRoutes } from '../../test/harness/chatwoot.ts';
import { chatwootCase } from '../../test/harness/chatwoot-case.ts';
import { readDesk } from '../../test/harness/read-desk.ts';
import { askViews } from '../../test/harness/rule-records.ts';

/** Monday. */
const START_S = Date.parse('2026-01-05T00:00:00Z') / 1000;
const HOUR_S = 3600;
const [PROGRAM, PERSON] = [13, 11];

/** Conversations of four weeks, by day and by night: an account answers each within half a minute, a person an hour later in office hours. */
const TIMES = Array.from({ length: 28 * 24 }, (_, hour) => hour)
  .filter((hour) => hour % 3 === (hour % 7) % 3)
  .map((hour) => START_S + hour * HOUR_S);
const inOfficeHours = (at: number) => new Date(at * 1000).getUTCHours() >= 9 && new Date(at * 1000).getUTCHours() < 17;

function conversations() {
  const [like] = chatwootConversations();
  return TIMES.map((at, i) => ({
    ...like,
    id: 2000 + i,
    created_at: at,
    updated_at: at + 2 * HOUR_S,
    last_activity_at: at + 2 * HOUR_S,
    first_reply_created_at: 0,
    applied_sla: null,
    sla_events: [],
  }));
}

function messagesOf(id: number) {
  const at = TIMES[id - 2000] ?? 0;
  const said = (place: number, after: number, message_type: number, sender: object) => ({
    id: id * 10 + place,
    content: 'Canary words',
    message_type,
    content_type: 'text',
    private: false,
    created_at: at + after,
    sender,
  });
  const person = inOfficeHours(at) ? [said(3, HOUR_S, 1, { id: PERSON, name: 'Canary Ann', type: 'user' })] : [];
  return [
    said(1, 0, 0, { id: 900, name: 'Canary Jane', type: 'contact' }),
    said(2, 30, 1, { id: PROGRAM, name: 'Canary sync bot', type: 'user' }),
    ...person,
  ];
}

/** The desk as it is shown with the list of agents, or without it. */
async function readWith(agentsShown: boolean): Promise<TelemetryBatch> {
  const { rows, error } = await readDesk(chatwootCase, {
    routes: chatwootRoutes(conversations()),
    fault(_reply, { route, url }) {
      if (route === 'agents' && !agentsShown) return new FakeStatus(403, { error: 'Forbidden' });
      if (route === 'measures' || route === 'answers') return [];
      if (route !== 'messages') return undefined;
      const isFirst = url.searchParams.get('after') === '0';
      return { payload: isFirst ? messagesOf(Number(url.pathname.split('/')[6])) : [] };
    },
  });
  expect(error).toBeNull();
  return Object.fromEntries(Object.entries(rows).map(([table, own]) => [table, Object.values(own)])) as TelemetryBatch;
}

const FIRST_REPLIES =
  'SELECT count(first_reply_calendar_s)::INT AS replied, min(first_reply_calendar_s)::INT AS fastest FROM ticket_all';

describe('a program that answers in the name of an account whose name is not shown', () => {
  it.each([
    ['shown: it is told by its name', true, []],
    ['hidden: it is told by its work', false, [{ agent_id: String(PROGRAM), how: 'work' }]],
  ])('gives no first reply where the list of agents is %s', async (_how, agentsShown, programs) => {
    const records = await readWith(agentsShown);
    const authors = new Set(records.message?.filter(({ seq }) => seq === 1).map(({ author }) => author));
    expect([...authors]).toEqual([agentsShown ? 'machine' : 'agent']);
    const found = await askViews(records, "SELECT agent_id, how FROM program WHERE how = 'work'");
    expect(found).toEqual(programs);
    const people = TIMES.filter(inOfficeHours).length;
    expect(await askViews(records, FIRST_REPLIES)).toEqual([{ replied: people, fastest: HOUR_S }]);
  });
});
