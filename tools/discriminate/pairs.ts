import type { Practices } from '../../src/demo/practices.ts';
import { drawDeskOf, type RandomDesk } from '../../src/demo/random/draw-desk.ts';
import type { Degree, Truth } from '../../src/demo/random/draw-truth.ts';
import { MATTERS } from '../../src/demo/random/draw-truth.ts';

/**
 * A desk that only looks as if it practised something, beside one that practises everything. `unlike` names the matters that it lacks, `dress`
 * puts on what makes it look so: names, forms, settings without the work.
 */
export interface Pair {
  readonly name: string;
  /** What the desk does that only looks so, in a sentence. */
  readonly looks: string;
  readonly signals: readonly string[];
  readonly unlike: Readonly<Record<string, Degree>>;
  readonly dress?: (practices: Practices) => Practices;
  /** What both desks of this pair do beside; given, the pair has a practising desk of its own. */
  readonly alike?: (practices: Practices) => Practices;
  /** A CRM stands beside both desks, as a source of customers. Such a pair has a practising desk of its own (`alike`). */
  readonly customersBeside?: boolean;
}

/** Accounts that all have a date and a colour, of which enough are red to be counted. */
const RATED: Partial<Practices['customers']> = {
  ...{ organisations: 180, people: 700, renewalKept: 0.97, healthKept: 0.97, atRisk: 0.3, healthDays: 40 },
  accountFields: ['tier', 'renewal_date', 'health'],
};

export const PAIRS: readonly Pair[] = [
  {
    name: 'whoever-is-free',
    looks:
      'has a group called support, and colleagues of the whole house answer from the list when they happen to look',
    signals: ['A1', 'A2', 'A4', 'A5'],
    // A rule that gives cases to whoever knows the topic is a route, and gives each an owner; a premium team is a standing group.
    unlike: { 'S1.1': 1, 'S4.5': 1, 'S5.3': 1, 'S5.4': 1 },
  },
  {
    name: 'everybody-in-it',
    looks:
      'has a group called support with the whole house in it, into which everything falls and in which nobody is regular',
    signals: ['A3'],
    unlike: { 'S1.1': 1, 'S4.5': 1, 'S5.3': 1, 'S5.4': 1 },
    dress: (p) => ({
      ...p,
      crews: p.crews.filter(({ groups, dropInPerWeek }) => dropInPerWeek !== undefined || !groups.includes('pool')),
    }),
  },
  {
    name: 'side-doors',
    looks: 'has a form that nobody uses: staff type in what reaches them by private mail',
    signals: ['B1', 'B2', 'B3', 'B4'],
    unlike: { 'S1.2': 1 },
    dress: (p) => ({
      ...p,
      intake: { ...p.intake, form: false, asked: [], productFilled: 0.1, acknowledgement: null },
    }),
  },
  {
    name: 'label-priority',
    looks: 'sets priorities with the answer, for the report, and works in order of arrival',
    signals: ['C1', 'C3'],
    unlike: { 'S1.3': 2 },
    dress: (p) => ({ ...p, priorities: { ...p.priorities, setBy: 'answer' }, queue: 'arrival' }),
  },
  {
    name: 'one-priority',
    looks: 'has a priority on every ticket, and it is always the same, with one target for all',
    signals: ['C2', 'C4'],
    unlike: { 'S1.3': 1 },
    // An escalation that raises the priority would make two of them.
    dress: (p) => ({
      ...p,
      priorities: { ...p.priorities, setBy: 'preset', revised: 0 },
      ...(p.escalating === undefined ? {} : { escalating: { ...p.escalating, raises: 0 } }),
    }),
  },
  {
    name: 'paper-promise',
    looks: 'has policies that hold for two topics, are missed as often as kept, and are told to nobody',
    signals: ['D3', 'D4', 'D5', 'D7'],
    unlike: { 'S1.4': 2, 'S2.5': 2 },
    dress: (p) => ({
      ...p,
      promises: p.promises.map((promise) => ({ ...promise, scope: { topics: ['t0', 't1'] } })),
      intake: { ...p.intake, acknowledgement: { edited: true } },
    }),
  },
  {
    name: 'stamped-promise',
    looks: 'gives a priority with the answer, so that the target stands on the ticket when it is kept already',
    signals: ['D2'],
    unlike: { 'S1.4': 2, 'S2.5': 2, 'S1.3': 2 },
    dress: (p) => ({
      ...p,
      priorities: { ...p.priorities, setBy: 'answer' },
      promises: p.promises.map(({ scope: _, ...promise }) => promise),
    }),
  },
  {
    name: 'no-promise',
    looks: 'answers in good time and has promised nothing; a rule would warn of what is about to break',
    signals: ['D1', 'D6', 'D8', 'D9'],
    unlike: { 'S1.4': 1, 'S2.5': 1, 'S3.1': 1, 'S2.2': 2 },
    dress: (p) => ({ ...p, promiseAlerts: true }),
  },
  {
    name: 'copied-mailbox',
    looks: 'copies what comes into its mailbox into a tool, case by case, and made nothing there its own',
    signals: ['A6'],
    unlike: { 'S1.5': 1 },
  },
  {
    name: 'shared-desk',
    looks: 'works in the tool together with billing, whose people answer half of the customers',
    signals: ['A7'],
    unlike: { 'S1.5': 2 },
    dress: (p) => ({
      ...p,
      topics: p.topics.map((topic, index) => ({ ...topic, group: index % 2 === 0 ? 'side' : null })),
    }),
  },
  {
    name: 'dark-record',
    looks: 'closes most cases without a word, and classifies them in one heap',
    signals: ['E1', 'E3'],
    unlike: { 'S2.1': 1, 'S1.5': 2 },
    dress: (p) => ({ ...p, intake: { ...p.intake, filedAlike: 0.95 } }),
  },
  {
    name: 'free-text-in-nothing-out',
    looks: 'has a cause field whose first option stands on every case, and asks back for what the form leaves out',
    signals: ['E4', 'E5', 'E6', 'N16'],
    unlike: { 'S2.4': 1, 'S5.5': 1 },
    dress: (p) => ({ ...p, causes: { ...p.causes, preset: 0.95, severe: 0 } }),
  },
  {
    name: 'idle-tools',
    looks: 'has tools installed through which nothing passes',
    signals: ['G2'],
    unlike: { 'S2.3': 1, 'S5.2': 1, 'S5.1': 1, 'S5.5': 1 },
    dress: (p) => ({
      ...p,
      apps: ['Zoom', 'HubSpot CRM', 'Slack', 'Aircall'],
      tools: [],
      channels: { email: 60, web: 40 },
    }),
  },
  {
    name: 'bare-desk',
    looks: 'has a desk to which nothing is connected',
    signals: ['G1'],
    unlike: { 'S2.3': 1, 'S5.2': 1, 'S5.1': 1, 'S5.5': 1 },
  },
  {
    name: 'paper-plans',
    looks: 'has tiers on paper, with policies of their own and no difference in the wait',
    signals: ['H2', 'F3'],
    // A team that is alone with the best customers serves them sooner, whatever the plan says.
    unlike: { 'S3.1': 2, 'S2.2': 2, 'S4.5': 1 },
  },
  {
    name: 'everybody-the-same',
    looks: 'knows regions and languages of its customers, and treats all alike',
    signals: ['H1', 'F1', 'F2', 'K3'],
    unlike: { 'S3.1': 1, 'S2.2': 1, 'S4.5': 1, 'S3.4': 2 },
  },
  {
    name: 'office-hours',
    looks: 'answers by day whatever came by night',
    signals: ['I1', 'I2', 'I3'],
    unlike: { 'S3.2': 1 },
  },
  {
    name: 'two-hats',
    looks: 'has a premium and an escalation team by name, whose people work in the common queue',
    signals: ['M2'],
    unlike: { 'S4.5': 2 },
  },
  {
    name: 'label-teams',
    looks: 'has a premium and an escalation group that somebody once made, with members, and no case goes there',
    signals: ['M1'],
    unlike: { 'S4.5': 1, 'S2.2': 1, 'S3.1': 1 },
    dress: (p) => ({
      ...p,
      groups: [
        ...p.groups,
        { key: 'premium', name: 'premium', description: '', role: 'premium' },
        { key: 'escalation', name: 'escalation', description: '', role: 'escalation' },
      ],
      crews: p.crews.map((crew, index) =>
        index < 2 ? { ...crew, groups: [...crew.groups, 'premium', 'escalation'] } : crew,
      ),
    }),
  },
  {
    name: 'passed-round',
    looks: 'hands hard cases from person to person and back, and calls it working together',
    signals: ['N10', 'N13', 'N14'],
    unlike: { 'S5.4': 1, 'S5.3': 1 },
    dress: (p) => ({ ...p, routing: { ...p.routing, returned: 0.6, reassigned: 0.4 } }),
  },
  {
    name: 'sent-back',
    looks: 'has a second line by name that gives nearly every case back to the first, unsolved',
    signals: ['H3'],
    // A team for escalations, or for the best customers, is a line that cases go up to.
    unlike: { 'S5.4': 1, 'S5.3': 1, 'S4.5': 1 },
    dress: (p) => ({ ...p, routing: { ...p.routing, returned: 0.95 } }),
  },
  {
    name: 'by-hand',
    looks: 'has people who take what they like, and a matrix of skills in a drawer',
    signals: ['N8', 'N9', 'N12'],
    unlike: { 'S5.3': 1 },
  },
  {
    name: 'shelf-library',
    looks: 'has the articles that came with the tool',
    signals: ['J1', 'J3'],
    unlike: { 'S3.3': 1 },
    dress: (p) => ({ ...p, knowledge: { articles: 2, samples: 6, editsPerWeek: 0 } }),
  },
  {
    name: 'shouting',
    looks: 'escalates by calling across the room, and lets old cases lie',
    signals: ['K1', 'K4', 'K5'],
    unlike: { 'S3.4': 2, 'S6.3': 1 },
    dress: (p) => ({
      ...p,
      backlog: { reviewed: 0.05, abandoned: 0.12 },
      escalating: {
        share: 0.6,
        by: { agent: 1 },
        marked: 1,
        moves: 0.5,
        reason: 0,
        owner: 0,
        early: 0.05,
        together: 0,
      },
      arrivals: { ...p.arrivals, growthPerYear: 0.8 },
    }),
  },
  {
    name: 'after-the-complaint',
    looks: 'escalates when the customer shouts, case by case, and hands much to the second line before a target breaks',
    signals: ['N21', 'N22'],
    unlike: { 'S6.3': 1 },
  },
  {
    name: 'unkept-accounts',
    looks: 'has a renewal field that nobody fills, and views by agent only',
    signals: ['L1', 'L2', 'N19'],
    unlike: { 'S3.5': 1, 'S6.4': 1, 'S5.6': 1 },
    dress: (p) => ({
      ...p,
      customers: { ...p.customers, renewalKept: 0, accountFields: [...p.customers.accountFields, 'renewal_date'] },
      steering: { ...p.steering, views: [] },
    }),
  },
  {
    name: 'dates-and-colours',
    looks:
      'has a renewal date and a colour on every account and a view of each, and neither steers whom it writes to or answers first',
    signals: ['L8', 'L9'],
    unlike: {},
    alike: (p) => ({
      ...p,
      customers: { ...p.customers, ...RATED },
      outbound: { ...p.outbound, beforeRenewals: 1 },
      serving: { ...p.serving, atRiskLeadMinutes: 1500 },
    }),
    dress: ({ outbound, serving, ...p }) => ({
      ...p,
      outbound: { ...outbound, beforeRenewals: 0 },
      serving: { ...serving, atRiskLeadMinutes: 0 },
    }),
  },
  {
    name: 'unheeded-flags',
    looks: 'sees in its CRM which accounts turn red, and writes to whom it happens to think of',
    signals: ['L6'],
    unlike: {},
    customersBeside: true,
    alike: (p) => ({
      ...p,
      customers: { ...p.customers, ...RATED },
      outbound: { ...p.outbound, onFallingHealth: 1 },
    }),
    dress: ({ outbound, ...p }) => ({ ...p, outbound: { ...outbound, onFallingHealth: 0 } }),
  },
  {
    name: 'old-colours',
    looks: 'has a colour on every account of its CRM, set two years ago',
    signals: ['L4'],
    unlike: {},
    customersBeside: true,
    alike: (p) => ({ ...p, customers: { ...p.customers, ...RATED } }),
    dress: (p) => ({ ...p, customers: { ...p.customers, healthDays: 700 } }),
  },
  {
    name: 'case-by-case',
    looks: 'has customers who write several cases in a row, taken in order of arrival',
    signals: ['N18'],
    // Reviews by account, and escalations of all that an account has open, are work by account.
    unlike: { 'S5.6': 1, 'S6.3': 1 },
    // Few customers with much to ask, or hardly ever two cases of one wait at the same time.
    alike: (p) => ({ ...p, customers: { ...p.customers, organisations: 30, people: 150 } }),
  },
  {
    name: 'nobody-asked',
    looks: 'asks no customer how it was',
    signals: ['L5'],
    unlike: { 'S4.1': 1, 'S6.2': 1, 'S6.4': 1 },
  },
  {
    name: 'over-the-wall',
    looks: 'throws defects into a chat, where an engineer may see them',
    signals: ['N1', 'N4', 'N15', 'M4'],
    unlike: { 'S5.2': 1, 'S5.5': 1, 'S4.4': 1, 'S2.4': 2 },
  },
  {
    name: 'letter-box',
    looks:
      'links every defect to an issue on which nobody answers for weeks, sends a weekly word, and says nothing when it is mended',
    signals: ['N2', 'N3'],
    unlike: { 'S5.2': 2 },
    // Enough defects, and enough of them for themselves rather than on a problem record, to be counted.
    alike: (p) => ({
      ...p,
      topics: p.topics.map((topic) => ({ ...topic, bug: Math.max(topic.bug, 0.25) })),
      defects: { ...p.defects, onProblems: 0.4 },
    }),
    dress: (p) => ({
      ...p,
      escalation: { ...p.escalation, linked: 0.96, updatesWhileWaiting: 0.25 },
      defects: { ...p.defects, notes: 0.1, noteDays: 20, told: 0.05, toldOnProblems: 0.05 },
    }),
  },
  {
    name: 'ticked-partners',
    looks: 'has a box for partners on the account page, ticked for some, and no agreement with any of them',
    signals: ['M3'],
    unlike: { 'S4.4': 1, 'S3.5': 1 },
    dress: (p) => ({
      ...p,
      customers: { ...p.customers, partners: 0.08, accountFields: [...p.customers.accountFields, 'partner'] },
    }),
  },
  {
    name: 'two-editors',
    looks: 'has a library that two people write, however many answer cases',
    signals: ['J4'],
    unlike: {},
    alike: (p) => ({ ...p, writing: { ...p.writing, fromCases: 0.12 } }),
    dress: (p) => ({ ...p, writing: { ...p.writing, writers: 0.1 } }),
  },
  {
    name: 'old-library',
    looks: 'links an article with most answers, and nobody has touched one for two years',
    signals: ['J2'],
    unlike: {},
    dress: (p) => ({
      ...p,
      knowledge: { articles: 90, samples: 0, editsPerWeek: 0 },
      writing: { writers: 0.1, fromCases: 0, ageDays: 900, recent: 0 },
    }),
  },
  {
    name: 'customers-first',
    looks: 'hears of every trouble from customers, some of whom write to people they know, who hand the mail on',
    signals: ['N5', 'N7'],
    unlike: { 'S5.1': 1 },
    dress: (p) => ({ ...p, intake: { ...p.intake, forwarded: 0.12 } }),
  },
];

/** A desk that does everything, and lives round the clock. */
function everything(): Truth {
  return Object.fromEntries(MATTERS.map((id): [string, Degree] => [id, 3]));
}

/** Enough people and cases that everything can be seen: a line to be first in, hours long and not weeks. */
const SETTING = { roundTheClock: true, mailOnly: false, bot: false, migrated: false, perWeek: 90, agents: 9 } as const;
const WAIT = { from: 50, to: 120 } as const;
const SEED = 'pair4';

/** What the truth of a desk leaves open: its form does not go without product and topic. */
function practised(practices: Practices): Practices {
  return { ...practices, intake: { ...practices.intake, asked: ['product', 'topic'], productFilled: 0.97 } };
}

/** The desk that practises everything, for all pairs or, where it does something beside, for this one; in no words of its own. */
export function practising(pair?: Pair): RandomDesk {
  const live = (practices: Practices): Practices => pair?.alike?.(practised(practices)) ?? practised(practices);
  return drawDeskOf(SEED, everything(), SETTING, live, WAIT);
}

export function lookingSo(pair: Pair): RandomDesk {
  const live = (practices: Practices): Practices => {
    const both = pair.alike?.(practised(practices)) ?? practised(practices);
    return pair.dress?.(both) ?? both;
  };
  return drawDeskOf(SEED, { ...everything(), ...pair.unlike }, SETTING, live, WAIT);
}
