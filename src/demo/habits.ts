import type { Subject } from './kinds.ts';

/** Habits that a desk may have beyond its basic practices. What is left out is not practised, or is done as it always was. All shares are 0 to 1. */

/** A case is called to the attention of people above; handing it to the next line is not meant. */
export interface EscalationHabit {
  /** Share of hard, severe or defect cases that are escalated. */
  readonly share: number;
  /** Who does it, by weight: somebody on shift, a rule on the time left, the customer by a complaint. */
  readonly by: { readonly agent?: number; readonly rule?: number; readonly customer?: number };
  /** Share that bears the desk's mark of an escalation; what that is, its vocabulary says. */
  readonly marked: number;
  /** Share on which the priority, where there is one, goes up by a grade with it. Default 0. */
  readonly raises?: number;
  /** Share that moves to the team of role `escalation`, where there is one. */
  readonly moves: number;
  /** Share with a private note that says why, in the same update or minutes later. */
  readonly reason: number;
  /** Share with a named person of the receiving team. */
  readonly owner: number;
  /** Share done before a target breaks and before a complaint; the others follow a complaint or a missed target. */
  readonly early: number;
  /** Share on which all open cases of the account, or of the problem, go along within minutes. */
  readonly together: number;
  /** Accounts looked at in a week, those with most open work first: all their open cases are escalated in one go. */
  readonly accountReviewsPerWeek?: number;
}

/** What leads beside promise and arrival. */
export interface ServingHabit {
  /** Head start of each tier over the one below it, minutes of open time. */
  readonly tierLeadMinutes?: number;
  /** Head start of each grade of true severity over the one below it, minutes of open time. */
  readonly severityLeadMinutes?: number;
  /** Plans have promises of their own, and the line goes by what is promised to everyone. */
  readonly plansOnPaper?: boolean;
  /** Head start of customers whose health is the worst, minutes of open time. */
  readonly atRiskLeadMinutes?: number;
  /** Share of looks at which whoever finished a case takes another one of the same account, when one waits. */
  readonly batching?: number;
}

export interface RoutingHabit {
  /** Share of first touches on which the taker gives the case to a colleague of the same group. */
  readonly reassigned?: number;
  /** Share of cases given by a rule also to somebody who is not there. Default 0: they wait for whoever comes. */
  readonly alsoAbsent?: number;
  /** Share of cases that come while nobody is there and that a rule gives at once to those who come first. Default 0: they wait for whoever comes. */
  readonly ahead?: number;
  /** Median minutes that a dispatcher or triage person needs, within their shift. Default 6. */
  readonly dispatchMinutes?: number;
  /** Share of cases that the second line gives back to the first, unsolved. */
  readonly returned?: number;
  /** Share of tickets of the best tier that really reach the premium team. Default 1. */
  readonly premiumReach?: number;
}

export interface BacklogHabit {
  /** Share of cases open for more than a week, and not waiting for the customer, that somebody takes up in a week, with a note. */
  readonly reviewed?: number;
  /** Share of tickets that nobody ever looks at again after they came or came back. */
  readonly abandoned?: number;
  /** Now and then everything old is solved at once, without a word. */
  readonly massClose?: { readonly perQuarter: number; readonly olderThanDays: number };
}

export interface EngineeringHabit {
  /** Share of linked cases on which an engineer writes a note, and its median days. Default: one when it is ready. */
  readonly notes?: number;
  readonly noteDays?: number;
  /** Share of finished defects of which the customer is told. Default 1. */
  readonly told?: number;
  /** Median days between the fix and the word to the customer. Default: as soon as somebody takes the case up. */
  readonly toldDays?: number;
  /** Share of defect cases, outages apart, that hang on a problem record of their topic. */
  readonly onProblems?: number;
  /** Share of cases on a problem record that end with a word to the customer when it does. Default 1. */
  readonly toldOnProblems?: number;
  /** Share of outage reports that hang on the problem record. Default 1. */
  readonly reportsAttached?: number;
}

/** Work of several people on one case. */
export interface JoiningHabit {
  /** Share of severe cases and defects on which people of other groups write notes the same day; the owner stays. */
  readonly severe?: number;
  /** Share of all cases on which somebody of a group outside support writes a note, by the key of that group. */
  readonly outside?: Readonly<Record<string, number>>;
  /** Share of hard cases that go from person to person: so many more owners each. */
  readonly passedRound?: number;
}

export interface OutboundHabit {
  /** Share of organisations to which somebody writes first in a quarter. */
  readonly organisationsPerQuarter?: number;
  /** Share of organisations to which somebody writes in the ninety days before their contract renews. */
  readonly beforeRenewals?: number;
  /** Share of organisations to which somebody writes within days of their health turning to the worst. */
  readonly onFallingHealth?: number;
  /** Notices to many organisations within the hour. */
  readonly noticesPerQuarter?: number;
  /** Share of outages that a monitor reports, with word to affected customers, before they ask. Needs monitoring. */
  readonly outagesToldFirst?: number;
}

/** What rules and shared views look at, beside groups, promises and intake. */
export interface SteeringHabit {
  readonly rules?: readonly Subject[];
  /** Left out: one view by promise and one of old work for each group where the promise leads; empty: only the vendor's own. */
  readonly views?: readonly Subject[];
}

type ToolKind = 'collaboration' | 'telephony' | 'crm' | 'tracker' | 'monitoring' | 'survey' | 'quality';
/** A tool beside the desk. Its name and account are words; what it does is told here. */
export interface ToolHabit {
  readonly name: string;
  readonly kind: ToolKind;
  /** Listed among the installed apps. */
  readonly installed: boolean;
  /** Address that rules of the desk call; null = none. */
  readonly webhook: string | null;
  /** Share of cases on which a rule calls that address. */
  readonly pushed: number;
  /** Share of cases on which an account of the tool writes a private note through the interface. */
  readonly notes: number;
}

/** Who writes and mends articles. */
export interface WritingHabit {
  /** Share of agents who write; the others never do. Default 1. */
  readonly writers?: number;
  /** Share of solved cases from which an article is written and linked. */
  readonly fromCases?: number;
  /** Age of the oldest part of the library at the first day, days. Default 300. */
  readonly ageDays?: number;
  /** Share of the library that grows during the history. Default 0.3. */
  readonly recent?: number;
}

export interface AnsweringHabit {
  /** Share of cases whose first reply asks for basics. Left out: by topic. */
  readonly asksFirst?: number;
  /** Share of questions after which the case stays open instead of pending. */
  readonly asksStayOpen?: number;
  /** Share of solutions that leave the case pending; the customer's word, a rule or a second look solves it. */
  readonly pendingAfterSolution?: number;
  /** Share of cases solved without a word, note or call. */
  readonly silent?: number;
  /** Share of unclassified cases that get product and topic when they are solved. */
  readonly classified?: number;
}

export interface CauseHabit {
  /** Share of urgent and high cases solved with a cause that a person chose. Others: `closing.causeFilled`. */
  readonly severe?: number;
  /** Share of cases that get the first option as they come, unless somebody changes it. */
  readonly preset?: number;
  /** Share of causes that go into a second field instead of the first. */
  readonly second?: number;
}
