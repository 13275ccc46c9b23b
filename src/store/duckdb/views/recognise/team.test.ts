import { afterEach, describe, expect, it } from 'vitest';
import { livedTicket, type Step, together } from '../../../../../test/harness/lived-tickets.ts';
import { at } from '../../../../../test/harness/records.ts';
import type { Meaning } from '../../../../domain/meaning.ts';
import type { SqlRow } from '../../../../domain/sql-session.ts';
import type { TelemetryBatch, TelemetryRecord } from '../../../../domain/telemetry.ts';
import type { Store } from '../../../ports.ts';
import { openMemoryStore } from '../../open.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function opened(
  records: TelemetryBatch,
  meanings: readonly Meaning[] = [],
): Promise<(sql: string) => Promise<SqlRow[]>> {
  const store = await openMemoryStore({ meanings });
  stores.push(store);
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  return (sql) =>
    store.telemetry.measure({ asOf: at('2026-03-01T00:00:00Z'), horizon: at('2025-06-01T00:00:00Z') }, (session) =>
      session.query(sql),
    );
}

const START = at('2026-01-05T00:00:00Z').getTime();
const HOUR = 3_600_000;
const TICKETS = 400;

/** Words of a desk: none of them says what anything is for. */
interface Words {
  readonly first: string;
  readonly best: string;
  readonly fire: string;
  readonly money: string;
  readonly shed: string;
  readonly mark: string;
  readonly topic: string;
}
const WORDS: Words[] = [
  { first: 'g1', best: 'g2', fire: 'g3', money: 'g4', shed: 'g5', mark: 'a91f', topic: '77c0' },
  {
    first: 'Nordlicht',
    best: 'Kranich',
    fire: 'Feuerwehr',
    money: 'Kontor',
    shed: 'Schuppen',
    mark: 'rotes_heft',
    topic: 'beleg',
  },
];

interface Ways {
  /** Of five tickets of the best customers, how many go to their team; of the others, one in how many (0 = none). */
  readonly best: number;
  readonly strays?: number;
  /** What comes with a hand-over to the people who take hard cases. */
  readonly marked?: boolean;
  readonly raised?: boolean;
  readonly category?: boolean;
  readonly names?: Partial<Record<keyof Words, TelemetryRecord<'team'>['purpose']>>;
}

type About = 'money' | 'fire' | 'shed' | '';

function aboutOf(i: number): About {
  if (i % 7 === 3) return 'money';
  if (i % 11 === 4) return 'fire';
  return i % 13 === 6 ? 'shed' : '';
}

function handOver(about: About, home: string, words: Words, ways: Ways): Step[] {
  const by = `${home}-1`;
  const to = { money: words.money, fire: words.fire, shed: words.shed, '': home }[about];
  const other = `${to}-1`;
  if (about === 'money')
    return [
      { after: 59, set: 'tag', to: words.topic, by },
      { after: 60, set: 'group', from: home, to, by },
      { after: 120, say: 'agent', by: other },
    ];
  const mark: Step[] = ways.marked === false ? [] : [{ after: 100, set: 'tag', to: words.mark, by }];
  const raise: Step[] = ways.raised === false ? [] : [{ after: 100, set: 'priority', from: '3', to: '1', by }];
  if (about === 'fire')
    return [
      ...mark,
      ...raise,
      { after: 101, set: 'group', from: home, to, by },
      { after: 150, say: 'agent', by: other },
    ];
  if (about === '') return [];
  return [
    { after: 60, set: 'group', from: home, to, by },
    { after: 90, say: 'agent', note: true, by: other },
    { after: 95, set: 'group', from: to, to: home, by: other },
    { after: 140, say: 'agent', by },
  ];
}

/**
 * 400 tickets, every fifth of them of the two best of ten customers. The first team answers in half an hour; one other ticket in seven is about
 * money and goes to those who settle it, one in eleven is hard and goes to those who take such cases, one in thirteen is asked about in the
 * shed, which only writes notes.
 */
function desk(words: Words, ways: Ways): TelemetryBatch {
  const { first, best, fire, money, shed } = words;
  const teams = { first, best, fire, money, shed };
  const one = (i: number) => {
    const id = `t${i}`;
    const top = i % 5 === 0;
    const toBest = top ? (i / 5) % 5 < ways.best : ways.strays !== undefined && i % ways.strays === 1;
    const home = toBest ? best : first;
    const who = `${home}-1`;
    const about = toBest ? '' : aboutOf(i);
    const steps: Step[] = [
      { after: 0, set: 'group', to: home, initial: true },
      { after: 0, set: 'priority', to: '3', initial: true, actor: 'system' },
      { after: 30, say: 'agent', by: who },
    ];
    steps.push(...handOver(about, home, words, ways));
    return livedTicket(id, new Date(START + i * 3 * HOUR), steps, {
      organisation_id: `o${i % 10}`,
      group_id: { money, fire, shed: home, '': home }[about],
      category: ways.category === false ? null : about === 'money' ? 'm' : `c${i % 3}`,
    });
  };
  return together(...Array.from({ length: TICKETS }, (_, i) => one(i)), {
    team: Object.entries(teams).map(([key, id]) => ({
      id,
      active: true,
      purpose: ways.names?.[key as keyof Words] ?? null,
      tier: null,
    })),
    membership: Object.values(teams).map((id) => ({ agent_id: `${id}-1`, team_id: id })),
    organisation: Array.from({ length: 10 }, (_, i) => ({
      id: `o${i}`,
      created_at: null,
      tier: i % 5 === 0 ? 'one' : 'two',
      tier_rank: i % 5 === 0 ? 1 : 2,
      terms: null,
      partner: false,
      domain_hash: null,
      external_keys: null,
      has_contract: null,
      has_health: null,
      health_changed_at: null,
      health_rank: null,
      renews_at: null,
      value_band: null,
      churned_at: null,
      expanded_at: null,
    })),
  });
}

const PURPOSES = 'SELECT id, purpose, purpose_from, tier FROM team';
const byId = (rows: SqlRow[]) =>
  Object.fromEntries(rows.map((row) => [row.id, [row.purpose, row.purpose_from, row.tier]]));

/** In `npm test` in the words of one desk, in the mode `all` of each. */
describe.each(import.meta.env.MODE === 'all' ? WORDS : WORDS.slice(0, 1))('a desk of $first and others', (words) => {
  it('shows by the work what its teams are for', async () => {
    const ask = await opened(desk(words, { best: 5 }));
    expect(byId(await ask(PURPOSES))).toEqual({
      [words.first]: ['support', 'work', 1],
      [words.best]: ['premium', 'work', null],
      [words.fire]: ['escalation', 'work', null],
      [words.money]: ['support', 'work', 2],
      [words.shed]: ['other', 'work', null],
    });
  });

  it.each([true, false])('tells the mark of an escalation from a topic (topics shown: %s)', async (category) => {
    const ask = await opened(desk(words, { best: 5, category }));
    // One in eleven from the fifth on, without those of the best customers (i % 5 = 0) and those about money (i % 7 = 3).
    const hard = Array.from({ length: TICKETS }, (_, i) => i).filter((i) => i % 11 === 4 && i % 5 !== 0 && i % 7 !== 3);
    const rows = await ask('SELECT ticket_id, "by", to_team, actor_id, ordinal FROM escalation');
    expect(rows.map((row) => row.ticket_id).toSorted()).toEqual(hard.map((i) => `t${i}`).toSorted());
    expect(new Set(rows.map((row) => `${row.by} ${row.to_team} ${row.actor_id} ${row.ordinal}`))).toEqual(
      new Set([`mark ${words.fire} ${words.first}-1 1`]),
    );
    expect(await ask("SELECT subject, how FROM recognised WHERE kind = 'escalation'")).toEqual([
      { subject: `tag:${words.mark}`, how: 'work' },
    ]);
  });

  it('takes hand-overs with a raised priority for escalations where there is no mark', async () => {
    const ask = await opened(desk(words, { best: 5, marked: false }));
    expect(byId(await ask(PURPOSES))[words.fire]).toEqual(['escalation', 'work', null]);
    expect(await ask('SELECT DISTINCT "by", to_team FROM escalation')).toEqual([{ by: 'move', to_team: words.fire }]);
  });

  it('takes ordinary hand-overs for a second line, with a tag of its own or without', async () => {
    for (const marked of [true, false]) {
      const ask = await opened(desk(words, { best: 5, marked, raised: false }));
      expect(byId(await ask(PURPOSES))[words.fire]).toEqual(['support', 'work', 2]);
      expect(await ask('SELECT ticket_id FROM escalation')).toEqual([]);
    }
  });

  it('takes a team that half of the best customers reach for nothing, and says so', async () => {
    // Half of the best customers' tickets, and one in nine of the others: half of its tickets are theirs.
    const ask = await opened(desk(words, { best: 2.5, strays: 9 }));
    expect(byId(await ask(PURPOSES))[words.best]).toEqual([null, null, null]);
    expect(await ask("SELECT subject, detail FROM unread WHERE kind = 'team'")).toEqual([
      { subject: words.best, detail: 'perhaps premium' },
    ]);
  });

  it('takes a team that gets a share of everything for no premium team, whatever its name', async () => {
    const ask = await opened(desk(words, { best: 1, strays: 5, names: { best: 'premium' } }));
    expect(byId(await ask(PURPOSES))[words.best]?.[0]).not.toBe('premium');
    expect((await ask(`SELECT detail FROM unread WHERE subject = '${words.best}'`))[0]?.detail).toMatch(
      /^its name says/,
    );
  });

  it('keeps a name that the work does not contradict, and what people stated before all', async () => {
    const named = desk(words, { best: 0, names: { best: 'premium', money: 'sales' } });
    expect(byId(await (await opened(named))(PURPOSES))).toMatchObject({
      [words.best]: ['premium', 'name', null],
      [words.money]: ['sales', 'name', null],
    });
    const ask = await opened(desk(words, { best: 5 }), [
      { kind: 'team', subject: words.best, meaning: 'sales', rank: null },
      { kind: 'team', subject: words.fire, meaning: 'none', rank: null },
      { kind: 'escalation', subject: `tag:${words.mark}`, meaning: 'false', rank: null },
    ]);
    expect(byId(await ask(PURPOSES))).toMatchObject({
      [words.best]: ['sales', 'stated', null],
      [words.fire]: [null, 'stated', null],
    });
    expect(await ask('SELECT ticket_id FROM escalation')).toEqual([]);
  });
});

describe('a canonical mark', () => {
  const marked = (linked: boolean): TelemetryBatch => ({
    ...livedTicket('t', new Date(START), [{ after: 90, set: 'escalation', to: 'tag:handed_to_tracker', by: 'ann' }]),
    link: linked
      ? [
          {
            id: 'l',
            ticket_id: 't',
            kind: 'issue',
            system: 'tracker',
            target_key: 'k',
            linked_at: new Date(START + 90 * 60_000),
            responded_at: null,
            closed_at: null,
            closed_as: null,
            team: null,
          },
        ]
      : [],
  });

  it('counts as it comes, though not when it comes with a link to an issue', async () => {
    const asked = 'SELECT ticket_id, "by" FROM escalation';
    expect(await (await opened(marked(false)))(asked)).toEqual([{ ticket_id: 't', by: 'mark' }]);
    expect(await (await opened(marked(true)))(asked)).toEqual([]);
    const stated: Meaning[] = [{ kind: 'escalation', subject: 'tag:handed_to_tracker', meaning: 'true', rank: null }];
    expect(await (await opened(marked(true), stated))(asked)).toHaveLength(1);
  });
});

describe('ways of a ticket', () => {
  it('are told by what brought it to a team', async () => {
    const words = WORDS[0] as Words;
    const ask = await opened(desk(words, { best: 5 }));
    // t3 is about money; t0 is of a best customer.
    expect(
      await ask("SELECT team_id, how, from_team FROM team_ticket WHERE ticket_id IN ('t0', 't3') ORDER BY ALL"),
    ).toEqual([
      { team_id: words.first, how: 'birth', from_team: null },
      { team_id: words.best, how: 'birth', from_team: null },
      { team_id: words.money, how: 'hand-over', from_team: words.first },
    ]);
  });
});

describe('a desk without anything', () => {
  it('gives nothing', async () => {
    const ask = await opened({});
    for (const relation of [
      'team',
      'escalation',
      'recognised',
      'unread',
      'team_ticket',
      'agent',
      'sla_clock',
      'program',
    ])
      expect(await ask(`SELECT * FROM ${relation}`)).toEqual([]);
  });
});
