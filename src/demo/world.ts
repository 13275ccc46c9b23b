import type { Calendar, Zone } from './calendar.ts';
import type { ToolHabit } from './habits.ts';
import type { Channel, GroupRole, Practices, Priority, PromiseScope, TopicPractice } from './practices.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Everything that is true in a simulated desk. Ids are decimal text: some pass 2^53, as they do at the vendor. */

export type Status = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' | 'deleted';

export interface SimUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'end-user' | 'agent' | 'admin';
  readonly organisation: SimOrganisation | null;
  readonly createdAt: number;
  readonly light: boolean;
  /** A tool or integration, not a person. */
  readonly machine: boolean;
}

export interface SimAgent {
  readonly user: SimUser;
  readonly index: number;
  readonly groups: readonly SimGroup[];
  readonly skills: readonly string[];
  readonly shift: Calendar;
  readonly attention: number;
  readonly dropInPerWeek: number | null;
  readonly light: boolean;
  readonly onCall: boolean;
  readonly dispatcher: boolean;
  readonly inside: number | null;
  /** `elsewhere`: on shift, at other duties; an urgent case fetches them back. */
  state: 'off' | 'idle' | 'busy' | 'elsewhere';
  /** Grows when an agent is fetched back, so that the planned return lapses. */
  errand: number;
  /** Tickets waiting for this agent in person. */
  load: number;
  /** Whose case this agent worked on last. */
  account: SimOrganisation | null;
}

export interface SimGroup {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly role: GroupRole;
  /** Its people answer customers themselves. */
  readonly answers: boolean;
  readonly createdAt: number;
  readonly members: SimAgent[];
  readonly queue: WorkItem[];
  /** Whose turn it was last, where work is dealt out. */
  turn: number;
}

/** A ticket that waits for somebody. */
export interface WorkItem {
  readonly ticket: SimTicket;
  readonly since: number;
  /** Head start before other cases, seconds. */
  readonly lead: number;
  readonly dueAt: number;
  owner: SimAgent | null;
}

export interface SimOrganisation {
  readonly id: number;
  readonly name: string;
  readonly domain: string;
  readonly tier: string;
  /** Place of the tier among those of the desk, 0 = lowest. */
  readonly rank: number;
  readonly activity: number;
  readonly createdAt: number;
  readonly renewalDate: string | null;
  readonly health: string | null;
  readonly healthAt: number | null;
  readonly owner: string | null;
  readonly partner: boolean;
}

export interface SimArticle {
  readonly id: number;
  readonly title: string;
  readonly topic: string | null;
  readonly sample: boolean;
  readonly draft: boolean;
  readonly createdAt: number;
  editedAt: number;
  readonly author: SimUser;
  votesUp: number;
  votesDown: number;
}

export interface SimMacro {
  readonly id: number;
  readonly title: string;
  readonly topic: string | null;
  readonly createdAt: number;
  uses: number;
}

export interface SimRule {
  readonly id: number;
  readonly key: string;
  readonly kind: 'trigger' | 'automation';
  readonly title: string;
  readonly active: boolean;
  readonly createdAt: number;
  readonly conditions: {
    readonly all: readonly RuleCondition[];
    readonly any: readonly RuleCondition[];
  };
  readonly actions: readonly { readonly field: string; readonly value: unknown }[];
  uses: number;
  lastFiredAt: number | null;
}

export interface RuleCondition {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

export interface SimPolicy {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly tier: string | null;
  readonly businessHours: boolean;
  /** Urgent tickets count every hour all the same. */
  readonly urgentEveryHour: boolean;
  readonly scope: PromiseScope;
  readonly position: number;
  readonly updatedAt: number;
  /** Minutes by metric and priority. */
  readonly targets: Readonly<Record<SlaMetric, Partial<Record<Priority, number>>>>;
}

export const SLA_TARGETS = ['first_reply_time', 'next_reply_time', 'total_resolution_time'] as const;
export type SlaMetric = (typeof SLA_TARGETS)[number];

export type LogValue = string | number | null | readonly string[];

export interface SimVia {
  readonly channel: string;
  /** Vendor words: trigger, automation, follow_up, merge, or null. */
  readonly rel: string | null;
  readonly from?: Readonly<Record<string, unknown>>;
}

export type SimEvent =
  | { readonly kind: 'create'; readonly field: string; readonly value: LogValue }
  | {
      readonly kind: 'change';
      readonly field: string;
      readonly from: LogValue;
      readonly to: LogValue;
      readonly rule: SimRule | null;
    }
  | { readonly kind: 'comment'; readonly author: SimUser; readonly public: boolean; readonly text: string }
  | { readonly kind: 'notification'; readonly rule: SimRule; readonly to: SimUser; readonly text: string }
  | { readonly kind: 'macro'; readonly macro: SimMacro };

/** One update of a ticket. */
export interface SimAudit {
  readonly id: number;
  readonly at: number;
  /** null = the system or a rule. */
  readonly author: SimUser | null;
  readonly via: SimVia;
  readonly events: readonly SimEvent[];
}

export interface SimRating {
  readonly id: number;
  readonly offeredAt: number;
  answeredAt: number | null;
  score: 'offered' | 'good' | 'bad';
  comment: string | null;
}

export interface SimTicket {
  readonly id: number;
  readonly createdAt: number;
  updatedAt: number;
  subject: string;
  status: Status;
  /** Bears the desk's own label for escalations. */
  escalatedStatus: boolean;
  priority: Priority | null;
  type: 'question' | 'incident' | 'problem' | 'task' | null;
  group: SimGroup | null;
  assignee: SimAgent | null;
  readonly requester: SimUser;
  readonly submitter: SimUser;
  readonly channel: Channel | 'sample_ticket';
  readonly formId: number | null;
  readonly tags: string[];
  readonly fields: Map<number, string>;
  readonly audits: SimAudit[];
  rating: SimRating | null;
  readonly followUpOf: number | null;
  problem: SimTicket | null;
  readonly incidents: SimTicket[];
  mergedInto: SimTicket | null;
  deletedAt: number | null;
  deletedBy: SimUser | null;
  policy: SimPolicy | null;
  readonly plan: CasePlan;
}

/** What the case really needs: hidden from everyone, shown only by how it goes. */
interface CasePlan {
  readonly topic: TopicPractice;
  readonly severity: Priority;
  questionsLeft: number;
  specialistNeeded: boolean;
  bug: boolean;
  readonly spam: boolean;
  readonly duplicateOf: SimTicket | null;
  readonly bot: boolean;
  readonly monitoring: boolean;
  readonly outbound: boolean;
  readonly sample: boolean;
  /** Brought in from another tool. */
  readonly imported: boolean;
  /** Number of the outage that this is a report of, from 1. */
  readonly outage: number | null;
  engineering: 'none' | 'waiting' | 'done';
  /** Whether and how it will be, or has been, called to the attention of people above. */
  escalation: 'none' | 'early' | 'late' | 'done';
  /** A person of the desk has worked on it. */
  seen: boolean;
  /** A report that is kept from the record of its outage; null = not decided. */
  apart: boolean | null;
  /** Owners that it still goes through. */
  passes: number;
  /** The second line has given it back. */
  returned: boolean;
  /** The customer has the solution; only the mark is missing. */
  solutionGiven: boolean;
  swarmed: boolean;
  answered: boolean;
  reopens: number;
  /** Grows with each change of situation, so that an appointment made for an older one lapses. */
  version: number;
  queued: boolean;
}

export interface IssueLink {
  readonly id: number;
  readonly ticket: SimTicket;
  readonly issueId: string;
  readonly issueKey: string;
  readonly createdAt: number;
  updatedAt: number;
}

export interface SimTool {
  readonly habit: ToolHabit;
  /** Account under which it writes; null = it never does. */
  readonly user: SimUser | null;
}

export interface FieldIds {
  readonly product: number;
  readonly topic: number;
  readonly severity: number;
  readonly cause: number;
  readonly tier: number;
  readonly secondCause: number;
  readonly junk: number;
  readonly escalation: number;
}

export interface World {
  readonly practices: Practices;
  readonly words: Vocabulary;
  readonly seed: string;
  readonly start: number;
  readonly now: number;
  readonly zone: Zone;
  /** Business hours; without a schedule everything counts round the clock. */
  readonly calendar: Calendar;
  readonly hasSchedule: boolean;
  readonly users: SimUser[];
  readonly admin: SimUser;
  readonly machineUser: SimUser | null;
  /** A program on an agent's seat. */
  readonly seatBot: SimUser | null;
  readonly agents: readonly SimAgent[];
  readonly groups: readonly SimGroup[];
  readonly organisations: readonly SimOrganisation[];
  readonly customers: readonly SimUser[];
  readonly articles: SimArticle[];
  readonly macros: readonly SimMacro[];
  readonly rules: readonly SimRule[];
  readonly policies: readonly SimPolicy[];
  readonly fields: FieldIds;
  readonly formId: number;
  readonly brandId: number;
  /** Tools beside the desk, in the order of its practices. */
  readonly tools: readonly SimTool[];
  readonly tickets: SimTicket[];
  readonly issueLinks: IssueLink[];
}
