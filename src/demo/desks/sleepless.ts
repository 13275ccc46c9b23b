import { EVERY_DAY, onDays, WEEKDAYS } from '../calendar.ts';
import type { Practices, TopicPractice } from '../practices.ts';
import { ROUND_THE_CLOCK, WHOLE_WEEK } from './rhythms.ts';

const SKILLS = ['ledger', 'payments', 'identity', 'platform'] as const;

const TOPICS: readonly TopicPractice[] = [
  topic('postings', 'Postings', 'ledger', 20, 12, 0.4, 0.14, 0.07),
  topic('statements', 'Statements', 'ledger', 14, 10, 0.4, 0.08, 0.04),
  topic('transfers', 'Transfers', 'payments', 22, 14, 0.5, 0.22, 0.08),
  topic('cards', 'Cards', 'payments', 14, 10, 0.4, 0.1, 0.05),
  topic('signin', 'Sign-in', 'identity', 16, 7, 0.2, 0.06, 0.03),
  topic('api', 'Programming interface', 'platform', 14, 20, 0.7, 0.4, 0.14),
];

/** A payments platform with teams in three continents, swarming, premium care and problems handled as problems. */
export const SLEEPLESS: Practices = {
  key: 'sleepless',
  title: 'Sleepless: follows the sun, comes to the case, reaches out first',
  account: { subdomain: 'sleepless-demo', plan: 'enterprise' },
  historyDays: 126,
  zone: 'UTC',
  vendorZone: 'UTC',
  hours: { weekly: [{ start: 0, end: 7 * 24 * 60 }], holidays: [] },
  arrivals: { perWeek: 300, byHour: ROUND_THE_CLOCK, byDay: WHOLE_WEEK, growthPerYear: 0.25, outagesPerMonth: 1.3, outageReports: 18 },
  channels: { email: 20, web: 38, chat: 14, native_messaging: 22, voice: 6 },
  groups: [
    { key: 'front', name: 'Customer Support', description: 'All standard customers, by skill.', role: 'front' },
    { key: 'premium', name: 'Premium Support', description: 'Named engineers for premium customers.', role: 'premium' },
    { key: 'sre', name: 'Reliability Engineering', description: 'Runs the platform; joins cases.', role: 'specialist' },
    { key: 'product', name: 'Product Engineering', description: 'Builds the platform; joins cases.', role: 'specialist' },
    { key: 'success', name: 'Customer Success', description: 'Looks after accounts.', role: 'side' },
  ],
  crews: [
    { groups: ['front'], count: 6, zone: 'Asia/Singapore', weekly: onDays(EVERY_DAY, 8, 17), skills: SKILLS, attention: 0.34 },
    { groups: ['front'], count: 8, zone: 'Europe/Dublin', weekly: onDays(EVERY_DAY, 8, 17), skills: SKILLS, attention: 0.34 },
    { groups: ['front'], count: 7, zone: 'America/Los_Angeles', weekly: onDays(EVERY_DAY, 8, 17), skills: SKILLS, attention: 0.34 },
    { groups: ['premium'], count: 2, zone: 'Asia/Singapore', weekly: onDays(EVERY_DAY, 8, 17), skills: SKILLS, attention: 0.4 },
    { groups: ['premium'], count: 3, zone: 'Europe/Dublin', weekly: onDays(EVERY_DAY, 8, 17), skills: SKILLS, attention: 0.4 },
    { groups: ['premium'], count: 3, zone: 'America/Los_Angeles', weekly: onDays(EVERY_DAY, 8, 17), skills: SKILLS, attention: 0.4 },
    { groups: ['sre'], count: 4, zone: 'Europe/Dublin', weekly: onDays(WEEKDAYS, 8, 20), skills: ['platform'], attention: 0.15 },
    { groups: ['product'], count: 5, zone: 'America/Los_Angeles', weekly: onDays(WEEKDAYS, 8, 18), skills: ['ledger', 'payments'], attention: 0.12 },
    { groups: ['success'], count: 3, zone: 'Europe/Dublin', weekly: onDays(WEEKDAYS, 9, 17), skills: [], attention: 0.25 },
    { groups: ['product'], count: 4, zone: 'Europe/Dublin', weekly: onDays(WEEKDAYS, 9, 17), skills: [], attention: 0.1, light: true },
  ],
  topics: TOPICS,
  customers: {
    organisations: 180,
    people: 1400,
    privateShare: 0.03,
    tiers: [
      { name: 'standard', share: 0.55, activity: 0.8 },
      { name: 'business', share: 0.27, activity: 1.2 },
      { name: 'premium', share: 0.18, activity: 2.2 },
    ],
    renewalKept: 0.94,
    healthKept: 0.9,
    accountFields: ['tier', 'renewal_date', 'health', 'owner', 'partner'],
  },
  intake: {
    forwarded: 0.01,
    forwardedAsSelf: 0,
    form: true,
    productFilled: 0.97,
    spam: 0.008,
    duplicates: 0.02,
    proactivePerWeek: 13,
    monitoring: { tool: 'Beacon Observability', perWeek: 16, selfClearing: 0.2 },
    botSolves: 0.12,
    acknowledgement: {
      text: 'We have your request {{ticket.id}}. You will hear from a person within 4 hours, day and night; within 30 minutes when it is urgent.',
    },
    typesUsed: 0.93,
  },
  priorities: { setBy: 'severity', inflated: 0.02, revised: 0.7 },
  queue: 'value',
  assignment: 'skill',
  ownership: { taken: 1, kept: 0.96, handedOn: 0.9 },
  replies: { macro: 0.3, article: 0.48, note: 0.34, noticeMinutes: 3 },
  escalation: { engineering: 'issue', engineeringDays: 2.2, linked: 0.95, updatesWhileWaiting: 0.75, swarm: 0.8, sideQuestions: 0.06, problems: true },
  closing: { marked: 0.997, reminderDays: 2, givesUpDays: 6, causeFilled: 0.95, reopens: 0.045, returnsAfterClose: 0.008 },
  survey: { offered: 0.99, answered: 0.38, goodWhenFast: 0.97 },
  promises: [
    {
      title: 'Premium',
      description: 'Round the clock, premium customers.',
      tier: 'premium',
      businessHours: false,
      firstReply: { urgent: 30, high: 60, normal: 180, low: 360 },
      nextReply: { urgent: 60, high: 120, normal: 360, low: 720 },
      resolution: { urgent: 480, high: 1440, normal: 4320, low: 8640 },
      editedDaysAgo: 40,
    },
    {
      title: 'Everyone',
      description: 'Round the clock, all other customers.',
      tier: null,
      businessHours: false,
      firstReply: { urgent: 45, high: 120, normal: 480, low: 720 },
      nextReply: { urgent: 120, high: 240, normal: 720, low: 1440 },
      resolution: { urgent: 960, high: 2880, normal: 8640, low: 14_400 },
      editedDaysAgo: 40,
    },
  ],
  teamPromises: true,
  knowledge: { articles: 320, samples: 0, editsPerWeek: 24 },
  macros: 40,
  apps: ['Jira', 'Slack', 'PagerDuty', 'Datadog', 'Salesforce', 'Gainsight', 'Knowledge Capture', 'Tymeshift', 'Klaus'],
  deadRules: 0,
};

function topic(
  key: string,
  title: string,
  product: string,
  weight: number,
  minutes: number,
  questions: number,
  specialist: number,
  bug: number,
): TopicPractice {
  return { key, title, product, weight, severity: { urgent: 6, high: 18, normal: 54, low: 22 }, minutes, questions, specialist, bug, group: null };
}
