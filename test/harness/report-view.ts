import type { ReportView } from '../../src/report/html/report-view.ts';
import type { ChangeView } from '../../src/report/view/change.ts';
import type { DisagreementsView } from '../../src/report/view/disagreements.ts';
import type { FreshnessView } from '../../src/report/view/freshness.ts';
import type { MatrixView } from '../../src/report/view/matrix.ts';
import type { ModelsView } from '../../src/report/view/models.ts';
import type { MovesView } from '../../src/report/view/moves.ts';
import type { SignalView } from '../../src/report/view/signal.ts';
import { snapshotView } from '../../src/report/view/snapshot.ts';
import type { StatementView } from '../../src/report/view/statement.ts';
import type { TrendView } from '../../src/report/view/trend.ts';
import { placedReading } from './placed-snapshot.ts';
import { SIX_STAGE } from './scored-points.ts';

const step = (stage: number, name: string) => ({ stage, name, text: `stage ${stage} ${name}` });
const signal = { id: 'D3-first-reply-target-met', short: 'D3', title: 'First-reply targets are met' };
const statement = { id: 'S1.4', name: 'A known first-reply promise' };
const model = { id: 'six-stage', version: 1, title: 'Six stages', source: 'test', kind: 'staged' };

const point = (day: string, value: number | null) => ({
  digest: `digest-${day}`,
  as_of: `${day}T00:00:00.000Z`,
  last_day: day,
  value,
  label: `stage ${value}`,
  step: value === null ? null : step(value, 'Formal'),
  sure: 0.8,
  assured: 1,
  seen: 2,
  coverage: 0.9,
  status: 'measured' as const,
  version: 1,
});

/** Types what is made by hand, so that a view that changes its shape is noticed here. */
function made<T>(view: T): T {
  return view;
}

/** A report in which every part has something to say, made by hand. */
export function reportView(): ReportView {
  const placed = placedReading({ stage: 2, assured: 1, day: 10 });
  const law = { probabilities: [0.1, 0.8, 0.1, 0, 0, 0], atLeast: [1, 0.9, 0.1, 0, 0, 0] };
  const reading = { ...placed, placement: { ...placed.placement, ...law } };
  const context = { model: SIX_STAGE, signals: new Map(), beside: () => ['Beside it.'], ticketUrl: () => null };
  return {
    snapshot: {
      ...snapshotView(reading, context),
      matrix: made<MatrixView>({
        steps: [step(1, 'Reactive'), step(2, 'Formal')],
        rows: [
          {
            area: 'A',
            name: 'Expectations',
            step: step(2, 'Formal'),
            cells: [
              {
                area: 'A',
                stage: 1,
                gist: 'A first promise',
                face: 'in_place',
                people_only: false,
                text: '■ yes',
                sentence: 'In place.',
                degree: 1,
                statements: [],
                signals: [signal],
              },
              null,
            ],
          },
        ],
        legend: [{ sign: '■', meaning: 'in place' }],
      }),
      disagreements: made<DisagreementsView>({
        stages: {
          said: step(3, 'Managed'),
          seen: step(2, 'Formal'),
          together: step(2, 'Formal'),
          sentence: 'People say 3.',
        },
        rows: [
          {
            ...statement,
            area: 'A',
            set: 1,
            said: 3,
            counted: 2.2,
            seen: 1.2,
            gap: 1.8,
            median: 2,
            interval: [1, 2],
            flag: 'strong_over',
            flag_words: 'clearly over-rated',
            direction: 'over',
            probability: 0.99,
            sentence: 'Said 3, seen 1.2.',
            answers: [{ role: 'support_lead', value: 3 }],
          },
        ],
        more: 0,
        summary: 'One of two is over-rated.',
        notes: ['A note.'],
        unverifiable: [{ id: 'S4.2', name: 'Executives look and fund' }],
      }),
      moves: made<MovesView>({
        target: step(3, 'Managed'),
        probability_now: 0.1,
        probability_after: 0.6,
        sentence: 'The chance is 10 % now and 60 % after these moves.',
        moves: [
          {
            statement,
            from: 1,
            to: 3,
            title: 'Promise a first reply',
            how: 'Write it down and keep it.',
            effort: 'weeks',
            effort_words: 'weeks',
            gain_alone: 0.5,
            gain_in_order: 0.5,
            gain_words: '+50 points',
            verified_by: [signal],
            tickets: [
              {
                connection: 'desk',
                table: 'ticket',
                id: '4869',
                hit: false,
                url: 'https://acme.zendesk.com/agent/tickets/4869',
              },
            ],
          },
        ],
        more: 0,
        nothing_left: null,
        people_decide: false,
      }),
    },
    freshness: made<FreshnessView>({
      as_of: '2026-01-10T00:00:00.000Z',
      window: { from: '2025-10-12', last_day: '2026-01-09', days: 90 },
      age_days: 3,
      sentence: 'The data end on 2026-01-09, 3 days ago.',
      sources: [
        {
          connection: 'desk',
          vendor: 'zendesk',
          until: '2026-01-10T00:00:00.000Z',
          age_days: 3,
          sentence: 'Read up to 2026-01-09.',
          streams: [
            { stream: 'tickets', status: 'available', until: null, rows: 4349, set_aside: 2, reconciled_share: 1 },
          ],
        },
      ],
    }),
    trend: made<TrendView>({
      points: [point('2025-11-30', 1), point('2025-12-31', 2), point('2026-01-09', 2)],
      steps: [
        { from: 'a', to: 'b', joined: true, causes: [], sentence: 'It rose.' },
        { from: 'b', to: 'c', joined: false, causes: [], sentence: 'More is seen.' },
      ],
      sentence: 'From stage 1 to stage 2.',
    }),
    models: made<ModelsView>({
      rows: [
        {
          model: { ...model, id: 'activity-score', title: 'Activity score', kind: 'activity' },
          shown: false,
          headline: { value: 3, label: '3', of: 5, assured: null, status: 'measured', coverage: 0.5 },
          height: 0.5,
          sentence: 'Activity score: 3 of 5.',
        },
      ],
      pairs: [{ models: ['six-stage', 'activity-score'], sentence: 'about as high in both.' }],
    }),
    statements: [
      made<StatementView>({
        ...statement,
        set: 1,
        area: { id: 'A', name: 'Expectations' },
        statement: 'A first reply is promised.',
        level: '3',
        sentence: 'It is in place.',
        levels: [
          { level: 1, text: 'none', probability: 0.1, words: 'unlikely', here: false },
          { level: 2, text: 'some', probability: 0.2, words: 'unlikely', here: false },
          { level: 3, text: 'all', probability: 0.7, words: 'likely', here: true },
        ],
        law: [0.1, 0.2, 0.7],
        decided_by: 'telemetry',
        observability: 'seen',
        not_applicable: false,
        ledger: [
          {
            source: 'signal',
            signal,
            ref: signal.id,
            title: signal.title,
            sentence: 'Speaks clearly for it.',
            points: [10, 5],
            from: 0,
            to: 15,
            direction: 'for',
            class: 'D',
            class_words: 'direct',
            share: 1,
            age_days: 0,
            passes: [0.99, 0.9],
          },
          {
            source: 'answer',
            signal: null,
            ref: 'ana',
            title: 'ana',
            sentence: 'Says it is not there.',
            points: [-2, -1],
            from: 15,
            to: 12,
            direction: 'against',
            class: null,
            class_words: null,
            share: 1,
            age_days: 0,
            passes: [null, null],
          },
        ],
        total: [8, 4],
        conflict: { grade: 'substantial', decibans: 7, sentence: 'Records and people part.' },
        missing: [
          {
            ...signal,
            short: 'D9',
            status: 'insufficient',
            reason: 'too few',
            way_out: 'Wait.',
            detail: null,
            streams: [],
          },
        ],
        unread: [],
        answers: [],
        answers_sentence: 'Answers count for little.',
        gap: null,
        gain: null,
        action: { title: 'Promise a first reply', how: 'Write it down.', effort_words: 'weeks', verified_by: [signal] },
        proof: 'A page.',
        ask: ['support_lead'],
        neighbours: { before: null, after: null },
      }),
    ],
    signals: [
      made<SignalView>({
        signal,
        version: 1,
        description: 'Share of promises kept.',
        status: 'measured',
        sentence: '84 % of promises are kept.',
        detail: null,
        way_out: null,
        unit: 'share',
        estimate: 0.84,
        text: '84 %',
        interval: [0.8, 0.88],
        interval_text: '80 % to 88 %',
        n: 400,
        n_effective: 300,
        sample_unit: 'tickets',
        lines: {
          partly: 0.5,
          fully: 0.85,
          partly_text: 'partly from 50 %',
          fully_text: 'fully from 85 %',
          origin: 'ISO',
          origin_words: 'a standard',
          source: 'ISO/IEC 33020',
        },
        passes: { partly: 1, fully: 0.4 },
        window: { from: '2025-10-12', last_day: '2026-01-09' },
        notes: [],
        course: [],
        left_out: [],
        population: null,
        imported: null,
        clocks: [],
        extra: [],
        fooled_by: [],
        speaks_for: [],
        estimator: 'share',
        needs: ['sla'],
        sql: 'select 1',
        tickets: [],
        remedy: 'Keep promises.',
      }),
    ],
    change: made<ChangeView>({
      model,
      before: {
        digest: 'a',
        as_of: '2025-12-01T00:00:00.000Z',
        last_day: '2025-11-30',
        step: step(1, 'Reactive'),
        assured: null,
        sentence: '2025-11-30: stage 1.',
      },
      after: {
        digest: 'b',
        as_of: '2026-01-10T00:00:00.000Z',
        last_day: '2026-01-09',
        step: step(2, 'Formal'),
        assured: null,
        sentence: '2026-01-09: stage 2.',
      },
      sentence: 'You did better.',
      causes: [
        {
          cause: 'behaviour',
          words: 'what the desk does',
          moved: 12,
          change: 12,
          sentence: 'Most of it is what the desk does.',
        },
      ],
      statements: [
        {
          ...statement,
          level_before: '1',
          level_after: '3',
          turn: 'level 1 → level 3',
          change: 12,
          sentence: 'It is there now.',
          lines: [{ signal, ref: signal.id, cause: 'behaviour', change: 12, sentence: 'D3: 40 % to 84 %.' }],
        },
      ],
      note: null,
    }),
    note: 'A note on the document.',
    version: '1.0.0',
  };
}
