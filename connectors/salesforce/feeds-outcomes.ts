import { blank } from '../../src/kit/blank.ts';
import { available } from '../../src/kit/capability.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { type Feed, hiddenBy } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { changedOf, mayRefuse, REFUSED, readOn, words } from './calls.ts';
import { MILESTONE, readClocks } from './map-milestones.ts';
import { toFieldAnswers, toSurveys } from './map-surveys.ts';
import { needs } from './needs.ts';
import { Case, CaseMilestone, Invitation, RelatedIssue } from './schema.ts';
import type { Context, Session } from './session.ts';
import type { Settings } from './settings.ts';
import { names } from './soql.ts';
import { milestoneMetric } from './words.ts';

const { changes } = feedsOf<Settings, Session>();

const milestones = changes({
  id: 'milestones',
  title: 'Milestones of cases',
  fills: {
    sla_clocks: fields(
      'sla_clocks',
      'metric policy_id target_s business_hours started_at',
      'breach_at fulfilled_at paused_s met',
    ),
  },
  words: words(readOn('cases')),
  ...changedOf('CaseMilestone', [...MILESTONE, 'SystemModstamp']),
  rows: CaseMilestone,
  async shows(context) {
    const { session, settings } = context;
    const types = await session.milestoneTypes();
    if (types === null) return { status: 'permission', detail: readOn('milestone types') };
    const mute = [...types.values()].filter((type) => milestoneMetric(type.Name, settings) === null);
    return available({
      detail:
        mute.length === 0
          ? null
          : `The names of ${mute.length} milestone(s) do not say what they promise; say it in the setting milestones.`,
    });
  },
  async map(rows, context) {
    const { clocks, rejected } = await readClocks(
      context,
      rows.map((row) => row.CaseId),
      'milestones',
    );
    return { sla_clock: clocks, rejected };
  },
});

const surveys = changes({
  id: 'surveys',
  title: 'Surveys offered on cases',
  fills: { csat: ['offered_at', 'answered_at', 'score', 'scale'] },
  words: words('Give the integration user Read and View All on surveys, survey invitations and survey responses.'),
  ...changedOf('SurveyInvitation', names('Id CreatedDate SystemModstamp')),
  rows: Invitation,
  map: (rows, context) => toSurveys(rows, context),
});

const fieldAnswers = changes({
  id: 'satisfaction',
  title: 'Answers of surveys in a field of the case',
  fills: { csat: ['answered_at', 'score', 'scale'] },
  adds: true,
  words: words(readOn('cases')),
  ...changedOf('Case', []),
  query: ({ settings: { satisfaction } }: Context) => {
    const { field = 'Id' } = satisfaction;
    return {
      select: [...new Set(['Id', 'CreatedDate', 'SystemModstamp', field])].join(', '),
      from: 'Case',
      where: `${field} != null`,
    };
  },
  rows: Case,
  map: (rows, context) => toFieldAnswers(rows, context),
});
const satisfaction = hiddenBy(fieldAnswers, ({ settings }) =>
  settings.satisfaction.field === undefined
    ? {
        status: 'absent',
        detail: 'No field of the case holds the answer of a survey; the setting satisfaction names one.',
      }
    : null,
);

const related = changes({
  id: 'related-issues',
  title: 'Incidents, problems and changes of cases',
  fills: { links: ['kind', 'kind:incident', 'kind:problem', 'target_key', 'linked_at'] },
  adds: true,
  words: words(readOn('incidents and problems')),
  ...changedOf('CaseRelatedIssue', names('Id CaseId RelatedIssueId RelatedEntityType CreatedDate SystemModstamp')),
  rows: RelatedIssue,
  map: (rows) => ({
    link: rows.map((row) => ({
      ...blank('link'),
      id: row.Id,
      ticket_id: row.CaseId,
      kind: /incident/i.test(row.RelatedEntityType ?? '')
        ? 'incident'
        : /problem/i.test(row.RelatedEntityType ?? '')
          ? 'problem'
          : 'related',
      target_key: row.RelatedIssueId,
      linked_at: row.CreatedDate,
    })),
  }),
});

const OF_SURVEYS = ['SurveySubject', 'SurveyResponse', 'SurveyQuestion', 'SurveyQuestionResponse'];

/** What became of cases: promises, satisfaction, and what they belong to. */
export const OUTCOMES: readonly Feed<Context>[] = [
  ...[milestones, satisfaction],
  ...[needs(surveys, ...OF_SURVEYS), related].map((feed) => mayRefuse(feed, REFUSED)),
];
