import type { Evidence } from '../../../src/kit/connector.ts';
import { ALL } from '../layout.ts';

/** What neither tool keeps of conversations: details of parts, the AI agent, linked records, companies; and attributes by their type. */
export const PARTS_LACK: Evidence = {
  tickets: ['organisation_id', 'product', 'category', 'severity', 'cause_code', 'problem_id'],
  events: ['priority', 'tag', 'field', 'sla', 'escalation'],
  messages: ['channel', 'through_api'],
  sla_clocks: ['target_s', 'applied_at'],
  bot_sessions: [ALL],
  links: ['kind:problem'],
  agents: ['role'],
};
