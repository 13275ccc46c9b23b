import { ActivityModel } from '../../domain/activity-model.ts';
import { type ActivityReading, ActivityVerdict, type MarkerReading } from '../../domain/activity-verdict.ts';
import type { ModelItem } from '../../domain/model.ts';
import type { Headline, ItemVerdict, Judged } from '../../domain/verdict.ts';
import { headlineStatus } from '../headline-status.ts';
import { toItemAnswer } from '../item-answers.ts';
import type { JudgeInput, Method } from '../method.ts';
import { judgeActivities } from './judge-activities.ts';
import { lintActivityModel } from './lint-activity-model.ts';

/** Upper end of the scale of maturity. */
const BEST = 5;

const PLAIN = { proof: null, levels: null, set: null } as const;

type DecidedBy = ItemVerdict['decided_by'];

/** Named activities, whose importance people give, each followed by its markers. */
function itemsOfActivities(model: ActivityModel): ModelItem[] {
  return model.activities.flatMap(({ id, name, statement, markers }): ModelItem[] =>
    name === null
      ? []
      : [
          { id, name, statement, scale: 'importance5', signals: [], ask: model.importance.ask, ...PLAIN },
          ...markers.map(
            (marker): ModelItem => ({
              id: marker.id,
              name: marker.question,
              statement: marker.question,
              scale: 'yes_no',
              signals: marker.signal === undefined ? [] : [marker.signal.id],
              ask: marker.ask,
              ...PLAIN,
            }),
          ),
        ],
  );
}

function seenShare(markers: readonly MarkerReading[]): number {
  const seen = markers.filter(({ by }) => by === 'records' || by === 'both').length;
  return markers.length === 0 ? 0 : seen / markers.length;
}

function headlineOf(verdict: ActivityVerdict): Headline {
  const { maturity: value, grade } = verdict.overall;
  const coverage = seenShare(verdict.activities.flatMap(({ markers }) => markers));
  return {
    value,
    label: grade ?? 'not assessed',
    of: BEST,
    assured: null,
    status: headlineStatus(value, coverage, verdict.respondents),
    coverage,
  };
}

const SIDES: Readonly<Record<MarkerReading['by'], DecidedBy>> = {
  records: 'telemetry',
  people: 'answers',
  both: 'both',
  nobody: 'none',
};

function decidedBy(markers: readonly MarkerReading[]): DecidedBy {
  const sides = new Set(markers.map(({ by }) => SIDES[by]).filter((side) => side !== 'none'));
  return sides.size > 1 ? 'both' : ([...sides][0] ?? 'none');
}

function itemVerdicts({ id, name, maturity, grade, markers }: ActivityReading, model: ActivityModel): ItemVerdict[] {
  const questions = new Map(
    model.activities.flatMap((activity) => activity.markers.map((marker) => [marker.id, marker.question])),
  );
  return [
    {
      id,
      name,
      degree: maturity === null ? null : (maturity - 1) / (BEST - 1),
      label: grade,
      decided_by: decidedBy(markers),
      not_applicable: false,
    },
    ...markers.map(
      ({ marker, yes, by }): ItemVerdict => ({
        id: marker,
        name: questions.get(marker) ?? marker,
        degree: yes,
        label: yes === null ? null : `yes ${Math.round(yes * 100)} %`,
        decided_by: SIDES[by],
        not_applicable: false,
      }),
    ),
  ];
}

function judgeActivity(input: JudgeInput<ActivityModel>): Judged<ActivityVerdict> {
  const body = judgeActivities({ ...input, answers: input.answers.map(toItemAnswer) });
  return {
    headline: headlineOf(body),
    items: body.activities.flatMap((activity) => itemVerdicts(activity, input.model)),
    ledger: [],
    body,
  };
}

/** Models that score activities by yes/no markers and rank them by how far maturity lags behind importance. */
export const activityMethod: Method<ActivityModel, ActivityVerdict> = {
  schema: ActivityModel,
  body: ActivityVerdict,
  lint: lintActivityModel,
  items: itemsOfActivities,
  judge: judgeActivity,
};
