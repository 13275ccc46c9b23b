import { describe, expect, it } from 'vitest';
import type { Metric, MetricsReport } from '../../domain/snapshot.ts';
import { figuresView } from './figures.ts';

const metric = (id: string, value: number | null, unit: string, over: Partial<Metric> = {}): Metric => ({
  id,
  unit,
  value,
  n: 10,
  excluded: {},
  definition: `What ${id} is.`,
  ...over,
});

const REPORT: MetricsReport = {
  window: { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
  zone: { id: 'America/New_York', from: 'calendar', note: 'of the business calendar of the desk' },
  metrics: [
    metric('tickets_created', 1_234, 'tickets', { excluded: { deleted: 2 } }),
    metric('first_reply_time_p90_business_h', 3.456, 'h', { source: 'vendor' }),
    metric('sla_met_share_first_reply', 0.9696, 'share'),
    metric('csat_good_share', null, 'share', { excluded: { csat_plan: 0 } }),
  ],
  breakdowns: [{ by: 'team', value: 'L1', metrics: [metric('tickets_created', 5, 'tickets')] }],
};

const hours = [
  { weekday: 1, hour: 9, arrivals: 7, replies: 1 },
  { weekday: 7, hour: 23, arrivals: 2, replies: 4 },
];

describe('figuresView', () => {
  const view = figuresView(REPORT, hours, new Map([['sla_met_share', 'Screens weigh tickets.']]));
  const rows = view.groups.flatMap((group) => group.rows);

  it('calls figures by words, in groups', () => {
    expect(view.groups.map(({ id, rows: own }) => [id, own.length])).toEqual([
      ['volume', 1],
      ['speed', 1],
      ['promises', 1],
      ['satisfaction', 1],
    ]);
    const heads = new Map(view.figures.map((head) => [head.id, head]));
    expect(rows.map(({ id, text }) => [heads.get(id)?.title, text])).toEqual([
      ['Tickets created', '1,234'],
      ['First reply time, nine of ten within, by the business clock', '3.46 h'],
      ['SLA met share first reply', '96.96 %'],
      ['Satisfaction: good share', '–'],
    ]);
  });

  it('says what was left out, who worked it out, and where screens differ', () => {
    expect(rows[0]?.left_out).toEqual([{ reason: 'deleted', n: 2, words: '2 deleted' }]);
    expect(rows[1]?.source_words).toBe("the vendor's own durations");
    expect(view.figures.find(({ id }) => id === rows[2]?.id)?.differs).toBe('Screens weigh tickets.');
    // Nothing was counted out: the words are the reason alone.
    expect(rows[3]?.left_out).toEqual([{ reason: 'csat_plan', n: 0, words: 'csat plan' }]);
  });

  it('says what a figure is once, whatever it is counted over', () => {
    expect(view.figures.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(view.breakdowns).toEqual([
      {
        by: 'team',
        title: 'Team',
        values: [{ value: 'L1', part: null, rows: [{ id: 'tickets_created', value: 5, text: '5', n: 10 }] }],
      },
    ]);
    const other = figuresView({ ...REPORT, metrics: [] }, null, new Map());
    expect(other.figures).toEqual([
      {
        id: 'tickets_created',
        title: 'Tickets created',
        unit: 'tickets',
        definition: 'What tickets_created is.',
        differs: null,
        duration: null,
      },
    ]);
  });

  it('tells days of the zone of the desk, and the busiest hours of the week', () => {
    expect(view.window).toMatchObject({ first_day: '2025-12-31', last_day: '2026-01-31' });
    expect(view.week?.sentence).toBe(
      'Most tickets come in on Mondays from 9 to 10 (7); most replies are written on Sundays from 23 to 24 (4).',
    );
    expect(figuresView(REPORT, null, new Map()).week).toBeNull();
    expect(view.figures.find(({ id }) => id === 'first_reply_time_p90_business_h')?.duration).toEqual({
      name: 'First reply time',
      clock: 'business',
      statistic: 'p90',
    });
  });
});
