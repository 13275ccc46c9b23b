import type { z } from 'zod';
import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { joinMapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { sinceOf } from '../../src/kit/usual-settings.ts';
import { changedOf, readOn, words } from './calls.ts';
import { loadDesk } from './desk.ts';
import { CASE, mapCase, ownFields } from './map-case.ts';
import { readClocks } from './map-milestones.ts';
import { Case, CaseHistory, CaseState } from './schema.ts';
import type { Context, Session } from './session.ts';
import type { Settings } from './settings.ts';
import { names, readBelow } from './soql.ts';

const { changes } = feedsOf<Settings, Session>();

const HISTORY = names('Id CaseId Field OldValue NewValue CreatedDate CreatedById CreatedBy.UserType');
const STATE = names('Id CaseId Status OwnerId LastModifiedDate LastModifiedById');

/** Records of the cases below an object that keeps their past; null where it is not shown. */
async function pastOf<R>(
  context: Context,
  from: string,
  wanted: readonly string[],
  rows: z.ZodType<R>,
  ids: readonly string[],
) {
  const { session } = context;
  if ((await session.shown(from)) !== 'yes') return null;
  return readBelow(context, 'tickets', ids, { select: await session.select(from, wanted), from, of: 'CaseId', rows });
}

export const tickets = changes({
  id: 'tickets',
  title: 'Cases with their history',
  fills: {
    tickets: fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority',
      'type channel vendor_channel form group_id assignee_id requester_key',
      'requester_is_agent organisation_id product category severity cause_code',
      'created_by created_by:customer created_by:agent created_by:machine',
      'created_on_behalf calendar_id problem_id merged_into deleted reported_closed_at',
    ),
    events: fields('events', 'status priority group assignee field escalation', 'from_value to_value actor actor_id'),
    links: ['kind', 'kind:issue', 'kind:problem', 'system', 'target_key'],
  },
  words: words(readOn('cases')),
  ...changedOf('Case', []),
  query: async ({ session }: Context) => ({
    select: await session.select('Case', [...CASE, ...ownFields(await session.caseFields())]),
    from: 'Case',
  }),
  rows: Case,
  // What lies in the recycle bin, merged cases among it, is given to those who ask for it only.
  passes: [{}, { all: 'true', and: 'IsDeleted = true' }],
  shows: showCases,
  async map(rows, context) {
    const desk = await loadDesk(context);
    const ids = rows.map((row) => row.Id);
    const histories = await pastOf(context, 'CaseHistory', HISTORY, CaseHistory, ids);
    const whole = histories !== null && desk.tracked?.has('Status') === true && desk.tracked.has('Owner');
    const states = whole ? null : await pastOf(context, 'CaseHistory2', STATE, CaseState, ids);
    const hasClocks = (await context.session.shown('CaseMilestone')) === 'yes';
    // A case that is stopped or goes on moves the targets of its milestones.
    const { clocks, rejected } = hasClocks ? await readClocks(context, ids, 'tickets') : { clocks: [], rejected: [] };
    const [past, state] = [histories, states].map((one) =>
      groupBy<{ CaseId: string }, string>(one?.kept ?? [], (row) => row.CaseId),
    );
    const mapped = rows.map((row) =>
      mapCase(
        row,
        histories === null ? null : ((past?.get(row.Id) ?? []) as CaseHistory[]),
        states === null ? null : ((state?.get(row.Id) ?? []) as CaseState[]),
        desk,
      ),
    );
    const aside = [...rejected, ...(histories?.rejected ?? []), ...(states?.rejected ?? [])];
    return joinMapped([...mapped, { sla_clock: clocks, rejected: aside }]);
  },
});

const TRACK = 'switch on their history (Setup > Object Manager > Case > Fields > Set History Tracking).';

async function showCases(context: Context): Promise<Capability> {
  const { session, settings } = context;
  const { codes, issues } = await session.caseFields();
  const [kept, tracked] = [await session.shown('CaseHistory'), await session.tracked('Case')];
  const isKept = (field: string) => kept === 'yes' && tracked?.has(field) !== false;
  const needsStates = !isKept('Status') || !isKept('Owner') || tracked === null;
  const states = needsStates && (await session.shown('CaseHistory2')) === 'yes';
  const events = [
    ...(isKept('Status') || states ? [] : ['status']),
    ...(isKept('Owner') || states ? [] : ['group', 'assignee']),
    ...(isKept('Priority') ? [] : ['priority']),
    ...([...codes.values()].some(isKept) ? [] : ['field']),
    ...(isKept('IsEscalated') || isKept('Status') ? [] : ['escalation']),
    ...(kept === 'yes' || states ? [] : ['from_value', 'to_value', 'actor', 'actor_id']),
  ];
  const untracked = ['Status', 'Owner', 'Priority'].filter((field) => tracked?.has(field) === false);
  const details = [
    ...((await session.seesAll()) === false
      ? ['Only cases that are shared with the integration user are visible. Give it View All on cases.']
      : []),
    ...(untracked.length === 0 ? [] : [`Changes of ${untracked.join(', ')} are not kept: ${TRACK}`]),
  ];
  return available({
    since: sinceOf(settings),
    lacks: {
      events,
      tickets: lackedCodes(codes, ['category', 'product']),
      links: issues.size === 0 ? ['kind:issue', 'system'] : [],
    },
    detail: details.length === 0 ? null : details.join(' '),
  });
}
