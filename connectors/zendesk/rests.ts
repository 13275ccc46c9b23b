import { namesOfPrograms, type Rest } from '../../src/kit/feed/rests.ts';
import { shows } from './directory.ts';
import type { Session } from './session.ts';

const AGENT = 'Give the token the role of an agent or administrator who may list them.';
const HISTORY = ['tickets', 'ticket-events', 'ticket-audits', 'audit-sample'];

const seesAgents = async ({ directory }: Session) => (await directory()).agents;

/** What rests on lists beside the exports, which a token may not be granted. */
export const RESTS: readonly Rest<Session>[] = [
  namesOfPrograms(seesAgents, HISTORY, `Agents are not shown. ${AGENT}`),
  {
    on: seesAgents,
    feeds: HISTORY,
    lacks: {
      tickets: ['requester_is_agent', 'created_by:customer'],
      events: ['actor:agent', 'actor:customer', 'actor:system', 'actor_id'],
      messages: ['promised_reply_s', 'promise_business_hours'],
    },
    words: `Agents are not shown, by whom sides are told. ${AGENT}`,
  },
  {
    on: shows('groups'),
    lacks: { agents: ['team', 'department', 'purpose', 'tier'] },
    words: `Groups are not shown. ${AGENT}`,
  },
  {
    on: shows('group_memberships'),
    lacks: { agents: ['department', 'membership'] },
    words: `Members of groups are not shown. ${AGENT}`,
  },
  {
    on: shows('custom_statuses'),
    feeds: ['tickets'],
    lacks: {},
    words: `Statuses are not shown: those of your own go by the category that they belong to. ${AGENT}`,
  },
  {
    on: shows('ticket_fields'),
    lacks: { tickets: ['filled_fields'], events: ['field'] },
    words: `Fields of tickets are not shown. ${AGENT}`,
  },
  {
    on: shows('organization_fields'),
    lacks: { organisations: ['terms'], sla_policies: ['tier'] },
    words: `Fields of organisations are not shown. ${AGENT}`,
  },
];
