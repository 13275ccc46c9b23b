import { formatInstant, parseInstant } from './calendar.ts';
import { DEMO_NOW } from './found.ts';
import { PRIORITIES } from './practices.ts';
import { createRandom } from './random.ts';

export interface ScaleOptions {
  readonly tickets: number;
  /** Tickets a page; updates come in pages of about four times as many rows. */
  readonly pageSize?: number;
  readonly historyDays?: number;
  readonly seed?: string;
}

export interface ScalePage {
  /** Body of `/incremental/tickets/cursor`. */
  readonly tickets: {
    readonly tickets: Record<string, unknown>[];
    readonly after_cursor: string;
    readonly end_of_stream: boolean;
  };
  /** Body of `/incremental/ticket_events` for the same tickets. */
  readonly events: {
    readonly ticket_events: Record<string, unknown>[];
    readonly count: number;
    readonly end_time: number;
    readonly end_of_stream: boolean;
  };
}

const FIRST_TICKET = 1_000_000;
const AGENTS = 60;
const GROUPS = 6;

/**
 * Pages of a large account in the vendor's form, made one at a time without simulating queues: for measuring how fast they are read,
 * stored and measured, not for judging anyone. Each ticket has four updates: opened, answered, solved, closed. Memory is one page.
 */
export function* generatePages(options: ScaleOptions): Generator<ScalePage> {
  const size = options.pageSize ?? 1000;
  const random = createRandom(`scale/${options.seed ?? '1'}`);
  const end = parseInstant(DEMO_NOW);
  const start = end - (options.historyDays ?? 365) * 86_400;
  const step = (end - start - 10 * 86_400) / Math.max(1, options.tickets);
  for (let first = 0; first < options.tickets; first += size) {
    const tickets: Record<string, unknown>[] = [];
    const events: Record<string, unknown>[] = [];
    for (let index = first; index < Math.min(options.tickets, first + size); index++) {
      const id = FIRST_TICKET + index;
      const createdAt = Math.floor(start + index * step);
      const repliedAt = createdAt + 60 + Math.floor(random.next() * 14_400);
      const solvedAt = repliedAt + 600 + Math.floor(random.next() * 172_800);
      const closedAt = solvedAt + 4 * 86_400;
      const agent = 360_100_000_011 + (index % AGENTS) * 37;
      const group = 360_200_000_117 + (index % GROUPS) * 41;
      const requester = 360_500_001_009 + (index % 50_000) * 29;
      const priority = PRIORITIES[index % 4];
      tickets.push(makeTicket(id, createdAt, repliedAt, solvedAt, closedAt, agent, group, requester, priority, index));
      events.push(...makeUpdates(id, createdAt, repliedAt, solvedAt, closedAt, agent, group, requester, priority));
    }
    events.sort((a, b) => Number(a.timestamp) - Number(b.timestamp));
    const lastTicket = tickets.at(-1);
    const done = first + size >= options.tickets;
    yield {
      tickets: {
        tickets,
        after_cursor: Buffer.from(`${lastTicket?.generated_timestamp}.0||${lastTicket?.id}`).toString('base64'),
        end_of_stream: done,
      },
      events: {
        ticket_events: events,
        count: events.length,
        end_time: Number(events.at(-1)?.timestamp ?? end),
        end_of_stream: done,
      },
    };
  }
}

function makeTicket(
  id: number,
  createdAt: number,
  repliedAt: number,
  solvedAt: number,
  closedAt: number,
  agent: number,
  group: number,
  requester: number,
  priority: string | undefined,
  index: number,
): Record<string, unknown> {
  const minutes = (to: number): { calendar: number; business: number } => ({
    calendar: Math.floor((to - createdAt) / 60),
    business: Math.floor((to - createdAt) / 240),
  });
  return {
    id,
    via: { channel: index % 3 === 0 ? 'web' : 'email', source: { from: {}, to: {}, rel: null } },
    created_at: formatInstant(createdAt),
    updated_at: formatInstant(closedAt),
    generated_timestamp: closedAt,
    type: 'question',
    subject: `Question ${index}`,
    description: 'Hello, could you help us?',
    priority,
    status: 'closed',
    requester_id: requester,
    submitter_id: requester,
    assignee_id: agent,
    organization_id: 360_300_000_203 + (index % 900) * 53,
    group_id: group,
    problem_id: null,
    tags: [],
    custom_fields: [{ id: 360_600_000_031, value: `product_${index % 5}` }],
    satisfaction_rating: { score: 'unoffered' },
    custom_status_id: 4_044_436,
    ticket_form_id: 360_700_000_084,
    brand_id: 360_000_358_316,
    from_messaging_channel: false,
    metric_set: {
      id: 360_800_000_003 + id,
      ticket_id: id,
      group_stations: 1,
      assignee_stations: 1,
      reopens: 0,
      replies: 2,
      solved_at: formatInstant(solvedAt),
      reply_time_in_minutes: minutes(repliedAt),
      first_resolution_time_in_minutes: minutes(solvedAt),
      full_resolution_time_in_minutes: minutes(solvedAt),
    },
  };
}

function makeUpdates(
  id: number,
  createdAt: number,
  repliedAt: number,
  solvedAt: number,
  closedAt: number,
  agent: number,
  group: number,
  requester: number,
  priority: string | undefined,
): Record<string, unknown>[] {
  const base = 1_500_000_000_000 + id * 200;
  const update = (
    offset: number,
    at: number,
    updater: number,
    via: string,
    children: Record<string, unknown>[],
  ): Record<string, unknown> => ({
    id: base + offset,
    ticket_id: id,
    timestamp: at,
    created_at: formatInstant(at),
    updater_id: updater,
    via,
    via_reference_id: via === 'Rule' ? 360_011_820_001 : null,
    event_type: 'Audit',
    child_events: children.map((child, position) => ({
      id: base + offset + 1 + position,
      via_reference_id: null,
      ...child,
    })),
  });
  const comment = (author: number, at: number, text: string): Record<string, unknown> => ({
    via: { channel: 'email', source: { from: {}, to: {}, rel: null } },
    type: 'Comment',
    author_id: author,
    body: text,
    html_body: `<p>${text}</p>`,
    plain_body: text,
    public: true,
    attachments: [],
    audit_id: base,
    created_at: formatInstant(at),
    event_type: 'Comment',
  });
  return [
    update(0, createdAt, requester, 'Mail', [
      comment(requester, createdAt, 'Hello, could you help us?'),
      { via: 'Mail', subject: `Question ${id}`, event_type: 'Create' },
      { via: 'Mail', status: 'new', event_type: 'Create' },
      { via: 'Mail', priority, event_type: 'Create' },
      { via: 'Mail', group_id: group, event_type: 'Create' },
    ]),
    update(40, repliedAt, agent, 'Web form', [
      comment(agent, repliedAt, 'Hello, which version do you use?'),
      { via: 'Web form', assignee_id: agent, event_type: 'Change', previous_value: null },
      { via: 'Web form', status: 'open', event_type: 'Change', previous_value: 'new' },
    ]),
    update(80, solvedAt, agent, 'Web form', [
      comment(agent, solvedAt, 'Hello, it is corrected.'),
      { via: 'Web form', status: 'solved', event_type: 'Change', previous_value: 'open' },
    ]),
    update(120, closedAt, -1, 'Rule', [
      { via: 'Rule', status: 'closed', event_type: 'Change', previous_value: 'solved' },
    ]),
  ];
}
