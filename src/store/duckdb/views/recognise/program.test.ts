import { describe, expect, it } from 'vitest';
import { anAgent, livedTicket, type Step, together } from '../../../../../test/harness/lived-tickets.ts';
import { at } from '../../../../../test/harness/records.ts';
import { askViews } from '../../../../../test/harness/rule-records.ts';
import type { Meaning } from '../../../../domain/meaning.ts';
import type { TelemetryBatch } from '../../../../domain/telemetry.ts';

/** Monday. */
const START = at('2026-01-05T00:00:00Z').getTime();
const HOUR = 3_600_000;

/** Tickets of four weeks: every three hours, or hourly from `from` to `to` on working days. */
function hours(from = 0, to = 24): Date[] {
  const all = Array.from({ length: 28 * 24 }, (_, i) => new Date(START + i * HOUR));
  if (to - from === 24) return all.filter((_, i) => i % 3 === (i % 7) % 3);
  const open = (hour: number) => (from < to ? hour >= from && hour < to : hour >= from || hour < to);
  return all.filter((day) => open(day.getUTCHours()) && day.getUTCDay() % 6 !== 0);
}

/** One account that answers tickets of `times`. */
function answers(
  by: string,
  times: readonly Date[],
  { after, api = false, hands = false, leave = 0 }: { after: number; api?: boolean; hands?: boolean; leave?: number },
): TelemetryBatch {
  return together(
    ...times.map((time, i) => {
      const own: Step[] = [
        { after: after + 1, set: 'status', from: 'new', to: 'solved', by },
        { after: after + 1, say: 'agent', note: true, by },
      ];
      return livedTicket(`${by}-${i}`, time, [
        { after, say: 'agent', by, api: api && (leave === 0 || i % leave !== 0) },
        ...(hands ? own : []),
      ]);
    }),
  );
}

/** Someone who works as people do, so that the desk is seen to show who does what. */
const colleague = (by: string) => answers(by, hours(8, 17), { after: 95, hands: true });

const programs = (records: TelemetryBatch, meanings: readonly Meaning[] = []) =>
  askViews(records, 'SELECT agent_id, how FROM program ORDER BY agent_id', meanings);

describe.each([
  ['maria', 'k77'],
  ['agent-19', 'Bot-Chef'],
])('an account %s beside a colleague %s', (id, other) => {
  it.each([
    ['answers in half a minute at all hours', hours(), { after: 0.5 }],
    ['answers in office hours through the interface, in twenty seconds', hours(9, 17), { after: 0.33, api: true }],
    ['answers in half a minute and does nothing else', hours(9, 17), { after: 0.5 }],
    ['answers within ten minutes, through the interface alone', hours(), { after: 10, api: true }],
  ] as const)('that %s is a program', async (_, times, how) => {
    const records = together(answers(id, times, how), colleague(other));
    expect(await programs(records)).toEqual([{ agent_id: id, how: 'work' }]);
  });

  it.each([
    ['chats on an eight-hour shift', hours(9, 17), { after: 0.6, hands: true }],
    ['works nights', hours(22, 6), { after: 40, hands: true }],
    ['is shared by shifts round the clock', hours(), { after: 70, hands: true }],
    ['is shared by shifts round the clock and shows no hands', hours(), { after: 70 }],
    ['posts a third through the interface', hours(9, 17), { after: 30, api: true, leave: 2 }],
    ['writes in another tool, through the interface', hours(9, 17), { after: 130, api: true, hands: true }],
  ] as const)('that %s is a person', async (_, times, how) => {
    expect(await programs(together(answers(id, times, how), colleague(other)))).toEqual([]);
  });

  it.each([
    ['comes soon, in office hours', hours(9, 17), 4, 1],
    ['comes at all hours, long after', hours(), 50, 1],
    ['is made in office hours at leisure', hours(9, 17), 50, 0],
  ] as const)('whose every note comes through the interface and %s', async (_, times, after, expected) => {
    const notes = together(
      ...times.map((time, i) =>
        livedTicket(`${id}-${i}`, time, [{ after, say: 'agent', note: true, by: id, api: true }]),
      ),
    );
    expect(await programs(together(notes, colleague(other)))).toHaveLength(expected);
  });

  it('with fewer messages than twenty is not judged', async () => {
    const times = hours(9, 17).slice(0, 19);
    expect(await programs(together(answers(id, times, { after: 0.3, api: true }), colleague(other)))).toEqual([]);
    const more = hours(9, 17).slice(0, 20);
    expect(await programs(together(answers(id, more, { after: 0.3, api: true }), colleague(other)))).toHaveLength(1);
  });
});

describe('an account of a chat desk', () => {
  it('is a person where nothing but messages is shown', async () => {
    expect(await programs(answers('k77', hours(9, 17), { after: 0.6 }))).toEqual([]);
  });

  it('that posts through the interface alone at a pace of people stays one, and is shown', async () => {
    const records = together(answers('k77', hours(9, 17), { after: 130, api: true }), colleague('m1'));
    expect(await programs(records)).toEqual([]);
    expect(await askViews(records, "SELECT kind, subject FROM unread WHERE kind = 'bot'")).toEqual([
      { kind: 'bot', subject: 'k77' },
    ]);
  });
});

describe('an account that is listed as a program', () => {
  const listed = (batch: TelemetryBatch) => together(batch, { agent: [anAgent('abbot', { human: false })] });

  it('is a person when it works like one', async () => {
    const records = listed(answers('abbot', hours(9, 17), { after: 95, hands: true }));
    expect(await programs(records)).toEqual([]);
    expect(await askViews(records, 'SELECT id, human FROM agent')).toEqual([{ id: 'abbot', human: true }]);
    expect(await askViews(records, "SELECT subject FROM unread WHERE kind = 'bot'")).toEqual([{ subject: 'abbot' }]);
  });

  it('is one by its name where its work does not tell', async () => {
    expect(await programs(listed(answers('abbot', hours(9, 17).slice(0, 5), { after: 95 })))).toEqual([
      { agent_id: 'abbot', how: 'name' },
    ]);
  });
});

describe('an account whose name is not shown', () => {
  const hidden = (batch: TelemetryBatch) => together(batch, { agent: [anAgent('k77', { human: null })] });
  const few = hidden(answers('k77', hours(9, 17).slice(0, 19), { after: 95, hands: true }));
  const human = async (records: TelemetryBatch, meanings: readonly Meaning[] = []) =>
    (await askViews(records, 'SELECT human FROM agent', meanings)).map((one) => one.human);

  it('is neither a person nor a program before it answered twenty times, and is shown as not understood', async () => {
    expect(await human(few)).toEqual([null]);
    expect(await programs(few)).toEqual([]);
    expect(await askViews(few, "SELECT subject FROM unread WHERE kind = 'bot'")).toEqual([{ subject: 'k77' }]);
  });

  it('is told by its work then, or by what people say', async () => {
    expect(await human(hidden(answers('k77', hours(9, 17).slice(0, 20), { after: 95, hands: true })))).toEqual([true]);
    expect(await human(hidden(answers('k77', hours(), { after: 0.5 })))).toEqual([false]);
    const stated = (meaning: string): Meaning[] => [{ kind: 'bot', subject: 'k77', meaning, rank: null }];
    expect(await human(few, stated('false'))).toEqual([true]);
    expect(await human(few, stated('true'))).toEqual([false]);
  });
});

describe('what people stated of an account', () => {
  const bot = (meaning: string): Meaning[] => [{ kind: 'bot', subject: 'maria', meaning, rank: null }];
  it('goes before its work', async () => {
    const fast = answers('maria', hours(), { after: 0.5 });
    expect(await programs(fast, bot('false'))).toEqual([]);
    expect(await programs(answers('maria', hours(9, 17), { after: 95, hands: true }), bot('true'))).toEqual([
      { agent_id: 'maria', how: 'stated' },
    ]);
  });
});

describe('what follows from a program', () => {
  it("tickets that ended with its answer are the bot's, those that still wait are people's", async () => {
    const solved: Step = { after: 60, set: 'status', from: 'open', to: 'solved', actor: 'customer' };
    const records = together(
      answers('maria', hours(), { after: 0.5 }),
      livedTicket('ended', new Date(START), [{ after: 0.5, say: 'agent', by: 'maria' }, solved], { status: 'solved' }),
      livedTicket('helped', new Date(START), [
        { after: 0.5, say: 'agent', by: 'maria' },
        { after: 40, say: 'agent', by: 'ann' },
        solved,
      ]),
    );
    expect(
      await askViews(
        records,
        "SELECT id, population FROM ticket_all WHERE id IN ('ended', 'helped', 'maria-0') ORDER BY id",
      ),
    ).toEqual([
      { id: 'ended', population: 'bot' },
      { id: 'helped', population: 'human' },
      { id: 'maria-0', population: 'human' },
    ]);
  });

  it('answers are automatic messages; first reply, touches and notes are those of people', async () => {
    const records = together(
      answers('maria', hours(), { after: 0.5 }),
      livedTicket('x', new Date(START + 600 * HOUR), [
        { after: 0.5, say: 'agent', by: 'maria' },
        { after: 1, set: 'priority', from: '3', to: '2', by: 'maria' },
        { after: 90, say: 'agent', by: 'ann' },
      ]),
    );
    expect(
      await askViews(records, "SELECT first_reply_calendar_s, replies, first_touch_at FROM ticket_all WHERE id = 'x'"),
    ).toEqual([
      { first_reply_calendar_s: 5400, replies: 1, first_touch_at: new Date(START + 600 * HOUR + 90 * 60_000) },
    ]);
    expect(await askViews(records, 'SELECT epoch("at") AS s FROM acknowledgement WHERE ticket_id = \'x\'')).toEqual([
      { s: (START + 600 * HOUR + 30_000) / 1000 },
    ]);
    expect(await askViews(records, "SELECT agent_id, kind FROM touch WHERE ticket_id = 'x'")).toEqual([
      { agent_id: 'ann', kind: 'reply' },
    ]);
  });
});
