import { gorgias } from '../../connectors/gorgias/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import type { FakeRow } from '../harness/fake-vendor.ts';
import type { Life, Said, Step, Ticket } from './life.ts';
import { iso, isoOrNull, number, numberOrNull, type Rendering } from './rendering.ts';

const PRIORITIES = { urgent: 'urgent', high: 'high', normal: 'normal', low: 'low' } as const;
const CHANNELS = { email: 'email', web: 'contact_form', chat: 'chat' } as const;
const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A ticket that waits for its customer is snoozed, which closes it until it wakes; closing is the only end. */
function showTicket(ticket: Ticket, now: number): FakeRow {
  const { is, requester } = ticket;
  const open = is.status === 'new' || is.status === 'open';
  return {
    id: number(ticket.id),
    status: open ? 'open' : 'closed',
    snooze_datetime: is.status === 'pending' ? iso(now + 30 * 86_400) : null,
    priority: PRIORITIES[is.priority],
    channel: CHANNELS[ticket.channel],
    via: 'email',
    from_agent: false,
    spam: false,
    subject: ticket.subject,
    customer: { id: number(requester.id), email: requester.email, name: requester.name },
    assignee_user: is.assignee === null ? null : { id: number(is.assignee) },
    assignee_team: is.group === null ? null : { id: number(is.group) },
    tags: [],
    custom_fields: {},
    created_datetime: iso(ticket.createdAt),
    updated_datetime: iso(ticket.updatedAt),
    closed_datetime: isoOrNull(ticket.solvedAt),
    trashed_datetime: null,
  };
}

function showMessages({ id, createdAt, channel, opening, steps }: Ticket): FakeRow[] {
  const message = (said: Said, at: number): FakeRow => ({
    id: number(said.id),
    ticket_id: number(id),
    public: said.public,
    channel: said.public ? CHANNELS[channel] : 'internal-note',
    via: said.byCustomer ? 'email' : 'helpdesk',
    source: { type: said.public ? CHANNELS[channel] : 'internal-note' },
    sender: { id: number(said.by) },
    from_agent: !said.byCustomer,
    rule_id: null,
    macros: null,
    stripped_text: said.text,
    created_datetime: iso(at),
    sent_datetime: iso(at),
    failed_datetime: null,
  });
  return [message(opening, createdAt), ...steps.flatMap(({ said, at }) => (said === null ? [] : [message(said, at)]))];
}

/** What the vendor tells of a change; of priorities, and of the timer that closes what is solved, it tells nothing. */
function wordsOf({ field, from, to }: Step['changes'][number], context: string): readonly FakeRow[] {
  if (field === 'assignee')
    return to === null
      ? [{ type: 'ticket-unassigned' }]
      : [{ type: 'ticket-assigned', data: { assignee_user_id: numberOrNull(to) } }];
  if (field === 'group') return [{ type: 'ticket-team-assigned', data: { assignee_team_id: numberOrNull(to) } }];
  if (field === 'priority' || to === 'closed') return [];
  if (to === 'pending')
    return [
      { type: 'ticket-snoozed', context },
      { type: 'ticket-closed', context },
    ];
  if (to === 'solved') return [{ type: 'ticket-closed' }];
  return from === 'new' ? [] : [{ type: 'ticket-reopened' }];
}

/** What a rule does is told under its context. */
function byRule(context: string, done: readonly FakeRow[]): FakeRow[] {
  if (done.length === 0) return [];
  return [{ type: 'rule-executed', data: { id: 1, name: 'Rule' } }, ...done].map((one) => ({ ...one, context }));
}

function showEvents({ id, createdAt, born, steps }: Ticket, staff: ReadonlySet<string>): FakeRow[] {
  // A ticket comes without a team; a rule of the account gives it one at once.
  const routed = { type: 'ticket-team-assigned', data: { assignee_team_id: numberOrNull(born.group) } };
  const told = [
    ...[{ type: 'ticket-created' }, ...byRule(`routed-${id}`, [routed])].map((more) => ({
      at: createdAt,
      by: null,
      more,
    })),
    ...steps.flatMap((step) => {
      const words = step.changes.flatMap((change) => wordsOf(change, `snooze-${step.id}`));
      const shown = step.by === null ? byRule(`rule-${step.id}`, words) : words;
      return shown.map((more) => ({ at: step.at, by: step.by, more }));
    }),
  ];
  return told.map(({ at, by, more }, place) => ({
    id: Number(id) * 1000 + place,
    context: `context-${id}-${place}`,
    object_type: 'Ticket',
    object_id: number(id),
    user_id: by !== null && staff.has(by) ? number(by) : null,
    created_datetime: iso(at),
    data: null,
    ...more,
  }));
}

/** Rows in the order that is asked for; the cursor is a place. */
function page(rows: readonly FakeRow[], url: URL): unknown {
  const [field = 'id', direction] = (url.searchParams.get('order_by') ?? 'id:asc').split(':');
  const placeOf = (row: FakeRow) => (field === 'id' ? Number(row.id) : Date.parse(String(row[field])));
  const sorted = rows.toSorted((a, b) => placeOf(a) - placeOf(b) || Number(a.id) - Number(b.id));
  if (direction === 'desc') sorted.reverse();
  const place = Number(url.searchParams.get('cursor') ?? 0);
  const next = place + Number(url.searchParams.get('limit') ?? 30);
  return {
    data: structuredClone(sorted.slice(place, next)),
    meta: { next_cursor: next < sorted.length ? String(next) : null },
  };
}

const list = (name: string, path: string, rows: (url: URL) => readonly FakeRow[]): FakeRoute => ({
  name,
  path: new RegExp(`^/api/${path}$`),
  answer: (url) => page(rows(url), url),
});

function configuration({ staff, teams, hours }: Life): FakeRoute[] {
  const time = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const empty = ['custom-fields', 'rules', 'macros', 'views', 'integrations', 'tags'];
  return [
    list('users', 'users', () =>
      staff.map((one) => ({
        id: number(one.id),
        name: one.name,
        email: one.email,
        active: true,
        role: { name: one.admin ? 'admin' : 'agent' },
        created_datetime: iso(one.createdAt),
      })),
    ),
    list('teams', 'teams', () =>
      teams.map((team) => ({
        id: number(team.id),
        name: team.name,
        members: team.members.map((one) => ({ id: number(one) })),
      })),
    ),
    list('settings', 'account/settings', () => [
      {
        id: 1,
        type: 'business-hours',
        data: {
          timezone: hours.zone,
          business_hours: [
            {
              days: hours.days.map((day) => WEEK.indexOf(day) + 1).join(','),
              from_time: time(hours.from),
              to_time: time(hours.to),
            },
          ],
        },
      },
    ]),
    ...empty.map((name) => list(name, name, () => [])),
  ];
}

function routes(life: Life): FakeRoute[] {
  const staff = new Set(life.staff.map(({ id }) => id));
  const tickets = life.tickets.map((ticket) => showTicket(ticket, life.now));
  const byId = new Map(life.tickets.map((ticket) => [ticket.id, ticket]));
  const below = (url: URL, param: string, show: (ticket: Ticket) => FakeRow[]) => {
    const id = url.searchParams.get(param);
    return (id === null ? life.tickets : [byId.get(id)]).flatMap((ticket) =>
      ticket === undefined ? [] : show(ticket),
    );
  };
  return [
    ...configuration(life),
    list('surveys', 'satisfaction-surveys', () =>
      life.tickets.flatMap(({ id, survey }) =>
        survey === null
          ? []
          : [
              {
                id: number(id),
                ticket_id: number(id),
                created_datetime: iso(survey.offeredAt),
                sent_datetime: iso(survey.offeredAt),
                scored_datetime: isoOrNull(survey.answeredAt),
                score: survey.answeredAt === null ? null : survey.good ? 5 : 1,
              },
            ],
      ),
    ),
    list('tickets', 'tickets', () => tickets),
    list('messages', 'messages', (url) => below(url, 'ticket_id', showMessages)),
    list('events', 'events', (url) => below(url, 'object_id', (ticket) => showEvents(ticket, staff))),
  ];
}

export const asGorgias: Rendering = {
  connector: gorgias,
  settings: { url: 'acme', user: 'ann@acme.example' },
  secret: 'sesame-open-key',
  routes,
};
