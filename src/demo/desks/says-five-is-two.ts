import { onDays, WEEKDAYS } from '../calendar.ts';
import type { Practices } from '../practices.ts';
import { OFFICE_HOURS, WORKING_WEEK } from './rhythms.ts';

const SEVERITY = { urgent: 6, high: 18, normal: 56, low: 20 } as const;

/** A software vendor proud of its support. The tool is bought and set up; the work goes on beside it as it always did. */
export const SAYS_FIVE_IS_TWO: Practices = {
  key: 'says-five-is-two',
  title: 'Says five, is two: the tool is there, the habits are older',
  account: { subdomain: 'fivestar-demo', plan: 'professional' },
  historyDays: 160,
  zone: 'America/New_York',
  vendorZone: 'Eastern Time (US & Canada)',
  hours: { weekly: onDays(WEEKDAYS, 9, 17), holidays: [{ name: 'Memorial Day', start: '2026-05-25', end: '2026-05-25' }] },
  arrivals: { perWeek: 176, byHour: OFFICE_HOURS, byDay: WORKING_WEEK, growthPerYear: 0.3, outagesPerMonth: 1.2, outageReports: 12 },
  channels: { email: 70, web: 30 },
  groups: [
    { key: 'front', name: 'Support', description: 'All requests.', role: 'front' },
    { key: 'vip', name: 'Premium Support', description: 'Dedicated team for premium customers.', role: 'facade' },
    { key: 'success', name: 'Customer Success', description: 'Strategic accounts.', role: 'facade' },
    { key: 'escalations', name: 'Escalations', description: 'Executive escalations.', role: 'facade' },
  ],
  crews: [
    { groups: ['front'], count: 5, zone: 'America/New_York', weekly: onDays(WEEKDAYS, 9, 17), skills: [], attention: 0.26 },
    { groups: ['front'], count: 2, zone: 'America/New_York', weekly: onDays(WEEKDAYS, 9, 13), skills: [], attention: 0.26 },
    { groups: ['front', 'vip', 'escalations'], count: 1, zone: 'America/New_York', weekly: onDays(WEEKDAYS, 10, 18), skills: [], attention: 0.2 },
  ],
  topics: [
    { key: 'import', title: 'Import of records', product: 'suite', weight: 25, severity: SEVERITY, minutes: 17, questions: 0.9, specialist: 0.15, bug: 0.09, group: null },
    { key: 'screen', title: 'Screen shows nothing', product: 'suite', weight: 22, severity: SEVERITY, minutes: 14, questions: 0.9, specialist: 0.1, bug: 0.08, group: null },
    { key: 'rights', title: 'Rights of users', product: 'suite', weight: 20, severity: SEVERITY, minutes: 9, questions: 0.4, specialist: 0.02, bug: 0.02, group: null },
    { key: 'bill', title: 'Bill', product: 'suite', weight: 14, severity: SEVERITY, minutes: 11, questions: 0.4, specialist: 0, bug: 0.01, group: null },
    { key: 'howto', title: 'How do I', product: 'suite', weight: 19, severity: SEVERITY, minutes: 12, questions: 0.5, specialist: 0.05, bug: 0.01, group: null },
  ],
  customers: {
    organisations: 60,
    people: 700,
    privateShare: 0.35,
    tiers: [{ name: 'standard', share: 1, activity: 1 }],
    renewalKept: 0.05,
    healthKept: 0.03,
    accountFields: ['tier', 'renewal_date', 'health', 'owner'],
  },
  intake: {
    forwarded: 0.12,
    forwardedAsSelf: 0.3,
    form: true,
    productFilled: 0.3,
    spam: 0.03,
    duplicates: 0.04,
    proactivePerWeek: 0,
    monitoring: null,
    botSolves: 0,
    acknowledgement: { text: 'Your request ({{ticket.id}}) has been received and is being reviewed by our support staff.' },
    typesUsed: 0.05,
  },
  priorities: { setBy: 'customer', inflated: 0.24, revised: 0.03 },
  queue: 'arrival',
  assignment: 'pull',
  ownership: { taken: 0.85, kept: 0.55, handedOn: 0 },
  replies: { macro: 0.05, article: 0.015, note: 0.06, noticeMinutes: 25 },
  escalation: { engineering: 'chat', engineeringDays: 9, linked: 0, updatesWhileWaiting: 0, swarm: 0, sideQuestions: 0, problems: false },
  closing: { marked: 0.86, reminderDays: null, givesUpDays: null, causeFilled: 0.04, reopens: 0.12, returnsAfterClose: 0.05 },
  survey: null,
  promises: [
    {
      title: 'World-class SLA',
      description: 'Industry-leading response.',
      tier: null,
      businessHours: true,
      firstReply: { urgent: 60, high: 180, normal: 480, low: 960 },
      resolution: { urgent: 480, high: 960, normal: 1920, low: 3840 },
      editedDaysAgo: 410,
    },
  ],
  teamPromises: false,
  knowledge: { articles: 3, samples: 7, editsPerWeek: 0 },
  macros: 5,
  apps: ['Slack'],
  deadRules: 6,
};
