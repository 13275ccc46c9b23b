import { describe, expect, it } from 'vitest';
import { anEvent, aTicket, at } from '../../../../../test/harness/records.ts';
import { anOrganisation, aPolicy, aReplyTarget, aRule, askViews } from '../../../../../test/harness/rule-records.ts';
import type { Meaning } from '../../../../domain/meaning.ts';
import type { TelemetryBatch, TelemetryRecord } from '../../../../domain/telemetry.ts';

/** Twelve organisations; `of` gives terms and source columns of the i-th. */
function organisations(of: (i: number) => { terms: string[] | null; tier?: string; rank?: number }) {
  return Array.from({ length: 12 }, (_, i) => {
    const { terms, tier = null, rank = null } = of(i);
    return anOrganisation(`o${i}`, terms, { tier, tier_rank: rank });
  });
}

/** Three tickets for each of twelve organisations, born with the tags that `of` gives. */
function tickets(of: (i: number) => readonly string[]): TelemetryBatch {
  const created = (i: number) => new Date(at('2026-01-05T08:00:00Z').getTime() + i * 3_600_000);
  return {
    ticket: Array.from({ length: 36 }, (_, i) =>
      aTicket({ id: `t${i}`, organisation_id: `o${i % 12}`, created_at: created(i) }),
    ),
    event: Array.from({ length: 36 }, (_, i) =>
      of(i).map((tag) =>
        anEvent({
          id: `t${i}${tag}`,
          ticket_id: `t${i}`,
          kind: 'tag',
          from_value: null,
          to_value: tag,
          initial: true,
          at: created(i),
        }),
      ),
    ).flat(),
  };
}

const terms = async (records: TelemetryBatch, meanings: readonly Meaning[] = []) =>
  Object.fromEntries(
    (await askViews(records, 'SELECT term, tier, tier_rank, how FROM tier_term ORDER BY term', meanings)).map((row) => [
      String(row.term),
      `${row.tier} ${row.tier_rank} ${row.how}`,
    ]),
  );

const tierOf = async (records: TelemetryBatch, meanings: readonly Meaning[] = []) =>
  (
    await askViews(
      records,
      'SELECT tier, tier_rank, count(*) AS n FROM organisation GROUP BY ALL ORDER BY tier',
      meanings,
    )
  ).map((row) => `${row.tier} ${row.tier_rank} ${row.n}`);

const said = (subject: string, meaning: string, rank: number | null = null): Meaning => ({
  kind: 'tier',
  subject,
  meaning,
  rank,
});

/** The same desk in words and in hashes. */
const VOCABULARIES = [
  { best: 'premium', rest: 'standard', tag: 'tier_premium', region: 'emea' },
  { best: 'Treuekunde', rest: 'Gelegenheit', tag: '9f3c21', region: '77aa01' },
] as const;

describe('tier_term where the source knows the tiers', () => {
  it.each(VOCABULARIES)('learns the tag that goes with $best, and no region', async ({ best, rest, tag, region }) => {
    const records: TelemetryBatch = {
      ...tickets((i) => [...(i % 12 < 4 ? [tag] : []), ...(i % 2 === 0 ? [region] : [])]),
      organisation: organisations((i) => ({ terms: null, tier: i < 4 ? best : rest })),
      sla_policy: [aPolicy('p1', [`tag:${tag}`]), aPolicy('p2', [`tag:${region}`]), aPolicy('p3', [])],
      sla_target: [aReplyTarget('p1', 1), aReplyTarget('p2', 8), aReplyTarget('p3', 8)],
      automation: [aRule('r1', [`tag:${tag}`], ['group:g1']), aRule('r2', [`!tag:${tag}`, `tag:${region}`], [])],
    };
    expect(Object.keys(await terms(records))).toEqual([`tag:${tag}`]);
    const policies = await askViews(records, 'SELECT id, tier, condition_fields FROM sla_policy ORDER BY id');
    expect(policies).toEqual([
      { id: 'p1', tier: best, condition_fields: ['tier'] },
      { id: 'p2', tier: null, condition_fields: [] },
      { id: 'p3', tier: null, condition_fields: [] },
    ]);
    const rules = await askViews(records, 'SELECT id, condition_fields FROM automation ORDER BY id');
    expect(rules).toEqual([
      { id: 'r1', condition_fields: ['tier'] },
      { id: 'r2', condition_fields: ['tier'] },
    ]);
  });

  it('knows the field that the tier was read from, also values that no organisation has yet', async () => {
    const records: TelemetryBatch = {
      organisation: organisations((i) => {
        const tier = i < 6 ? 'a' : 'b';
        return { terms: [`org:klasse=${tier}`, 'org:land=de'], tier };
      }),
      sla_policy: [aPolicy('p1', ['org:klasse=c'])],
    };
    expect(await terms(records)).toEqual({
      'org:klasse=a': 'a null source',
      'org:klasse=b': 'b null source',
      'org:klasse=c': 'c null source',
    });
  });

  it.each([
    ['tag:premium_customer', 'premium'],
    ['tag:plan-premium', 'premium'],
    ['tag:customer_tier_standard', 'standard'],
  ])('strips what stands beside the name of a tier: %s', async (term, tier) => {
    const records: TelemetryBatch = {
      organisation: organisations((i) => ({ terms: null, tier: i < 4 ? 'premium' : 'standard' })),
      sla_policy: [aPolicy('p1', [term])],
    };
    expect((await terms(records))[term]).toMatch(new RegExp(`^${tier} \\d name$`));
  });

  it('takes values of a field whose title says tier by their names', async () => {
    const records: TelemetryBatch = {
      organisation: organisations((i) => ({ terms: null, tier: i < 4 ? 'premium' : 'standard' })),
      sla_policy: [aPolicy('p1', ['field:77=Premium', 'field:78=premium'])],
      automation: [aRule('77', ['role:tier'], [], { kind: 'field', condition_fields: ['77'] })],
    };
    expect(Object.keys(await terms(records))).toEqual(['field:77=Premium']);
  });

  it('does not take a name against the work: standard_shipping stands on tickets of all tiers', async () => {
    const records: TelemetryBatch = {
      ...tickets((i) => (i % 12 < 8 ? ['standard_support'] : [])),
      organisation: organisations((i) => ({ terms: null, tier: i % 2 === 0 ? 'premium' : 'standard' })),
      sla_policy: [aPolicy('p1', ['tag:standard_support'])],
    };
    expect(await terms(records)).toEqual({});
  });

  it('does not take the tag of one organisation for a tier', async () => {
    const records: TelemetryBatch = {
      ...tickets((i) => (i % 12 === 0 ? ['acme'] : [])),
      organisation: organisations((i) => ({ terms: null, tier: i === 0 ? 'top' : 'low' })),
      sla_policy: [aPolicy('p1', ['tag:acme'])],
    };
    expect(await terms(records)).toEqual({});
  });
});

describe('tier_term where nobody names tiers', () => {
  const served = (more: TelemetryRecord<'sla_policy'>[] = []): TelemetryBatch => ({
    sla_policy: [aPolicy('p1', ['org:k=x1']), aPolicy('p2', ['org:k=x2']), aPolicy('p3', []), ...more],
    sla_target: [aReplyTarget('p1', 8), aReplyTarget('p2', 1), aReplyTarget('p3', 24)],
  });
  const coded = organisations((i) => ({ terms: [`org:k=x${i % 3}`, `org:region=r${i % 4}`, `tag:industry${i % 2}`] }));

  it('takes the field by which policies promise different things, in the order of their promises', async () => {
    const records = { ...served(), organisation: coded };
    expect(await terms(records)).toEqual({
      'org:k=x0': 'x0 3 work',
      'org:k=x1': 'x1 2 work',
      'org:k=x2': 'x2 1 work',
    });
    expect(await tierOf(records)).toEqual(['x0 3 4', 'x1 2 4', 'x2 1 4']);
  });

  it('takes no field by which work is only routed', async () => {
    const records: TelemetryBatch = {
      organisation: coded,
      automation: [aRule('r1', ['org:region=r0'], ['group:g1']), aRule('r2', ['org:region=r1'], ['group:g2'])],
    };
    expect(await terms(records)).toEqual({});
  });

  it.each(['gold_kunden', 'c0ffee'])(
    'takes a tag (%s) that has promises of its own; who has none is everyone else',
    async (tag) => {
      const records: TelemetryBatch = {
        ...tickets((i) => [...(i % 12 < 3 ? [tag] : []), `product${i % 5}`]),
        organisation: organisations(() => ({ terms: null })),
        sla_policy: [aPolicy('p1', [`tag:${tag}`]), aPolicy('p2', ['tag:product1']), aPolicy('p3', [])],
        sla_target: [aReplyTarget('p1', 1), aReplyTarget('p2', 4), aReplyTarget('p3', 8)],
      };
      expect(Object.keys(await terms(records))).toEqual([`tag:${tag}`]);
      expect((await tierOf(records)).sort()).toEqual([`${tag} 1 3`, 'everyone else 2 9'].sort());
    },
  );

  it('takes no tags of which organisations carry several', async () => {
    const records: TelemetryBatch = {
      organisation: organisations((i) => ({ terms: i < 8 ? ['tag:x', 'tag:y'] : ['tag:x'] })),
      sla_policy: [aPolicy('p1', ['tag:x']), aPolicy('p2', ['tag:y']), aPolicy('p3', [])],
      sla_target: [aReplyTarget('p1', 1), aReplyTarget('p2', 4), aReplyTarget('p3', 8)],
    };
    expect(await terms(records)).toEqual({});
  });

  it('takes no tag with the promises of everybody', async () => {
    const records: TelemetryBatch = {
      organisation: organisations((i) => ({ terms: i < 5 ? ['tag:x'] : [] })),
      sla_policy: [aPolicy('p1', ['tag:x']), aPolicy('p3', [])],
      sla_target: [aReplyTarget('p1', 8), aReplyTarget('p3', 8)],
    };
    expect(await terms(records)).toEqual({});
  });
});

describe('a ticket field by which policies promise different things', () => {
  /** `value` of the field `f7` on each of 36 tickets, three of each of twelve organisations. */
  const desk = (value: (ticket: number, organisation: number) => string): TelemetryBatch => {
    const records = tickets(() => []);
    return {
      ...records,
      event: (records.ticket ?? []).map((ticket, i) =>
        anEvent({
          id: `${ticket.id}f7`,
          ticket_id: ticket.id,
          kind: 'field',
          field: 'f7',
          from_value: null,
          to_value: value(i, i % 12),
          initial: true,
          at: ticket.created_at,
        }),
      ),
      organisation: organisations((i) => ({ terms: [i < 4 ? 'tag:9f' : 'tag:77'] })),
      sla_policy: [aPolicy('p1', ['field:f7=jesion']), aPolicy('p2', ['field:f7=brzoza'])],
      sla_target: [aReplyTarget('p1', 1), aReplyTarget('p2', 8)],
    };
  };

  it('holds the tier where every customer has one value, and so do the tags that go with it', async () => {
    expect(await terms(desk((_, organisation) => (organisation < 4 ? 'jesion' : 'brzoza')))).toEqual({
      'field:f7=brzoza': 'brzoza 2 work',
      'field:f7=jesion': 'jesion 1 work',
      'tag:77': 'brzoza 2 work',
      'tag:9f': 'jesion 1 work',
    });
  });

  it('holds none where it changes from ticket to ticket, or is the same for all', async () => {
    expect(await terms(desk((ticket) => (ticket < 20 ? 'jesion' : 'brzoza')))).toEqual({});
    expect(await terms(desk(() => 'jesion'))).toEqual({});
  });
});

describe('the order of tiers', () => {
  const desk = (ranks: readonly [number | undefined, number | undefined], unread = 0): TelemetryBatch => ({
    organisation: organisations((i) => {
      const tier = i < 6 ? 'gold' : 'bronze';
      const rank = i < 6 ? ranks[0] : ranks[1];
      return { terms: [`org:plan=${tier}`], tier, ...(rank === undefined ? {} : { rank }) };
    }),
    sla_policy: [aPolicy('p1', ['org:plan=bronze']), aPolicy('p2', [], { unread_conditions: unread })],
    sla_target: [aReplyTarget('p1', 1), aReplyTarget('p2', 8)],
  });

  it('is that of the promises before that of common words: here bronze is served first', async () => {
    expect(await tierOf(desk([2, 4]))).toEqual(['bronze 1 6', 'gold 2 6']);
  });

  it('is that of people before all', async () => {
    expect(await tierOf(desk([1, 2]))).toEqual(['bronze 2 6', 'gold 1 6']);
    expect(await tierOf(desk([2, 4]), [said('gold', 'gold', 1), said('bronze', 'bronze', 2)])).toEqual([
      'bronze 2 6',
      'gold 1 6',
    ]);
  });

  it('is that of the words where a policy could not be read: it may be that of the other tier', async () => {
    expect(await tierOf(desk([undefined, undefined], 1))).toEqual(['bronze 4 6', 'gold 2 6']);
  });

  it('is unknown where nothing tells it', async () => {
    const records: TelemetryBatch = { organisation: organisations((i) => ({ terms: null, tier: i < 6 ? 'x' : 'y' })) };
    expect(await tierOf(records)).toEqual(['x null 6', 'y null 6']);
  });
});

describe('what people say of tiers', () => {
  it('gives a tag its tier, and takes a field away', async () => {
    const records: TelemetryBatch = {
      organisation: organisations((i) => ({ terms: i < 4 ? ['tag:q'] : [], tier: 'emea' })),
    };
    expect(await tierOf(records, [said('tag:q', 'gold'), said('emea', 'none')])).toEqual(['gold 2 4', 'null null 8']);
  });
});
