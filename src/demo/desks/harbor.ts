import { onDays, WEEKDAYS } from '../calendar.ts';
import type { Practices, TopicPractice } from '../practices.ts';
import { OFFICE_HOURS, WORKING_WEEK } from './rhythms.ts';

const TOPICS: readonly TopicPractice[] = [
  topic('booking', 'Booking of a berth', 'harbor_booking', 24, 11, 0.5, 0.06, 0.03, null),
  topic('tracking', 'Container tracking', 'harbor_tracking', 20, 13, 0.6, 0.1, 0.07, null),
  topic('customs', 'Customs papers', 'harbor_customs', 12, 18, 0.9, 0.3, 0.04, null),
  topic('interface', 'Data interface', 'harbor_connect', 9, 26, 1.1, 0.55, 0.16, null),
  topic('access', 'Sign-in and rights', 'harbor_core', 16, 7, 0.3, 0.02, 0.02, null),
  topic('invoice', 'Invoice', 'harbor_billing', 11, 9, 0.4, 0, 0.01, 'billing'),
  topic('report', 'Reports', 'harbor_reports', 8, 16, 0.7, 0.15, 0.06, null),
];

/** A logistics software house whose support is run by figures; the ways to partners and engineering are still loose. */
export const HARBOR: Practices = {
  key: 'harbor',
  title: 'Harbor: managed by figures',
  account: { subdomain: 'harbor-demo', plan: 'professional' },
  historyDays: 182,
  zone: 'Europe/Copenhagen',
  vendorZone: 'Copenhagen',
  hours: {
    weekly: onDays(WEEKDAYS, 8, 18),
    holidays: [
      { name: 'New Year', start: '2026-01-01', end: '2026-01-01' },
      { name: 'Easter', start: '2026-04-02', end: '2026-04-06' },
      { name: 'Ascension Day', start: '2026-05-14', end: '2026-05-14' },
      { name: 'Whit Monday', start: '2026-05-25', end: '2026-05-25' },
    ],
  },
  arrivals: { perWeek: 172, byHour: OFFICE_HOURS, byDay: WORKING_WEEK, growthPerYear: 0.15, outagesPerMonth: 0.7, outageReports: 9 },
  channels: { email: 42, web: 44, chat: 9, voice: 5 },
  groups: [
    { key: 'front', name: 'Support Tier 1', description: 'Takes every request first.', role: 'front' },
    { key: 'tier2', name: 'Support Tier 2', description: 'Product specialists for what tier 1 cannot solve.', role: 'specialist' },
    { key: 'billing', name: 'Billing', description: 'Invoices and contracts.', role: 'side' },
  ],
  crews: [
    { groups: ['front'], count: 6, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 8, 16), skills: [], attention: 0.185 },
    { groups: ['front'], count: 3, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 11, 19), skills: [], attention: 0.185 },
    { groups: ['front'], count: 1, zone: 'Europe/Copenhagen', weekly: onDays([6, 0], 10, 14), skills: [], attention: 0.4 },
    { groups: ['tier2'], count: 4, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 9, 17), skills: [], attention: 0.22 },
    { groups: ['billing'], count: 2, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 9, 16), skills: [], attention: 0.22 },
    { groups: ['tier2'], count: 3, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 9, 17), skills: [], attention: 0.1, light: true },
  ],
  topics: TOPICS,
  customers: {
    organisations: 140,
    people: 900,
    privateShare: 0.06,
    tiers: [
      { name: 'standard', share: 0.6, activity: 0.8 },
      { name: 'plus', share: 0.28, activity: 1.3 },
      { name: 'enterprise', share: 0.12, activity: 2.4 },
    ],
    renewalKept: 0.35,
    healthKept: 0,
    accountFields: ['tier', 'renewal_date', 'partner'],
  },
  intake: {
    forwarded: 0.06,
    forwardedAsSelf: 0.1,
    form: true,
    productFilled: 0.9,
    spam: 0.012,
    duplicates: 0.025,
    proactivePerWeek: 0.6,
    monitoring: null,
    botSolves: 0,
    acknowledgement: {
      text: 'We have received your request {{ticket.id}}. Our team answers within 8 business hours, urgent requests within 1 business hour.',
    },
    typesUsed: 0.6,
  },
  priorities: { setBy: 'severity', inflated: 0.03, revised: 0.5 },
  queue: 'promise',
  assignment: 'pull',
  ownership: { taken: 0.97, kept: 0.9, handedOn: 0.25 },
  replies: { macro: 0.38, article: 0.32, note: 0.2, noticeMinutes: 5 },
  escalation: {
    engineering: 'issue',
    engineeringDays: 7,
    linked: 0.5,
    updatesWhileWaiting: 0.08,
    swarm: 0.05,
    sideQuestions: 0.03,
    problems: false,
  },
  closing: { marked: 0.985, reminderDays: 3, givesUpDays: 8, causeFilled: 0.72, reopens: 0.07, returnsAfterClose: 0.015 },
  survey: { offered: 0.93, answered: 0.27, goodWhenFast: 0.96 },
  promises: [
    {
      title: 'Standard promise',
      description: 'What our terms say: by priority, in business hours.',
      tier: null,
      businessHours: true,
      firstReply: { urgent: 60, high: 180, normal: 480, low: 960 },
      nextReply: { urgent: 120, high: 300, normal: 600, low: 1200 },
      resolution: { urgent: 960, high: 2400, normal: 4800, low: 9600 },
      editedDaysAgo: 96,
    },
  ],
  teamPromises: false,
  knowledge: { articles: 150, samples: 0, editsPerWeek: 7 },
  macros: 26,
  apps: ['Jira', 'Slack', 'Knowledge Capture', 'Aircall', 'HubSpot CRM'],
  deadRules: 2,
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
  group: string | null,
): TopicPractice {
  return {
    key,
    title,
    product,
    weight,
    severity: { urgent: 5, high: 17, normal: 58, low: 20 },
    minutes,
    questions,
    specialist,
    bug,
    group,
  };
}
