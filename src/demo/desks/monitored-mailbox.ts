import { onDays, WEEKDAYS } from '../calendar.ts';
import type { Practices } from '../practices.ts';
import { OFFICE_HOURS, WORKING_WEEK } from './rhythms.ts';

const SEVERITY = { urgent: 8, high: 20, normal: 52, low: 20 } as const;

/** A hosting company with modern monitoring; people still work as if it were a shared mailbox. */
export const MONITORED_MAILBOX: Practices = {
  key: 'monitored-mailbox',
  title: 'Monitored mailbox: machines report, people look in now and then',
  account: { subdomain: 'mailbox-demo', plan: 'team' },
  historyDays: 182,
  zone: 'Europe/Warsaw',
  vendorZone: 'Warsaw',
  hours: null,
  arrivals: { perWeek: 92, byHour: OFFICE_HOURS, byDay: WORKING_WEEK, growthPerYear: 0.1, outagesPerMonth: 1.5, outageReports: 14 },
  channels: { email: 100 },
  groups: [{ key: 'front', name: 'Support', description: '', role: 'front' }],
  crews: [
    { groups: ['front'], count: 2, zone: 'Europe/Warsaw', weekly: onDays(WEEKDAYS, 9, 17), skills: [], attention: 0.16 },
    { groups: ['front'], count: 26, zone: 'Europe/Warsaw', weekly: onDays(WEEKDAYS, 9, 17), skills: [], attention: 0.1, dropInPerWeek: 5.4 },
  ],
  topics: [
    { key: 'disk', title: 'Disk space', product: 'hosting', weight: 24, severity: SEVERITY, minutes: 18, questions: 0.4, specialist: 0, bug: 0.03, group: null },
    { key: 'certificate', title: 'Certificate', product: 'hosting', weight: 18, severity: SEVERITY, minutes: 15, questions: 0.4, specialist: 0, bug: 0.01, group: null },
    { key: 'latency', title: 'Latency', product: 'hosting', weight: 28, severity: SEVERITY, minutes: 30, questions: 0.8, specialist: 0, bug: 0.14, group: null },
    { key: 'mail', title: 'Mail delivery', product: 'mail', weight: 30, severity: SEVERITY, minutes: 20, questions: 0.8, specialist: 0, bug: 0.05, group: null },
  ],
  customers: {
    organisations: 40,
    people: 380,
    privateShare: 0.4,
    tiers: [{ name: 'standard', share: 1, activity: 1 }],
    renewalKept: 0,
    healthKept: 0,
    accountFields: [],
  },
  intake: {
    forwarded: 0.58,
    forwardedAsSelf: 0.35,
    form: false,
    productFilled: 0,
    spam: 0.05,
    duplicates: 0.05,
    proactivePerWeek: 0,
    monitoring: { tool: 'Watchtower Monitoring', perWeek: 46, selfClearing: 0.45 },
    botSolves: 0,
    acknowledgement: null,
    typesUsed: 0,
  },
  priorities: { setBy: 'never', inflated: 0, revised: 0 },
  queue: 'pile',
  assignment: 'pull',
  ownership: { taken: 0.3, kept: 0.2, handedOn: 0 },
  replies: { macro: 0, article: 0, note: 0.04, noticeMinutes: 70 },
  escalation: { engineering: 'chat', engineeringDays: 10, linked: 0, updatesWhileWaiting: 0, swarm: 0, sideQuestions: 0, problems: false },
  closing: { marked: 0.55, reminderDays: null, givesUpDays: null, causeFilled: 0, reopens: 0.13, returnsAfterClose: 0.08 },
  survey: null,
  promises: [],
  teamPromises: false,
  knowledge: null,
  macros: 0,
  apps: ['Watchtower Monitoring'],
  deadRules: 0,
};
