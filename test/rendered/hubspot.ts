import { hubspot } from '../../connectors/hubspot/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import { type FakeRow, fixedReply } from '../harness/fake-vendor.ts';
import type { Field, Life, Said, Ticket, Values } from './life.ts';
import { iso, number, type Rendering } from './rendering.ts';

/** Stages of the one pipeline. */
const STAGES = {
  new: ['1', 'New', 'OPEN'],
  open: ['2', 'Waiting on us', 'OPEN'],
  pending: ['3', 'Waiting on contact', 'OPEN'],
  solved: ['4', 'Resolved', 'CLOSED'],
  closed: ['5', 'Closed', 'CLOSED'],
} as const;
const PRIORITIES = { urgent: 'URGENT', high: 'HIGH', normal: 'MEDIUM', low: 'LOW' } as const;
const SOURCES = { email: 'EMAIL', web: 'FORM', chat: 'CHAT' } as const;
const CHANNELS = { email: '1002', web: '1003', chat: '1000' } as const;
/** States of a promise, as the property shows them. */
const [RUNNING, OVERDUE, IN_TIME, LATE] = ['0', '1', '3', '4'];

/** A version of a value; a user stands behind it or a workflow. */
interface Version {
  readonly at: number;
  readonly value: string | null;
  readonly by: string | null;
}
export interface Shown {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly history: Readonly<Record<string, readonly Version[]>>;
}

const PROPERTIES = {
  status: 'hs_pipeline_stage',
  priority: 'hs_ticket_priority',
  group: 'hubspot_team_id',
  assignee: 'hubspot_owner_id',
} as const;

function shownAs(field: Field, value: string | null): string | null {
  if (field === 'status') return STAGES[value as keyof typeof STAGES][0];
  return field === 'priority' ? (PRIORITIES[value as keyof typeof PRIORITIES] ?? null) : value;
}

/** Newest first. The team is a value of its own here; at the vendor the owner's team is put there. */
function versionsOf(field: Field, { born, createdAt, steps, requester }: Ticket): Version[] {
  const first = { at: createdAt, value: shownAs(field, born[field as keyof Values]), by: requester.id };
  const later = steps.flatMap((step) =>
    step.changes
      .filter((change) => change.field === field)
      .map(({ to }) => ({ at: step.at, value: shownAs(field, to), by: step.by })),
  );
  return [...(first.value === null ? [] : [first]), ...later].reverse();
}

function showTicket(ticket: Ticket, { world }: Life): Shown {
  const { is, createdAt, updatedAt, clocks, solvedAt, repliedAt } = ticket;
  const promise = (name: string, metric: string): Record<string, string | null> => {
    const clock = clocks.find((one) => one.metric === metric);
    if (clock === undefined) return {};
    const state = clock.fulfilledAt === null ? [OVERDUE, RUNNING] : [LATE, IN_TIME];
    return { [`${name}_at`]: iso(clock.dueAt), [`${name}_status`]: (clock.missed ? state[0] : state[1]) ?? null };
  };
  /** Milliseconds of the account's own working hours, which it does not show otherwise. */
  const working = (until: number | null): string | null =>
    until === null ? null : String(Math.round(world.calendar.openBetween(createdAt, until) * 1000));
  const history = Object.fromEntries(
    Object.entries(PROPERTIES).map(([field, name]) => [name, versionsOf(field as Field, ticket)]),
  );
  return {
    id: ticket.id,
    createdAt,
    updatedAt,
    properties: {
      createdate: iso(createdAt),
      hs_lastmodifieddate: iso(updatedAt),
      hs_pipeline: '0',
      ...Object.fromEntries(
        Object.entries(PROPERTIES).map(([field, name]) => [name, shownAs(field as Field, is[field as Field])]),
      ),
      hs_is_closed: String(is.status === 'solved' || is.status === 'closed'),
      closed_date: solvedAt === null ? null : iso(solvedAt),
      first_agent_reply_date: repliedAt === null ? null : iso(repliedAt),
      source_type: SOURCES[ticket.channel],
      hs_object_source: 'CONVERSATIONS',
      hs_conversations_originating_thread_id: threadOf(ticket.id),
      hs_time_to_first_response_in_operating_hours: working(repliedAt),
      hs_time_to_close_in_operating_hours: working(solvedAt),
      hs_applied_sla_rule_config_id: '77',
      hs_applied_sla_rule_config_at: iso(createdAt),
      ...promise('hs_time_to_first_response_sla', 'first_reply'),
      ...promise('hs_time_to_close_sla', 'resolution'),
    },
    history,
  };
}

const threadOf = (ticketId: string): string => `70${ticketId}`;

/** Newest first. */
function showMessages({ createdAt, channel, opening, steps }: Ticket): FakeRow[] {
  const message = (said: Said, at: number): FakeRow => ({
    id: `m${said.id}`,
    type: said.public ? 'MESSAGE' : 'COMMENT',
    createdAt: iso(at),
    createdBy: said.byCustomer ? `V-${said.by}` : `A-${said.by}`,
    direction: said.public ? (said.byCustomer ? 'INCOMING' : 'OUTGOING') : null,
    channelId: said.public ? CHANNELS[channel] : null,
    client: { clientType: 'HUBSPOT' },
    text: said.text,
    status: { statusType: 'SENT' },
  });
  return [
    message(opening, createdAt),
    ...steps.flatMap(({ said, at }) => (said === null ? [] : [message(said, at)])),
  ].reverse();
}

interface Body {
  readonly filterGroups?: readonly {
    readonly filters: readonly { propertyName: string; operator: string; value: string }[];
  }[];
  readonly inputs?: readonly { readonly id: string }[];
  readonly properties?: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
  readonly limit?: number;
}

function show(
  row: Shown,
  { properties = [], propertiesWithHistory: past = [] }: Body,
  staff: ReadonlySet<string>,
): FakeRow {
  const told = (one: Version): FakeRow => ({
    value: one.value ?? '',
    timestamp: iso(one.at),
    sourceType: one.by === null ? 'AUTOMATION_PLATFORM' : staff.has(one.by) ? 'CRM_UI' : 'CONVERSATIONS',
    ...(one.by !== null && staff.has(one.by) ? { updatedByUserId: number(one.by) } : {}),
  });
  return {
    id: row.id,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    archived: false,
    properties: Object.fromEntries(properties.map((name) => [name, row.properties[name] ?? null])),
    ...(past.length === 0
      ? {}
      : { propertiesWithHistory: Object.fromEntries(past.map((name) => [name, (row.history[name] ?? []).map(told)])) }),
  };
}

export const route = (path: string): RegExp => new RegExp(`^${path}$`);

/** A search in the order of ids, and the reading of some rows by their ids. */
export function objects(name: string, rows: readonly Shown[], staff: ReadonlySet<string>): FakeRoute[] {
  const ordered = rows.toSorted((a, b) => Number(a.id) - Number(b.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const meets = (row: Shown, { filterGroups = [] }: Body): boolean =>
    (filterGroups[0]?.filters ?? []).every(({ propertyName, operator, value }) => {
      const own = propertyName === 'hs_object_id' ? Number(row.id) : row.updatedAt * 1000;
      return operator === 'GT' ? own > Number(value) : operator === 'GTE' ? own >= Number(value) : own <= Number(value);
    });
  return [
    {
      name,
      path: route(`/crm/v3/objects/${name}/search`),
      async answer(_url, request) {
        const body = (await request.json()) as Body;
        const found = ordered.filter((row) => meets(row, body));
        const size = body.limit ?? 100;
        const more = found.length > size ? { paging: { next: { after: String(size) } } } : {};
        return { total: found.length, results: found.slice(0, size).map((row) => show(row, body, staff)), ...more };
      },
    },
    {
      name: `${name} batch`,
      path: route(`/crm/v3/objects/${name}/batch/read`),
      async answer(_url, request) {
        const body = (await request.json()) as Body;
        const found = (body.inputs ?? []).flatMap(({ id }) => byId.get(id) ?? []);
        return { status: 'COMPLETE', results: found.map((row) => show(row, body, staff)) };
      },
    },
  ];
}

function links(from: string, to: string, of: ReadonlyMap<string, string>): FakeRoute {
  return {
    name: `${from} ${to}`,
    path: route(`/crm/v4/associations/${from}/${to}/batch/read`),
    async answer(_url, request) {
      const { inputs = [] } = (await request.json()) as Body;
      const results = inputs.flatMap(({ id }) => {
        const target = of.get(id);
        return target === undefined
          ? []
          : [{ from: { id }, to: [{ toObjectId: number(target), associationTypes: [{ typeId: 1, label: null }] }] }];
      });
      return { status: 'COMPLETE', results };
    },
  };
}

function list(name: string, path: string, rows: (url: URL) => readonly unknown[]): FakeRoute {
  return {
    name,
    path: route(path),
    answer(url) {
      const place = Number(url.searchParams.get('after') ?? 0);
      const next = place + Number(url.searchParams.get('limit') ?? 100);
      const all = rows(url);
      const more = next < all.length ? { paging: { next: { after: String(next) } } } : {};
      return { results: all.slice(place, next), ...more };
    },
  };
}

function configuration({ staff, teams }: Life): FakeRoute[] {
  const [admin] = staff;
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const options = [
    [RUNNING, 'Active SLA'],
    [OVERDUE, 'Overdue'],
    [IN_TIME, 'SLA completed on time'],
    [LATE, 'SLA completed late'],
  ].map(([value, label]) => ({ value, label }));
  const promise = (name: string): FakeRow => ({
    name,
    label: 'SLA status',
    type: 'enumeration',
    hubspotDefined: true,
    options,
  });
  const duration = (name: string): FakeRow => ({
    name,
    type: 'number',
    hubspotDefined: true,
    numberDisplayHint: 'duration',
  });
  return [
    fixedReply('me', route('/account-info/v3/details'), { portalId: 1, accountType: 'STANDARD', timeZone: 'UTC' }),
    list('owners', '/crm/v3/owners', (url) =>
      url.searchParams.get('archived') === 'true'
        ? []
        : staff.map((one) => ({
            id: one.id,
            firstName: one.name,
            lastName: '',
            type: 'PERSON',
            userId: number(one.id),
            userIdIncludingInactive: number(one.id),
            createdAt: iso(one.createdAt),
            archived: false,
            teams: one.teams.map((id) => ({ id, name: names.get(id), primary: true })),
          })),
    ),
    list('users', '/settings/v3/users', () => staff.map(({ id }) => ({ id, superAdmin: id === admin?.id }))),
    fixedReply('pipelines', route('/crm/v3/pipelines/tickets'), {
      results: [
        {
          id: '0',
          label: 'Support',
          stages: Object.values(STAGES).map(([id, label, ticketState]) => ({ id, label, metadata: { ticketState } })),
        },
      ],
    }),
    fixedReply('ticket_properties', route('/crm/v3/properties/tickets'), {
      results: [
        promise('hs_time_to_first_response_sla_status'),
        promise('hs_time_to_close_sla_status'),
        duration('hs_time_to_first_response_in_operating_hours'),
        duration('hs_time_to_close_in_operating_hours'),
      ],
    }),
    fixedReply('company_properties', route('/crm/v3/properties/companies'), { results: [] }),
    list('channels', '/conversations/v3/conversations/channels', () => [
      { id: CHANNELS.chat, name: 'Live chat' },
      { id: CHANNELS.email, name: 'Email' },
      { id: CHANNELS.web, name: 'Forms' },
    ]),
    list('forms', '/marketing/v3/forms', () => []),
    list('workflows', '/automation/v4/flows', () => []),
    fixedReply('articles', route('/cms/v3/site-search/search'), { total: 0, results: [] }),
  ];
}

function routes(life: Life): FakeRoute[] {
  const { tickets } = life;
  const staff = new Set(life.staff.map(({ id }) => id));
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const rated = tickets.flatMap((ticket) => {
    const at = ticket.survey?.answeredAt ?? null;
    return at === null ? [] : [{ id: `95${ticket.id}`, at, ticket, good: ticket.survey?.good === true }];
  });
  const plain = (id: string, at: number, properties: Shown['properties']): Shown => ({
    id,
    createdAt: at,
    updatedAt: at,
    properties: { hs_lastmodifieddate: iso(at), ...properties },
    history: {},
  });
  const founded = life.now - 400 * 86_400;
  const companies = life.organisations.map(({ id, domain }) =>
    plain(id, founded, { domain, createdate: iso(founded) }),
  );
  const surveys = rated.map(({ id, at, good }) =>
    plain(id, at, {
      hs_survey_type: 'CSAT',
      hs_value: good ? '5' : '1',
      hs_response_group: good ? 'PROMOTER' : 'DETRACTOR',
      hs_submission_timestamp: iso(at),
    }),
  );
  const threads = '/conversations/v3/conversations/threads';
  const none = new Map<string, string>();
  return [
    ...configuration(life),
    ...objects(
      'tickets',
      tickets.map((ticket) => showTicket(ticket, life)),
      staff,
    ),
    ...objects('companies', companies, staff),
    ...objects('feedback_submissions', surveys, staff),
    ...['tickets', 'companies', 'contacts', 'emails', 'notes'].map((name) =>
      list(`${name} list`, `/crm/v3/objects/${name}`, () => []),
    ),
    links('tickets', 'contacts', new Map(tickets.map(({ id, requester }) => [id, requester.id]))),
    links(
      'tickets',
      'companies',
      new Map(
        tickets.flatMap(({ id, requester }) => (requester.organisation === null ? [] : [[id, requester.organisation]])),
      ),
    ),
    links('tickets', 'emails', none),
    links('tickets', 'notes', none),
    links('feedback_submissions', 'tickets', new Map(rated.map(({ id, ticket }) => [id, ticket.id]))),
    list('threads', threads, (url) => {
      const id = url.searchParams.get('associatedTicketId');
      return id === null ? [] : [{ id: threadOf(id), spam: false, status: 'OPEN', archived: false }];
    }),
    list('messages', `${threads}/\\d+/messages`, (url) => {
      const ticket = byId.get((url.pathname.split('/')[5] ?? '').slice(2));
      return ticket === undefined ? [] : showMessages(ticket);
    }),
  ];
}

export const asHubSpot: Rendering = { connector: hubspot, settings: {}, secret: 'sesame-open-key', routes };
