import type { Rest } from '../../src/kit/feed/rests.ts';
import type { Session } from './session.ts';
import { READ } from './table-feeds.ts';

const OF_TICKETS = [
  ...['incidents', 'incident-history', 'incident-messages'],
  ...['cases', 'case-history', 'case-messages'],
];

/** What rests on tables beside those of the feeds, which a user may not be granted. */
export const RESTS: readonly Rest<Session>[] = [
  {
    on: async (session) => (await session.staff()).seesMembers,
    feeds: ['agents', 'roles', ...OF_TICKETS],
    lacks: { agents: ['department', 'membership'] },
    words: `Members of groups are not shown: of the people of the desk only those who hold a role of it are known. ${READ('sys_user_grmember', 'itil')}`,
  },
  {
    on: (session) => session.groups(),
    lacks: { agents: ['department'] },
    words: `Groups are not shown. ${READ('sys_user_group', 'itil')}`,
  },
  {
    on: (session) => session.labels(),
    feeds: OF_TICKETS,
    lacks: { tickets: ['vendor_status'] },
    words: `Labels of states are not shown, by which states of your own are told. ${READ('sys_choice', 'itil')}`,
  },
  {
    on: (session) => session.articles(),
    lacks: { messages: ['article_ids'] },
    words: `Articles are not shown, so that links to them cannot be told. ${READ('kb_knowledge', 'knowledge')}`,
  },
  {
    on: (session) => session.baseReaders(),
    lacks: { articles: ['public'] },
    words: `Who may read the knowledge bases is not shown. ${READ('kb_uc_can_read_mtom, kb_uc_cannot_read_mtom, kb_uc_can_contribute_mtom, kb_uc_cannot_contribute_mtom and sys_properties', 'knowledge_admin')}`,
  },
  {
    on: (session) => session.questions(),
    lacks: { csat: ['score', 'scale'] },
    words: `Questions of surveys are not shown, without which an answer is no score. ${READ('asmt_metric', 'survey_reader')}`,
  },
  {
    on: (session) => session.childSchedules(),
    lacks: { calendars: ['holidays'] },
    words: `Schedules of days off are not shown. ${READ('cmn_other_schedule', 'itil')}`,
  },
  {
    on: (session) => session.timeZone(),
    lacks: { calendars: ['time_zone'] },
    words: `The zone of the instance is not shown; say it in the setting timeZone. ${READ('sys_properties', 'itil')}`,
  },
];
