import { buildCalendar, DAY_S, formatInstant, readZone } from './calendar.ts';
import type { Practices } from './practices.ts';
import { type Random, takeAt } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { SimAgent, SimGroup, SimOrganisation, SimUser } from './world.ts';

const FIRST = [
  'Ada', 'Bruno', 'Chidi', 'Dana', 'Elif', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Kaja', 'Liam', 'Mira', 'Noor', 'Omar', 'Petra',
  'Quentin', 'Rosa', 'Sven', 'Tomas', 'Uma', 'Vera', 'Wen', 'Xenia', 'Yusuf', 'Zoe',
]; // biome-ignore format: a list of words
const LAST = [
  'Albright',
  'Bergstrom',
  'Castell',
  'Dubois',
  'Eriksen',
  'Fontaine',
  'Grigor',
  'Holm',
  'Ibarra',
  'Jansen',
  'Keller',
  'Lindqvist',
  'Moreau',
  'Nakata',
  'Okafor',
  'Petrov',
  'Quist',
  'Rossi',
  'Sandoval',
  'Tanaka',
  'Ulrich',
  'Vasquez',
  'Weber',
  'Yilmaz',
  'Zeman',
];
const COMPANY = [
  'Anvil',
  'Borealis',
  'Cobalt',
  'Delta',
  'Ember',
  'Fathom',
  'Granite',
  'Heron',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
  'Meridian',
  'Nimbus',
  'Orchard',
  'Pinnacle',
  'Quarry',
  'Ridge',
  'Summit',
  'Tundra',
];
const TRADE = [
  'Logistics',
  'Foods',
  'Clinics',
  'Energy',
  'Retail',
  'Systems',
  'Textiles',
  'Insurance',
  'Travel',
  'Works',
];

/** Fixed marks that must never show up in anything derived from a desk: tests search stores, logs and reports for them. */
export const CANARIES = {
  name: 'Quillon Featherstonehaugh',
  email: 'quillon.canary@privacy-canary.example',
  phone: '+45 55 00 74 31',
  phrase: 'zebra-quartz-canary-7431',
} as const;

/** Every this many customers one has an id beyond 2^53. */
const BIG_ID_EVERY = 97;

export function hireStaff(
  practices: Practices,
  start: number,
  now: number,
  random: Random,
): { agents: SimAgent[]; groups: SimGroup[]; admin: SimUser } {
  const founded = start - 400 * DAY_S;
  const groups: SimGroup[] = practices.groups.map((group, index) => ({
    ...group,
    answers: group.answers ?? (group.role !== 'side' && group.role !== 'engineering'),
    id: 360_200_000_117 + index * 41,
    createdAt: founded + index * 3600,
    members: [],
    queue: [],
    turn: 0,
  }));
  const admin = makeStaff(practices, 0, 'admin', founded, false);
  const agents: SimAgent[] = [];
  for (const crew of practices.crews) {
    const zone = readZone(crew.zone, start, now);
    for (let i = 0; i < crew.count; i++) {
      const index = agents.length;
      const user = makeStaff(practices, index + 1, 'agent', founded + (index + 1) * 5 * DAY_S, crew.light === true);
      const agent: SimAgent = {
        user,
        index,
        groups: crew.groups.map((key) => takeGroup(groups, key)),
        skills: crew.skills.filter(
          (_, position) => crew.count === 1 || crew.skills.length <= 2 || position % crew.count !== i,
        ),
        shift: buildCalendar(crew.weekly, drawHolidayLeave(start, now, random), zone, start, now + 30 * DAY_S),
        attention: crew.attention,
        dropInPerWeek: crew.dropInPerWeek ?? null,
        light: crew.light === true,
        onCall: crew.onCall === true,
        dispatcher: crew.dispatcher === true,
        inside: crew.inside ?? null,
        state: 'off',
        errand: 0,
        load: 0,
        account: null,
      };
      for (const group of agent.groups) group.members.push(agent);
      agents.push(agent);
    }
  }
  return { agents, groups, admin };
}

export function takeGroup(groups: readonly SimGroup[], key: string): SimGroup {
  return takeAt(
    groups,
    groups.findIndex((group) => group.key === key),
  );
}

/** Everybody is away for a week now and then. */
function drawHolidayLeave(start: number, now: number, random: Random): { name: string; start: string; end: string }[] {
  const weeks = random.poisson((now - start) / (75 * DAY_S));
  return Array.from({ length: weeks }, () => {
    const from = start + random.next() * (now - start);
    return {
      name: 'leave',
      start: formatInstant(from).slice(0, 10),
      end: formatInstant(from + 6 * DAY_S).slice(0, 10),
    };
  });
}

function makeStaff(
  practices: Practices,
  index: number,
  role: 'agent' | 'admin',
  createdAt: number,
  light: boolean,
): SimUser {
  const name = `${takeAt(FIRST, (index * 7 + 3) % FIRST.length)} ${takeAt(LAST, (index * 11 + 5) % LAST.length)}`;
  return {
    id: String(360_100_000_011 + index * 37),
    name,
    email: `${name.toLowerCase().replace(' ', '.')}.${index}@${practices.account.subdomain}.example`,
    role,
    organisation: null,
    createdAt,
    light,
    machine: false,
  };
}

/** Seconds since the health of an account last changed. */
function drawHealthAge(medianDays: number | undefined, random: Random): number {
  return medianDays === undefined ? random.int(1, 25) * DAY_S : Math.round(random.lognormal(medianDays * DAY_S, 0.6));
}

export function signCustomers(
  practices: Practices,
  words: Vocabulary,
  start: number,
  now: number,
  random: Random,
): { organisations: SimOrganisation[]; customers: SimUser[] } {
  const rules = practices.customers;
  // By place, not by name: a name that is a number would change the order of the draw.
  const shares = Object.fromEntries(rules.tiers.map((tier, rank) => [String(rank), tier.share]));
  const atRisk = rules.atRisk ?? 0.1;
  const grades = { 0: (1 - atRisk) * 6, 1: (1 - atRisk) * 3, 2: atRisk * 9 };
  const organisations = Array.from({ length: rules.organisations }, (_, index): SimOrganisation => {
    const rank = Number(random.weigh(shares));
    const tier = takeAt(rules.tiers, rank);
    const name = `${takeAt(COMPANY, index % COMPANY.length)} ${takeAt(TRADE, Math.floor(index / COMPANY.length) % TRADE.length)}`;
    const healthy = random.chance(rules.healthKept);
    return {
      id: 360_300_000_203 + index * 53,
      name,
      domain: `${name.toLowerCase().replace(' ', '-')}.example`,
      tier: tier.name,
      rank,
      activity: tier.activity * random.lognormal(1, 0.8),
      createdAt: start - random.int(30, 380) * DAY_S,
      renewalDate: random.chance(rules.renewalKept)
        ? formatInstant(now + random.int(-20, 340) * DAY_S).slice(0, 10)
        : null,
      health: healthy ? takeAt(words.health, Number(random.weigh(grades))) : null,
      healthAt: healthy ? now - drawHealthAge(rules.healthDays, random) : null,
      owner: random.chance(rules.renewalKept) ? words.owner : null,
      partner: random.chance(rules.partners ?? 0.06),
    };
  });
  const customers = Array.from({ length: rules.people }, (_, index): SimUser => {
    const organisation =
      organisations.length === 0 || random.chance(rules.privateShare) ? null : random.pick(organisations);
    const canary = index === 13;
    const name = canary
      ? CANARIES.name
      : `${takeAt(FIRST, random.int(0, FIRST.length - 1))} ${takeAt(LAST, random.int(0, LAST.length - 1))}`;
    const domain = organisation?.domain ?? 'mailbox.example';
    return {
      id:
        index % BIG_ID_EVERY === 5
          ? (9_007_199_254_740_993n + BigInt(index) * 2n).toString()
          : String(360_500_001_009 + index * 29),
      name,
      email: canary ? CANARIES.email : `${name.toLowerCase().replace(' ', '.')}.${index}@${domain}`,
      role: 'end-user',
      organisation,
      createdAt: start - random.int(1, 350) * DAY_S,
      light: false,
      machine: false,
    };
  });
  return { organisations, customers };
}
