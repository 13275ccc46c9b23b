/** A reply of the simulated account. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Path and query of the next page. */
  readonly next?: string;
}

const START_MS = Date.parse('2025-06-30T00:00:00Z');
const AGENTS = 60;
const GROUPS = 6;
const CUSTOMERS = 50_000;
const PAGE_ROWS = 100;
const ABSENT: Reply = { status: 404, body: '{"code":"not_found","message":"Not found"}' };

const at = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

interface Made {
  readonly id: number;
  readonly updatedMs: number;
  readonly row: string;
  readonly conversations: string;
}

function makeTicket(index: number, stepMs: number): Made {
  const id = 1_000_000 + index;
  const created = START_MS + Math.floor((index * stepMs) / 1000) * 1000;
  const replied = created + 60_000 * (1 + ((index * 37) % 240));
  const answered = replied + 3_600_000;
  const solved = answered + 60_000 * (10 + ((index * 53) % 600));
  const agent = 43_000_000_011 + (index % AGENTS) * 37;
  const requester = 43_050_001_009 + (index % CUSTOMERS) * 29;
  const row = {
    ...{ id, subject: `Question ${index}`, description_text: 'Hello, could you help us?', status: 5 },
    ...{ priority: 1 + (index % 4), source: 1 + (index % 2), type: index % 3 === 0 ? 'Incident' : 'Question' },
    ...{ requester_id: requester, responder_id: agent, group_id: 43_020_000_117 + (index % GROUPS) * 41 },
    ...{
      product_id: null,
      company_id: 43_030_000_203 + (index % 400) * 53,
      email_config_id: null,
      association_type: null,
    },
    ...{ cc_emails: [], fwd_emails: [], reply_cc_emails: [], to_emails: null, tags: [], spam: false },
    ...{ fr_escalated: false, is_escalated: false, nr_due_by: null, nr_escalated: false },
    custom_fields: { cf_product: `product_${index % 12}`, cf_note: null },
    ...{ due_by: at(created + 3 * 86_400_000), fr_due_by: at(created + 8 * 3_600_000) },
    ...{ created_at: at(created), updated_at: at(solved) },
    stats: {
      ...{ agent_responded_at: at(solved), requester_responded_at: at(answered), first_responded_at: at(replied) },
      ...{ status_updated_at: at(solved), reopened_at: null, resolved_at: at(solved), closed_at: at(solved) },
      pending_since: null,
    },
  };
  const say = (place: number, ms: number, user: number, incoming: boolean, source: number) => ({
    ...{ id: id * 10 + place, ticket_id: id, user_id: user, incoming, private: source === 2, source },
    ...{
      body: '<div>Please try again after you have signed in.</div>',
      body_text: 'Please try again after you have signed in.',
    },
    ...{ support_email: null, to_emails: [], from_email: null, cc_emails: [], bcc_emails: null, attachments: [] },
    ...{ created_at: at(ms), updated_at: at(ms), last_edited_at: null, last_edited_user_id: null, automation_id: null },
  });
  const conversations = [
    say(1, replied, agent, false, 0),
    say(2, answered, requester, true, 0),
    say(3, solved - 60_000, agent, false, 2),
    say(4, solved, agent, false, 0),
  ];
  return { id, updatedMs: solved, row: JSON.stringify(row), conversations: JSON.stringify(conversations) };
}

/**
 * Replies of a Freshdesk account with so many tickets of a year, four messages each beside the opening: ready texts, so that a reply costs a look-up. Lists
 * beside tickets, conversations and the agent of the key are absent.
 */
export function freshdeskReplies(tickets: number): (url: URL) => Reply {
  const stepMs = (365 - 10) * (86_400_000 / Math.max(1, tickets));
  const made = Array.from({ length: tickets }, (_, index) => makeTicket(index, stepMs));
  const byId = new Map(made.map((one) => [String(one.id), one.conversations]));
  const sorted = made.toSorted((a, b) => a.updatedMs - b.updatedMs || a.id - b.id);

  const page = (url: URL): Reply => {
    if (url.searchParams.has('filter')) return { status: 200, body: '[]' };
    const since = Date.parse(url.searchParams.get('updated_since') ?? at(0));
    const size = Number(url.searchParams.get('per_page') ?? 30);
    const number = Number(url.searchParams.get('page') ?? 1);
    const first = firstAt(sorted, since) + (number - 1) * size;
    const rows = sorted.slice(first, first + Math.min(size, PAGE_ROWS));
    const body = `[${rows.map((one) => one.row).join(',')}]`;
    if (first + size >= sorted.length) return { status: 200, body };
    url.searchParams.set('page', String(number + 1));
    return { status: 200, body, next: url.pathname + url.search };
  };

  return (url) => {
    const path = url.pathname.replace('/api/v2', '');
    if (path === '/agents/me') return { status: 200, body: '{"id":1,"type":"support_agent","ticket_scope":1}' };
    if (path === '/tickets') return page(url);
    const conversations = byId.get(/^\/tickets\/(\d+)\/conversations$/.exec(path)?.[1] ?? '');
    return conversations === undefined ? ABSENT : { status: 200, body: conversations };
  };
}

/** Place of the first ticket that was changed at the instant or behind it. */
function firstAt(sorted: readonly Made[], ms: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.updatedMs ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
