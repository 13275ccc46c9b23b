import { chatwoot } from '../../connectors/chatwoot/index.ts';
import { type FakeRoute, FakeStatus } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Life, Said, Ticket } from './life.ts';
import { iso, number, numberOrNull, type Rendering } from './rendering.ts';

const STATUSES = { new: 'open', open: 'open', pending: 'snoozed', solved: 'resolved', closed: 'resolved' } as const;
const PRIORITIES = { urgent: 'urgent', high: 'high', normal: 'medium', low: 'low' } as const;
/** A form of a web site comes in by the interface. */
const CHANNELS = { email: 'Channel::Email', web: 'Channel::Api', chat: 'Channel::WebWidget' } as const;
const INBOXES = { email: 31, web: 32, chat: 33 } as const;

function showConversation(ticket: Ticket): FakeRow {
  const { is, requester, channel, repliedAt } = ticket;
  return {
    id: number(ticket.id),
    inbox_id: INBOXES[channel],
    status: STATUSES[is.status],
    priority: PRIORITIES[is.priority],
    labels: [],
    custom_attributes: {},
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    last_activity_at: ticket.updatedAt,
    first_reply_created_at: repliedAt ?? 0,
    meta: {
      sender: { id: number(requester.id), name: requester.name, email: requester.email },
      channel: CHANNELS[channel],
      assignee: is.assignee === null ? null : { id: number(is.assignee) },
      team: is.group === null ? null : { id: number(is.group) },
    },
    ...showPromises(ticket),
  };
}

/** What was missed is noted; with the end of the conversation the promise has a word of its own. */
function showPromises({ clocks, is, createdAt }: Ticket): FakeRow {
  const clock = (metric: string) => clocks.find((one) => one.metric === metric);
  const missed = clocks.filter((one) => one.missed);
  const ended = is.status === 'solved' || is.status === 'closed';
  const word = missed.length > 0 ? ['active_with_misses', 'missed'] : ['active', 'hit'];
  return {
    applied_sla: {
      id: 1,
      sla_id: SLA_IDS[is.priority],
      sla_status: word[ended ? 1 : 0],
      created_at: createdAt,
      sla_first_response_time_threshold: clock('first_reply')?.targetS ?? null,
      sla_next_response_time_threshold: null,
      sla_resolution_time_threshold: clock('resolution')?.targetS ?? null,
      sla_only_during_business_hours: true,
    },
    sla_events: missed.map((one, place) => ({
      id: place,
      event_type: one.metric === 'first_reply' ? 'frt' : 'rt',
      created_at: one.dueAt,
    })),
  };
}

const SLA_IDS = { urgent: 81, high: 82, normal: 83, low: 84 } as const;
const SURVEY = { message_type: 3, content_type: 'input_csat', private: false, sender: null };

function showMessages({ createdAt, opening, steps, survey, id }: Ticket): FakeRow[] {
  const message = (said: Said, at: number): FakeRow => ({
    id: number(said.id),
    content: said.text,
    message_type: said.byCustomer ? 0 : 1,
    content_type: 'text',
    content_attributes: {},
    private: !said.public,
    created_at: at,
    sender: { id: number(said.by), type: said.byCustomer ? 'contact' : 'user' },
  });
  const answer = survey === null || survey.answeredAt === null ? null : { rating: survey.good ? 5 : 1 };
  const asked = survey === null ? [] : [{ ...SURVEY, id: surveyId(id), created_at: survey.offeredAt }];
  return [
    ...asked.map((one) => ({
      ...one,
      content_attributes: answer === null ? {} : { submitted_values: { csat_survey_response: answer } },
    })),
    message(opening, createdAt),
    ...steps.flatMap(({ said, at }) => (said === null ? [] : [message(said, at)])),
  ];
}

const surveyId = (ticketId: string): number => Number(ticketId) + 1_000_000;

/** Ends and openings are measured; a snooze is not. */
function showMeasures({ id, createdAt, repliedAt, steps }: Ticket): FakeRow[] {
  const measured = (place: number, name: string, at: number): FakeRow => ({
    id: Number(id) * 100 + place,
    name,
    value: at - createdAt,
    event_end_time: iso(at),
    conversation_id: number(id),
  });
  const turns = steps.flatMap(({ at, changes }) =>
    changes.flatMap(({ field, from, to }): [string, number][] => {
      if (field !== 'status') return [];
      if (to === 'solved') return [['conversation_resolved', at]];
      return from === 'solved' && to === 'open' ? [['conversation_opened', at]] : [];
    }),
  );
  const first: [string, number][] = repliedAt === null ? [] : [['first_response', repliedAt]];
  return [...first, ...turns].map(([name, at], place) => measured(place, name, at));
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const api = (path: string): RegExp => new RegExp(`^/api/v1/accounts/1${path}$`);
const idIn = (url: URL): string => url.pathname.split('/')[6] ?? '';

function configuration({ staff, teams, hours, policy }: Life): FakeRoute[] {
  const [admin] = staff;
  const person = (one: Life['staff'][number]): FakeRow => ({
    id: number(one.id),
    name: one.name,
    email: one.email,
    role: one.admin ? 'administrator' : 'agent',
    confirmed: true,
  });
  const working = DAYS.map((day, place) => ({
    day_of_week: place,
    closed_all_day: !hours.days.includes(day),
    open_all_day: false,
    open_hour: hours.from,
    open_minutes: 0,
    close_hour: hours.to,
    close_minutes: 0,
  }));
  return [
    fixedReply('profile', /^\/api\/v1\/profile$/, {
      id: number(admin?.id ?? ''),
      accounts: [{ id: 1, role: 'administrator' }],
    }),
    fixedReply('agents', api('/agents'), staff.map(person)),
    fixedReply(
      'teams',
      api('/teams'),
      teams.map((team) => ({ id: number(team.id), name: team.name })),
    ),
    {
      name: 'team_members',
      path: api('/teams/\\d+/team_members'),
      answer: (url) => staff.filter((one) => one.teams.includes(idIn(url))).map(person),
    },
    fixedReply('inboxes', api('/inboxes'), {
      payload: Object.entries(INBOXES).map(([channel, id]) => ({
        id,
        name: channel,
        channel_type: CHANNELS[channel as keyof typeof CHANNELS],
        timezone: hours.zone,
        working_hours_enabled: true,
        working_hours: working,
      })),
    }),
    fixedReply('sla_policies', api('/sla_policies'), {
      payload: Object.entries(SLA_IDS).map(([name, id]) => ({
        id,
        name,
        first_response_time_threshold: policy.firstReply[name as keyof typeof SLA_IDS],
        next_response_time_threshold: null,
        resolution_time_threshold: policy.resolution[name as keyof typeof SLA_IDS],
        only_during_business_hours: true,
      })),
    }),
    fixedReply('attributes', api('/custom_attribute_definitions'), []),
    ...['automation_rules', 'macros'].map((name) => fixedReply(name, api(`/${name}`), { payload: [] })),
    ...['canned_responses', 'agent_bots'].map((name) => fixedReply(name, api(`/${name}`), [])),
    fixedReply('integrations', api('/integrations/apps'), { payload: [] }),
    fixedReply('webhooks', api('/webhooks'), { payload: { webhooks: [] } }),
  ];
}

function routes(life: Life): FakeRoute[] {
  const tickets = new Map(life.tickets.map((ticket) => [ticket.id, ticket]));
  const rows = life.tickets.map(showConversation);
  const answers = life.tickets.flatMap(({ id, survey }) =>
    survey === null || survey.answeredAt === null
      ? []
      : [
          {
            id: numberOrNull(id),
            rating: survey.good ? 5 : 1,
            message_id: surveyId(id),
            conversation_id: number(id),
            created_at: survey.answeredAt,
          },
        ],
  );
  const page = (url: URL, all: readonly FakeRow[]): FakeRow[] => {
    const place = (Number(url.searchParams.get('page') ?? 1) - 1) * 25;
    return structuredClone(all.slice(place, place + 25));
  };
  const below = (name: string, path: string, show: (ticket: Ticket, url: URL) => unknown): FakeRoute => ({
    name,
    path: api(`/conversations/\\d+/${path}`),
    answer(url) {
      const ticket = tickets.get(idIn(url));
      return ticket === undefined ? new FakeStatus(404, { error: 'Resource could not be found' }) : show(ticket, url);
    },
  });
  return [
    ...configuration(life),
    {
      name: 'conversations',
      path: api('/conversations'),
      answer: (url) => ({ data: { meta: { all_count: rows.length }, payload: page(url, rows) } }),
    },
    below('messages', 'messages', (ticket, url) => {
      const [after, before] = ['after', 'before'].map((name) => url.searchParams.get(name));
      const behind = showMessages(ticket).filter(({ id }) => Number(id) > Number(after));
      const payload =
        before === null
          ? behind.slice(0, 100)
          : showMessages(ticket).filter(({ id }) => Number(id) >= Number(after) && Number(id) < Number(before));
      return { payload, meta: {} };
    }),
    below('measures', 'reporting_events', showMeasures),
    {
      name: 'answers',
      path: api('/csat_survey_responses'),
      answer(url) {
        const [since, until] = ['since', 'until'].map((name) => Number(url.searchParams.get(name)));
        return page(
          url,
          answers.filter(({ created_at: at }) => at >= (since ?? 0) && at < (until ?? 0)),
        );
      },
    },
  ];
}

export const asChatwoot: Rendering = {
  connector: chatwoot,
  settings: { url: 'https://chat.acme.com', account: '1' },
  secret: 'sesame-open-key',
  routes,
};
