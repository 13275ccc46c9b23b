import type { Holiday, WeeklyInterval } from './calendar.ts';
import type {
  AnsweringHabit,
  BacklogHabit,
  CauseHabit,
  EngineeringHabit,
  EscalationHabit,
  JoiningHabit,
  OutboundHabit,
  RoutingHabit,
  ServingHabit,
  SteeringHabit,
  ToolHabit,
  WritingHabit,
} from './habits.ts';
import type { AccountField, GroupRole, Priority } from './kinds.ts';
import type { Vocabulary } from './vocabulary.ts';

export { type GroupRole, PRIORITIES, type Priority } from './kinds.ts';

/** How a support organisation works, in the words of its people. Nothing here knows how it will be judged. */

export type Channel = 'email' | 'web' | 'chat' | 'native_messaging' | 'voice' | 'api';

export interface ArrivalPractice {
  readonly perWeek: number;
  /** 24 weights, local midnight first. */
  readonly byHour: readonly number[];
  /** 7 weights, Sunday first. */
  readonly byDay: readonly number[];
  readonly growthPerYear: number;
  readonly outagesPerMonth: number;
  readonly outageReports: number;
}

export interface GroupPractice {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly role: GroupRole;
  /** Its people answer customers themselves instead of giving a note back. Default: not those of role `side` and `engineering`. */
  readonly answers?: boolean;
}

/** People who work alike. */
export interface CrewPractice {
  readonly groups: readonly string[];
  readonly count: number;
  readonly zone: string;
  readonly weekly: readonly WeeklyInterval[];
  readonly skills: readonly string[];
  /** Share of the shift that goes into the queue; the rest is meetings, projects, other duties. */
  readonly attention: number;
  /** `dropIn`: colleagues from elsewhere who answer when they happen to look, so many times a week each. */
  readonly dropInPerWeek?: number;
  /** Reads and writes notes only. */
  readonly light?: boolean;
  /** Is called for urgent cases and looks at nothing else. */
  readonly onCall?: boolean;
  /** Share of looks that begin with the first of its groups; left out = whatever comes first by the practice of the desk. */
  readonly inside?: number;
  /** Gives priorities or owners to what comes, where the desk has that done by a person. Left out: anyone on shift does. */
  readonly dispatcher?: boolean;
}

export interface TopicPractice {
  readonly key: string;
  readonly title: string;
  readonly product: string;
  readonly weight: number;
  /** How bad it is for the customer when it happens. */
  readonly severity: Readonly<Record<Priority, number>>;
  /** Median minutes of work for one touch. */
  readonly minutes: number;
  /** Mean number of questions back to the customer. */
  readonly questions: number;
  readonly specialist: number;
  readonly bug: number;
  /** Group that knows this topic, when not the front line. */
  readonly group: string | null;
}

interface TierPractice {
  readonly name: string;
  readonly share: number;
  /** Tickets per organisation, relative. */
  readonly activity: number;
}

/** Where a promise holds; left out = everywhere. */
export interface PromiseScope {
  readonly channels?: readonly Channel[];
  readonly topics?: readonly string[];
}

export interface AcknowledgementPractice {
  /** As the desk wrote it. Left out: what the vocabulary says for `promise` and `edited`. */
  readonly text?: string;
  /** When a person answers, as the text says; null or left out = it says nothing of it. */
  readonly promise?: {
    readonly normalMinutes: number;
    readonly urgentMinutes: number;
    readonly businessHours: boolean;
  } | null;
  /** Without a promise: the desk changed the words that the vendor delivers. Default false. */
  readonly edited?: boolean;
  /** Default `requester_id`; the vendor's present default is the other. */
  readonly receiver?: 'requester_id' | 'requester_and_ccs';
}

export interface PromisePractice {
  readonly title: string;
  readonly description: string;
  /** Tier that it is made for; null = everyone. */
  readonly tier: string | null;
  readonly businessHours: boolean;
  /** Minutes by priority. */
  readonly firstReply: Readonly<Partial<Record<Priority, number>>>;
  readonly nextReply?: Readonly<Partial<Record<Priority, number>>>;
  readonly resolution?: Readonly<Partial<Record<Priority, number>>>;
  readonly editedDaysAgo: number;
  /** Urgent cases count every hour although the others count business hours. */
  readonly urgentEveryHour?: boolean;
  readonly scope?: PromiseScope;
}

export interface Practices {
  readonly key: string;
  readonly title: string;
  /** Words of everything that the desk names by itself; absent = English. Nothing is decided by a word. */
  readonly vocabulary?: Vocabulary;
  readonly account: { readonly subdomain: string; readonly plan: 'team' | 'professional' | 'enterprise' };
  readonly historyDays: number;
  /** Old tickets of another tool, imported within hours; null or left out = none. */
  readonly migration?: {
    readonly tickets: number;
    /** Days before now on which they were put in; within the history. */
    readonly daysAgo: number;
    /** Age of the oldest at that time, days. */
    readonly oldestDays: number;
  } | null;
  /** IANA zone of customers and office; `vendorZone` is how the helpdesk spells it. */
  readonly zone: string;
  readonly vendorZone: string;
  readonly hours: { readonly weekly: readonly WeeklyInterval[]; readonly holidays: readonly Holiday[] } | null;
  readonly arrivals: ArrivalPractice;
  readonly channels: Readonly<Partial<Record<Channel, number>>>;
  readonly groups: readonly GroupPractice[];
  readonly crews: readonly CrewPractice[];
  readonly topics: readonly TopicPractice[];
  readonly customers: {
    readonly organisations: number;
    readonly people: number;
    /** Share of people without an organisation. */
    readonly privateShare: number;
    /** Lowest first: the last one is the customers worth most, and the `premium` team is theirs. */
    readonly tiers: readonly TierPractice[];
    /** Share of organisations whose account page is kept up: renewal date, health. */
    readonly renewalKept: number;
    readonly healthKept: number;
    /** Fields exist on the account page, filled or not. */
    readonly accountFields: readonly AccountField[];
    /** Median days since the health of an account last changed. Default about 12. */
    readonly healthDays?: number;
    /** Share of organisations with a value of health whose value is the worst. Default 0.1. */
    readonly atRisk?: number;
    /** Share of organisations that are partners. Default 0.06. */
    readonly partners?: number;
  };
  readonly intake: {
    /** Mail that staff read first and then type or forward into the tool. */
    readonly forwarded: number;
    /** Share of forwarded mail that names the colleague, not the customer, as requester. */
    readonly forwardedAsSelf: number;
    readonly form: boolean;
    readonly productFilled: number;
    /** Share of what is filed that goes under the first product and topic of the list, whatever it is about. Default 0. */
    readonly filedAlike?: number;
    /** Fields without which the portal does not send a request. Left out: what the desk demands of every case, but for the cause. */
    readonly asked?: readonly ('product' | 'topic' | 'severity')[];
    readonly spam: number;
    readonly duplicates: number;
    /** Tickets a week that we open to tell customers before they ask. */
    readonly proactivePerWeek: number;
    readonly monitoring: {
      readonly tool: string;
      readonly perWeek: number;
      readonly selfClearing: number;
      /** Share of alerts that are incidents by the monitor's own word. Default 0. */
      readonly typed?: number;
      /** Share of alerts that somebody looks at. Default 1. */
      readonly actedOn?: number;
    } | null;
    /** Share of questions that an answer bot on the messaging channel deals with alone. */
    readonly botSolves: number;
    /** Word to the customer that the request has come; null = none. */
    readonly acknowledgement: AcknowledgementPractice | null;
    /** A program on an agent's seat that writes first replies through the interface, within a minute, at any hour. */
    readonly seatBot?: {
      /** Share of tickets of customers on which it does. */
      readonly firstReplies: number;
      /** Share of those that it solves at once. */
      readonly solves?: number;
    };
    /** Beside the form of support requests there is one for other things, with the vendor's own fields only. */
    readonly secondForm?: boolean;
    /** A field of the ticket that nobody fills. */
    readonly junkField?: boolean;
    readonly typesUsed: number;
    /** Type that every ticket has as it comes, whatever it is about. */
    readonly typePreset?: 'question' | 'incident';
  };
  readonly priorities: {
    /**
     * `severity`: a rule sets it from what the customer ticks. `customer`: whoever opens it chooses. `triage`: a person, before the case
     * is worked on. `answer`: whoever answers, with the answer. `preset`: normal for all. `never`: nobody.
     */
    readonly setBy: 'severity' | 'customer' | 'triage' | 'answer' | 'preset' | 'never';
    /** Share of customers who call everything urgent. */
    readonly inflated: number;
    readonly revised: number;
    /** The form asks how bad it is although the priority comes from elsewhere. */
    readonly severityAsked?: boolean;
  };
  /** What the next ticket is: by promise, by arrival, what lies on top of the pile, or value of the customer and promise. */
  readonly queue: 'promise' | 'arrival' | 'pile' | 'value';
  /**
   * `pull`: people take. `skill`: a rule gives it to someone present who knows the topic. `turns`: a rule deals out one by one among
   * those present. `dispatch`: a person gives it to someone.
   */
  readonly assignment: 'pull' | 'skill' | 'turns' | 'dispatch';
  readonly ownership: {
    /** Share of answered tickets that get a named owner. */
    readonly taken: number;
    /** Share of customer replies that wait for the owner rather than for anyone. */
    readonly kept: number;
    /** Handed to a colleague on shift when the owner goes home and the case is urgent. */
    readonly handedOn: number;
    /** Hours that a customer's word waits for an owner who is away before a colleague may take it. Default 26. */
    readonly patienceHours?: number;
  };
  readonly replies: {
    readonly macro: number;
    readonly article: number;
    readonly note: number;
    readonly noticeMinutes: number;
  };
  readonly escalation: {
    /** Where bugs go: an issue in the tracker, a group of engineers in the tool, a chat message, nowhere. */
    readonly engineering: 'issue' | 'group' | 'chat';
    readonly engineeringDays: number;
    /** Share of bugs that get a link to the tracker. */
    readonly linked: number;
    readonly updatesWhileWaiting: number;
    /** Share of hard cases on which people of other groups write notes the same day. */
    readonly swarm: number;
    readonly sideQuestions: number;
    readonly problems: boolean;
  };
  readonly closing: {
    /** Share of answered tickets that someone marks as solved. */
    readonly marked: number;
    readonly reminderDays: number | null;
    readonly givesUpDays: number | null;
    /**
     * Fields of its own that the desk demands before a ticket can be solved; given, the vendor's own required fields are marked so too.
     * Left out: what the form asks, and the cause where it is nearly always filled.
     */
    readonly required?: readonly ('product' | 'topic' | 'severity' | 'cause')[];
    readonly causeFilled: number;
    readonly reopens: number;
    readonly returnsAfterClose: number;
  };
  readonly survey: { readonly offered: number; readonly answered: number; readonly goodWhenFast: number } | null;
  readonly promises: readonly PromisePractice[];
  readonly teamPromises: boolean;
  /** Minutes for a team to solve or pass on, every hour counted. Default: two days. */
  readonly teamPromiseMinutes?: number;
  readonly knowledge: { readonly articles: number; readonly samples: number; readonly editsPerWeek: number } | null;
  readonly macros: number;
  readonly apps: readonly string[];
  /** Rules that somebody once made and nobody uses. */
  readonly deadRules: number;
  /** Somebody is told before a promise breaks. Left out: where the promise leads the work. */
  readonly promiseAlerts?: boolean;
  readonly escalating?: EscalationHabit;
  readonly serving?: ServingHabit;
  readonly routing?: RoutingHabit;
  readonly backlog?: BacklogHabit;
  readonly defects?: EngineeringHabit;
  readonly joining?: JoiningHabit;
  readonly outbound?: OutboundHabit;
  readonly steering?: SteeringHabit;
  readonly tools?: readonly ToolHabit[];
  readonly writing?: WritingHabit;
  readonly answering?: AnsweringHabit;
  readonly causes?: CauseHabit;
}
