import { servicenow } from '../../connectors/servicenow/index.ts';
import type { FakeRoute } from '../conformance/connector.ts';
import type { FakeRow } from '../harness/fake-vendor.ts';
import { serviceNowTable } from '../harness/servicenow.ts';
import type { Life, Step, Ticket } from './life.ts';
import type { Clock } from './life-clocks.ts';
import type { Rendering } from './rendering.ts';

/** On hold, for the caller. */
const ON_HOLD = '3';
const STATES = { new: '1', open: '2', pending: ON_HOLD, solved: '6', closed: '7' } as const;
const PRIORITIES = { urgent: '1', high: '2', normal: '3', low: '4' } as const;
const SYSTEM = 'system';

/** UTC, without a zone. */
const at = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
const atOrNone = (seconds: number | null): string => (seconds === null ? '' : at(seconds));
/** A duration is an instant after the beginning of the epoch. */
const lasting = (seconds: number): string => at(seconds);

type Names = ReadonlyMap<string, string>;

function showIncident(ticket: Ticket, names: Names): FakeRow {
  const { is, requester, steps } = ticket;
  const name = names.get(requester.id);
  const moves = steps.flatMap(({ changes }) => changes);
  return {
    sys_id: ticket.id,
    number: `INC${ticket.id}`,
    short_description: ticket.subject,
    sys_created_on: at(ticket.createdAt),
    opened_at: at(ticket.createdAt),
    sys_created_by: name,
    sys_updated_on: at(ticket.updatedAt),
    active: is.status === 'closed' ? 'false' : 'true',
    sys_mod_count: String(steps.length),
    state: STATES[is.status],
    hold_reason: is.status === 'pending' ? '1' : '',
    priority: PRIORITIES[is.priority],
    impact: '3',
    urgency: '3',
    contact_type: ticket.channel,
    assignment_group: is.group ?? '',
    assigned_to: is.assignee ?? '',
    caller_id: requester.id,
    'caller_id.user_name': name,
    opened_by: requester.id,
    'opened_by.user_name': name,
    company: requester.organisation ?? '',
    category: 'inquiry',
    close_code: is.status === 'solved' || is.status === 'closed' ? 'Solution provided' : '',
    resolved_at: atOrNone(ticket.solvedAt),
    closed_at: atOrNone(ticket.closedAt),
    reopen_count: String(
      moves.filter(({ field, from, to }) => field === 'status' && from === 'solved' && to === 'open').length,
    ),
    // Moves of the group alone; people are not counted.
    reassignment_count: String(moves.filter(({ field, from }) => field === 'group' && from !== null).length),
  };
}

/** The log has a row for each field that a change touches; the status is in two of them. */
function showAudits({ id, steps }: Ticket, names: Names): FakeRow[] {
  return steps.flatMap((step, place) =>
    step.changes.flatMap(cellsOf).map(([fieldname, oldvalue, newvalue], cell) => ({
      sys_id: `${step.id}${cell}`,
      tablename: 'incident',
      documentkey: id,
      fieldname,
      oldvalue,
      newvalue,
      user: step.by === null ? SYSTEM : names.get(step.by),
      sys_created_on: at(step.at),
      record_checkpoint: String(place + 1),
    })),
  );
}

function cellsOf({ field, from, to }: Step['changes'][number]): [string, string, string][] {
  if (field === 'group') return [['assignment_group', from ?? '', to ?? '']];
  if (field === 'assignee') return [['assigned_to', from ?? '', to ?? '']];
  const words: Readonly<Record<string, string>> = field === 'status' ? STATES : PRIORITIES;
  const [old, next] = [words[from ?? ''] ?? '', words[to ?? ''] ?? ''];
  if (field === 'priority') return [['priority', old, next]];
  const reason = [from, to].map((status) => (status === 'pending' ? '1' : '')) as [string, string];
  return [
    ['state', old, next],
    ...(reason[0] === reason[1] ? [] : [['hold_reason', ...reason] as [string, string, string]]),
  ];
}

function showJournals({ id, steps }: Ticket, names: Names): FakeRow[] {
  return steps.flatMap(({ said, at: when }) =>
    said === null
      ? []
      : [
          {
            sys_id: said.id,
            name: 'incident',
            element_id: id,
            element: said.public ? 'comments' : 'work_notes',
            value: said.text,
            sys_created_on: at(when),
            sys_created_by: names.get(said.by),
          },
        ],
  );
}

const definitionId = (metric: Clock['metric'], priority: string): string => `${metric}-${priority}`;

function showRuns({ id, clocks, is }: Ticket): FakeRow[] {
  return clocks.map((clock, place) => ({
    sys_id: `${id}-${place}`,
    sys_created_on: at(clock.startedAt),
    sys_updated_on: at(clock.fulfilledAt ?? clock.startedAt),
    task: id,
    'task.sys_class_name': 'incident',
    sla: definitionId(clock.metric, is.priority),
    schedule: HOURS,
    stage: clock.fulfilledAt === null ? 'in_progress' : 'completed',
    has_breached: String(clock.missed),
    start_time: at(clock.startedAt),
    end_time: atOrNone(clock.fulfilledAt),
    planned_end_time: at(clock.dueAt),
    pause_duration: '',
  }));
}

const HOURS = '601';
const SCALE = '801';

function showSurveys({ id, survey }: Ticket): FakeRow[] {
  if (survey === null) return [];
  const { offeredAt, answeredAt } = survey;
  return [
    {
      sys_id: `s${id}`,
      task_id: id,
      'task_id.sys_class_name': 'incident',
      state: answeredAt === null ? 'ready' : 'complete',
      taken_on: atOrNone(answeredAt),
      sys_created_on: at(offeredAt),
      sys_updated_on: at(answeredAt ?? offeredAt),
    },
  ];
}

function definitions({ policy, now }: Life): FakeRow[] {
  const metrics = [
    ['first_reply', 'response', policy.firstReply],
    ['resolution', 'resolution', policy.resolution],
  ] as const;
  return metrics.flatMap(([metric, target, seconds]) =>
    Object.entries(PRIORITIES).map(([name, priority]) => ({
      sys_id: definitionId(metric, name),
      name: `${policy.name} ${target}`,
      active: 'true',
      collection: 'incident',
      type: 'SLA',
      target,
      duration: lasting(seconds[name as keyof typeof PRIORITIES]),
      duration_type: '',
      schedule: HOURS,
      start_condition: `priority=${priority}^EQ`,
      flow: '',
      sys_updated_on: at(now - 96 * 86_400),
    })),
  );
}

function configuration(life: Life, names: Names): FakeRoute[] {
  const { staff, customers, teams, organisations, hours, now } = life;
  const user = ({ id, name, createdAt }: Life['staff'][number]): FakeRow => ({
    sys_id: id,
    name,
    user_name: names.get(id),
    active: 'true',
    sys_created_on: at(createdAt),
    web_service_access_only: 'false',
  });
  const span = { schedule: HOURS, type: '', all_day: 'false', show_as: 'busy', repeat_type: 'weekdays' };
  const clock = (hour: number): string => `20260105T${String(hour).padStart(2, '0')}0000`;
  const tables: Readonly<Record<string, readonly FakeRow[]>> = {
    contract_sla: definitions(life),
    cmn_schedule: [{ sys_id: HOURS, name: 'Office', time_zone: hours.zone }],
    cmn_other_schedule: [],
    cmn_schedule_span: [{ sys_id: '1', ...span, start_date_time: clock(hours.from), end_date_time: clock(hours.to) }],
    sys_properties: [{ sys_id: '1', name: 'glide.sys.default.tz', value: hours.zone }],
    sys_choice: [],
    sys_user: [...staff, ...customers].map(user),
    sys_user_group: teams.map(({ id, name }) => ({ sys_id: id, name, active: 'true' })),
    sys_user_grmember: teams.flatMap(({ id, members }) =>
      members.map((one) => ({ sys_id: `${id}-${one}`, user: one, group: id })),
    ),
    sys_user_has_role: staff.map(({ id, admin }) => ({
      sys_id: `r${id}`,
      user: id,
      'role.name': admin ? 'admin' : 'itil',
    })),
    core_company: organisations.map(({ id, name, domain }) => ({
      sys_id: id,
      name,
      website: domain,
      sys_created_on: at(now - 400 * 86_400),
      sys_updated_on: at(now - 400 * 86_400),
    })),
    asmt_metric: [{ sys_id: SCALE, datatype: 'scale', min: '1', max: '5', scale: 'high' }],
  };
  const empty = [
    'sysrule_assignment',
    'sys_script',
    'sysevent_email_action',
    'sys_hub_flow',
    'sys_dictionary',
    'sys_audit_delete',
  ];
  return [...Object.entries(tables), ...empty.map((name) => [name, []] as const)].map(([name, rows]) =>
    serviceNowTable(name, () => rows, 10_000),
  );
}

function routes(life: Life): FakeRoute[] {
  const names = new Map([...life.staff, ...life.customers].map(({ id, email }) => [id, email]));
  const { tickets } = life;
  const history = (name: string, rows: readonly FakeRow[]) => serviceNowTable(name, () => rows, 10_000);
  return [
    ...configuration(life, names),
    history(
      'incident',
      tickets.map((ticket) => showIncident(ticket, names)),
    ),
    history(
      'sys_audit',
      tickets.flatMap((ticket) => showAudits(ticket, names)),
    ),
    history(
      'sys_journal_field',
      tickets.flatMap((ticket) => showJournals(ticket, names)),
    ),
    history('task_sla', tickets.flatMap(showRuns)),
    history('asmt_assessment_instance', tickets.flatMap(showSurveys)),
    history(
      'asmt_assessment_instance_question',
      tickets.flatMap(({ id, survey }) =>
        survey === null || survey.answeredAt === null
          ? []
          : [{ sys_id: `q${id}`, instance: `s${id}`, metric: SCALE, value: survey.good ? '5' : '1' }],
      ),
    ),
  ];
}

export const asServiceNow: Rendering = {
  connector: servicenow,
  settings: { url: 'acme', user: 'reader', tables: ['incident'] },
  secret: 'sesame-open-key',
  routes,
};
