import { acknowledgementText } from './acknowledgement.ts';
import { saySomething, writeSubject } from './conversations.ts';
import { type Channel, PRIORITIES, type Priority, type TopicPractice } from './practices.ts';
import { findPolicy } from './promised.ts';
import { type Random, takeAt } from './random.ts';
import { fireWatches } from './steering.ts';
import { findRule, happens, type Run, startEdit } from './ticket-log.ts';
import { isTop, showsTier, tierTags } from './tiers.ts';
import type { Utterance } from './vocabulary.ts';
import type { SimAgent, SimTicket, SimUser, SimVia, World } from './world.ts';

interface Opening {
  readonly requester: SimUser;
  readonly submitter: SimUser;
  readonly channel: SimTicket['channel'];
  readonly topic: TopicPractice;
  readonly severity: Priority;
  readonly words: Utterance;
  readonly plan?: Partial<
    Pick<
      SimTicket['plan'],
      'spam' | 'duplicateOf' | 'bot' | 'monitoring' | 'outbound' | 'sample' | 'outage' | 'imported'
    >
  >;
  readonly followUpOf?: SimTicket;
  readonly type?: NonNullable<SimTicket['type']>;
  readonly tags?: readonly string[];
  readonly opener?: SimAgent;
}

/** A ticket as it is before anything was done to it; nothing is logged. */
export function makeTicket(
  run: Run,
  opening: Opening & { readonly createdAt: number; readonly subject: string },
): SimTicket {
  const { world, random } = run;
  return {
    id: run.nextTicketId(),
    createdAt: opening.createdAt,
    updatedAt: opening.createdAt,
    subject: opening.subject,
    status: 'new',
    escalatedStatus: false,
    priority: null,
    type: null,
    group: null,
    assignee: null,
    requester: opening.requester,
    submitter: opening.submitter,
    channel: opening.channel,
    formId: world.practices.intake.form ? chooseForm(run, opening) : null,
    tags: [...(opening.tags ?? []), ...tierTags(world, opening.requester.organisation)],
    fields: new Map(),
    audits: [],
    rating: null,
    followUpOf: opening.followUpOf?.id ?? null,
    problem: null,
    incidents: [],
    mergedInto: null,
    deletedAt: null,
    deletedBy: null,
    policy: null,
    plan: {
      topic: opening.topic,
      severity: opening.severity,
      questionsLeft: drawQuestions(run, opening.topic),
      specialistNeeded: random.chance(opening.topic.specialist),
      bug: random.chance(opening.topic.bug),
      spam: false,
      duplicateOf: null,
      bot: false,
      monitoring: false,
      outbound: false,
      sample: false,
      imported: false,
      outage: null,
      engineering: 'none',
      escalation: 'none',
      seen: false,
      apart: null,
      passes: 0,
      returned: false,
      solutionGiven: false,
      swarmed: false,
      answered: false,
      reopens: 0,
      version: 0,
      queued: false,
      ...opening.plan,
    },
  };
}

/** Puts a ticket into the desk: creation values, then what the triggers make of them, in one audit as the vendor writes it. */
export function openTicket(run: Run, opening: Opening): SimTicket {
  const { world } = run;
  const { practices } = world;
  const now = run.agenda.now();
  const organisation = opening.requester.organisation;
  const subject =
    opening.plan?.sample === true
      ? 'SAMPLE TICKET: Meet the ticket'
      : writeSubject(run, opening.topic, opening.requester);
  const ticket = makeTicket(run, { ...opening, createdAt: now, subject });
  const edit = startEdit(run, ticket);
  edit.comment(opening.submitter, true, saySomething(run, opening.words, opening.topic, opening.submitter));
  edit.create('subject', ticket.subject).create('status', 'new').create('requester_id', opening.requester.id);
  edit.create('brand_id', String(world.brandId));
  if (organisation !== null) edit.create('organization_id', String(organisation.id));
  if (ticket.formId !== null) edit.create('ticket_form_id', String(ticket.formId));
  if (ticket.tags.length > 0) edit.create('tags', [...ticket.tags]);
  if (opening.type !== undefined) {
    ticket.type = opening.type;
    edit.create('type', opening.type);
  }
  if (opening.type === undefined && practices.intake.typePreset !== undefined) {
    ticket.type = practices.intake.typePreset;
    edit.create('type', practices.intake.typePreset);
  }
  fillFields(run, ticket, edit);
  setPriority(run, ticket, edit);
  route(run, ticket, edit);
  ticket.policy = findPolicy(world, ticket);
  const acknowledge = findRule(world, 'acknowledge');
  if (
    acknowledge !== null &&
    opening.submitter.role === 'end-user' &&
    !opening.submitter.machine &&
    opening.plan?.sample !== true
  )
    edit.notify(acknowledge, opening.requester, acknowledgementText(practices, world.words) ?? '');
  const notify = findRule(world, 'notify-team');
  if (notify !== null && ticket.group !== null) {
    notify.uses++;
    notify.lastFiredAt = now;
  }
  fireWatches(run, ticket);
  edit.commit(opening.submitter, nameOrigin(opening));
  world.tickets.push(ticket);
  if (organisation !== null) {
    const others = run.byAccount.get(organisation);
    if (others === undefined) run.byAccount.set(organisation, [ticket]);
    else others.push(ticket);
  }
  return ticket;
}

/** Some of what customers fill in on the web comes by the second form, where there is one. */
function chooseForm(run: Run, opening: Opening): number {
  const second = run.world.practices.intake.secondForm === true && opening.channel === 'web';
  return run.world.formId + (second && run.random.chance(0.15) ? 1 : 0);
}

/** How often the customer is asked before the case can be solved. */
function drawQuestions(run: Run, topic: TopicPractice): number {
  const asks = run.world.practices.answering?.asksFirst;
  const count = run.random.poisson(topic.questions);
  if (asks === undefined) return count;
  return run.random.chance(asks) ? Math.max(1, count) : 0;
}

function nameOrigin(opening: Opening): SimVia {
  if (opening.followUpOf !== undefined)
    return {
      channel: opening.channel,
      rel: 'follow_up',
      from: { ticket_id: opening.followUpOf.id, subject: opening.followUpOf.subject },
    };
  return { channel: opening.channel, rel: null };
}

type Edit = ReturnType<typeof startEdit>;

function fillFields(run: Run, ticket: SimTicket, edit: Edit): void {
  const { world, random } = run;
  const { words } = world;
  const { intake, priorities } = world.practices;
  const create = (id: number, value: string): void => {
    ticket.fields.set(id, value);
    edit.create(String(id), value);
  };
  if (ticket.plan.sample) return;
  const organisation = ticket.requester.organisation;
  if (organisation !== null && showsTier(world.practices, words, 'ticket_field')) {
    const rule = findRule(world, `tier-field-${organisation.rank}`);
    if (rule === null) create(world.fields.tier, organisation.tier);
    else edit.field(world.fields.tier, organisation.tier, rule);
  }
  if (intake.form && random.chance(intake.productFilled)) {
    const filed = happens(run, intake.filedAlike) ? takeAt(world.practices.topics, 0) : ticket.plan.topic;
    create(world.fields.product, filed.product);
    create(world.fields.topic, filed.key);
  }
  if (intake.form && happens(run, world.practices.causes?.preset))
    create(world.fields.cause, takeAt(words.fields.causeOptions, 0));
  if ((priorities.setBy === 'severity' || priorities.severityAsked === true) && intake.form) {
    const wrong = random.chance(0.08);
    const severity = wrong ? random.pick(['high', 'normal', 'low'] as const) : ticket.plan.severity;
    create(
      world.fields.severity,
      words.fields.severityOptions[random.chance(priorities.inflated) ? 'urgent' : severity],
    );
  }
}

function setPriority(run: Run, ticket: SimTicket, edit: Edit): void {
  const { world, random } = run;
  const { priorities } = world.practices;
  if (ticket.plan.sample || priorities.setBy === 'never') return;
  // A person sets it later, as the first thing or with the answer.
  if (priorities.setBy === 'triage' || priorities.setBy === 'answer') return;
  if (priorities.setBy === 'preset') {
    ticket.priority = 'normal';
    edit.create('priority', 'normal');
    return;
  }
  if (priorities.setBy === 'severity') {
    const option = ticket.fields.get(world.fields.severity);
    const severity = PRIORITIES.find((priority) => world.words.fields.severityOptions[priority] === option);
    const rule = severity === undefined ? null : findRule(world, `priority-${severity}`);
    if (severity !== undefined && rule !== null) edit.priority(severity, rule);
    return;
  }
  const chosen = random.chance(priorities.inflated)
    ? 'urgent'
    : random.weigh({ high: 1.6, normal: 5, low: 0.8, [ticket.plan.severity]: 2 } as Record<Priority, number>);
  ticket.priority = chosen;
  edit.create('priority', chosen);
}

function route(run: Run, ticket: SimTicket, edit: Edit): void {
  const { world } = run;
  const premium = findRule(world, 'route-premium');
  const premiumGroup = world.groups.find((group) => group.role === 'premium');
  const reach = world.practices.routing?.premiumReach;
  const reaches = reach === undefined || run.random.chance(reach);
  if (
    premium !== null &&
    premiumGroup !== undefined &&
    reaches &&
    isTop(world.practices, ticket.requester.organisation)
  ) {
    edit.group(premiumGroup, premium);
    return;
  }
  const topicGroup = ticket.fields.has(world.fields.topic) ? ticket.plan.topic.group : null;
  const rule = topicGroup === null ? null : findRule(world, `route-${topicGroup}`);
  const target = world.groups.find((group) => group.key === topicGroup);
  if (rule !== null && target !== undefined) {
    edit.group(target, rule);
    return;
  }
  const front = takeAt(
    world.groups,
    Math.max(
      0,
      world.groups.findIndex((group) => group.role === 'front'),
    ),
  );
  const frontRule = findRule(world, 'route-front');
  if (frontRule !== null) {
    edit.group(front, frontRule);
    return;
  }
  ticket.group = front;
  edit.create('group_id', String(front.id));
}

export function chooseTopic(world: World, random: Random): TopicPractice {
  const weights = Object.fromEntries(world.practices.topics.map((topic, index) => [String(index), topic.weight]));
  return takeAt(world.practices.topics, Number(random.weigh(weights)));
}

/** People of busy organisations write more. */
export function chooseCustomer(world: World, random: Random): SimUser {
  for (let tries = 0; tries < 12; tries++) {
    const user = random.pick(world.customers);
    if (random.next() * 4 < (user.organisation?.activity ?? 0.6)) return user;
  }
  return random.pick(world.customers);
}

export function chooseChannel(world: World, random: Random): Channel {
  return random.weigh(world.practices.channels as Record<Channel, number>);
}
