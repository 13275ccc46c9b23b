import { DAY_S } from './calendar.ts';
import { saySomething, writeSubject } from './conversations.ts';
import { chooseCustomer, chooseTopic, makeTicket } from './intake.ts';
import { type Run, startEdit, VIA_API } from './ticket-log.ts';
import { listTags } from './vocabulary.ts';

/**
 * Old tickets of another tool, put in within hours through the vendor's import: each keeps its own date of creation and of solving, and
 * comes closed in one update at the time of the import. The vendor runs no rules and no clocks on them.
 */
export function planMigration(run: Run): void {
  const { world, agenda } = run;
  const { migration } = world.practices;
  if (migration === undefined || migration === null) return;
  const random = run.random.fork('migration');
  const startsAt = world.now - migration.daysAgo * DAY_S;
  for (let index = 0; index < migration.tickets; index++) {
    // About one in two seconds, as an import in one go does.
    agenda.plan(startsAt + index * 2, () => importOne({ ...run, random }, migration.oldestDays));
  }
}

function importOne(run: Run, oldestDays: number): void {
  const { world, random, agenda } = run;
  const requester = chooseCustomer(world, random);
  const topic = chooseTopic(world, random);
  const createdAt = agenda.now() - random.int(2, oldestDays) * DAY_S - random.int(0, DAY_S);
  const present = world.agents.filter((agent) => !agent.light);
  const agent = random.pick(present);
  const ticket = makeTicket(run, {
    requester,
    submitter: world.admin,
    channel: 'api',
    topic,
    severity: 'normal',
    words: 'open',
    createdAt,
    subject: writeSubject(run, topic, requester),
    tags: listTags(world.words.tags.imported),
    plan: { imported: true },
  });
  ticket.status = 'closed';
  ticket.group = agent.groups[0] ?? null;
  ticket.assignee = agent;
  ticket.plan.answered = true;
  const edit = startEdit(run, ticket)
    .comment(requester, true, saySomething(run, 'open', topic, requester))
    .comment(agent.user, true, saySomething(run, 'solution', topic, agent.user))
    .create('subject', ticket.subject)
    .create('status', 'closed')
    .create('requester_id', requester.id)
    .create('brand_id', String(world.brandId))
    .create('assignee_id', agent.user.id);
  if (ticket.group !== null) edit.create('group_id', String(ticket.group.id));
  if (requester.organisation !== null) edit.create('organization_id', String(requester.organisation.id));
  if (ticket.tags.length > 0) edit.create('tags', [...ticket.tags]);
  edit.commit(world.admin, VIA_API);
  world.tickets.push(ticket);
}
