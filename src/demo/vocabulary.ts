import type { AccountField, GroupRole, Priority, Subject } from './kinds.ts';

/**
 * The words of a desk: everything that its people named, as opposed to what they do. Two desks with the same practices and seed and
 * different vocabularies live the same life; only what their interface shows reads differently. Nothing in the simulation looks at a
 * word. `{name}` in a template is filled in.
 */
export interface Vocabulary {
  readonly key: string;
  /** As the help centre writes it, `en-us`. */
  readonly locale: string;
  /** What the company calls itself; null = by the title of the practices. */
  readonly brand: string | null;
  readonly tiers: TierWords;
  readonly groups: Readonly<Record<GroupRole, readonly GroupWords[]>>;
  /** Option values; a desk takes as many as it has products. */
  readonly products: readonly string[];
  readonly topics: readonly string[];
  readonly fields: FieldWords;
  /** Keys and titles of the fields of an organisation. */
  readonly accountFields: Readonly<Record<AccountField, { readonly key: string; readonly title: string }>>;
  /** Values of the health of an account, best first. */
  readonly health: readonly [string, string, string];
  /** Who looks after an account. */
  readonly owner: string;
  readonly escalation: EscalationWords;
  /** Labels of the built-in statuses. */
  readonly statuses: Readonly<Record<StatusCategory, string>>;
  readonly bots: {
    /** Display name of the program on an agent's seat. */
    readonly seat: string;
    /** Display name of the program that answers as an end user. */
    readonly guest: string;
  };
  /** Local parts of the addresses of the monitoring tool and of the desk. */
  readonly mailboxes: { readonly machine: string; readonly desk: string };
  /** Display name of the monitoring tool; null = the tool's own. */
  readonly monitoringTool: string | null;
  readonly tags: Readonly<Record<TagUse, string | null>>;
  readonly rules: Readonly<Record<RuleUse, string>>;
  /** Titles `{topic}` and what the macro is for. */
  readonly macros: readonly string[];
  /** `cut`: `{subject}`. */
  readonly views: Readonly<Record<'own' | 'unassigned' | 'byPromise' | 'old' | 'cut', string>>;
  /** What rules and views look at. */
  readonly subjects: Readonly<Record<Subject, string>>;
  readonly forms: readonly [string, string];
  readonly schedule: string;
  readonly skills: readonly [string, string];
  readonly articles: readonly string[];
  readonly promises: PromiseWords;
  readonly mails: MailWords;
  readonly texts: TextWords;
}

type StatusCategory = 'new' | 'open' | 'pending' | 'hold' | 'solved';

/** Where the tier of a customer can be read, and by which of these rules and policies select. */
export type TierPlace = 'org_field' | 'org_tag' | 'ticket_field';

interface TierWords {
  /** Lowest first. A desk with fewer tiers takes the lowest, the highest and evenly between. */
  readonly names: readonly string[];
  /** `org_field` shows only where the practice keeps that field (`customers.accountFields`). */
  readonly shownOn: readonly TierPlace[];
  readonly selectedBy: TierPlace;
  /** What stands around the name in a tag: `tier_` makes `tier_gold`. */
  readonly prefix: string;
  readonly suffix: string;
  /** The lowest tier bears its tag too. */
  readonly lowestTagged: boolean;
}

interface GroupWords {
  readonly name: string;
  readonly description: string;
}

interface FieldWords {
  readonly product: string;
  readonly topic: string;
  readonly severity: string;
  readonly severityOptions: Readonly<Record<Priority, string>>;
  readonly cause: string;
  /** Wrong use, wrong setting, defect, wish. */
  readonly causeOptions: readonly [string, string, string, string];
  readonly secondCause: string;
  readonly secondCauseOptions: readonly [string, string, string, string];
  /** A field that somebody once made and that says nothing. */
  readonly junk: string;
  readonly junkOptions: readonly [string, string, string];
  /** Tier on the ticket. */
  readonly tier: string;
  /** Title of the field that marks an escalation, where a field does. */
  readonly escalation: string;
}

/** How an escalation is marked, and its word: the tag, the title of the field, the label of the status. */
interface EscalationWords {
  readonly as: 'tag' | 'checkbox' | 'dropdown' | 'status';
  readonly word: string;
  /** Dropdown only: the value of an ordinary ticket is never set; these are the values of an escalated one. */
  readonly options: readonly [string, string];
}

/** Tags that people or rules of the desk put; null = the desk has none for this. `outage` and `check` are followed by a number. */
type TagUse =
  | 'swarm'
  | 'proactive'
  | 'engineering'
  | 'outage'
  | 'reminded'
  | 'botOffered'
  | 'botSolved'
  | 'alert'
  | 'check'
  | 'old'
  | 'imported';

type RuleUse =
  | 'acknowledge'
  | 'notifyTeam'
  | 'priority'
  | 'route'
  | 'routeTier'
  | 'routeRest'
  | 'skill'
  | 'bot'
  | 'dueSoon'
  | 'remind'
  | 'giveUp'
  | 'survey'
  | 'close'
  | 'tierField'
  | 'dead'
  | 'webhook'
  | 'turns'
  | 'escalate'
  | 'complaint'
  | 'watch';

interface PromiseWords {
  /** `{tier}`. */
  readonly tierTitle: string;
  readonly tierDescription: string;
  readonly everyoneTitle: string;
  readonly everyoneDescription: string;
  readonly teamTitle: string;
  readonly teamDescription: string;
}

interface MailWords {
  readonly received: string;
  /** Acknowledgement as the vendor delivers it. */
  readonly receivedDefault: string;
  /** Acknowledgement that says when a person answers: `{normal}`, `{urgent}`. */
  readonly receivedPromise: string;
  /** Acknowledgement in the desk's own words, without a promise. */
  readonly receivedPlain: string;
  /** Spans of time: `{count}`. */
  readonly minutes: string;
  readonly hours: string;
  readonly businessHours: string;
  readonly newRequest: string;
  readonly newRequestText: string;
  readonly dueSoon: string;
  readonly dueSoonText: string;
  readonly stillThere: string;
  readonly stillThereText: string;
  readonly suggested: string;
  readonly suggestedText: string;
  readonly survey: string;
  readonly macro: string;
}

export type Utterance =
  | 'open'
  | 'question'
  | 'answer'
  | 'solution'
  | 'chase'
  | 'thanks'
  | 'again'
  | 'handover'
  | 'swarm'
  | 'update'
  | 'reminder'
  | 'engineering'
  | 'alert'
  | 'clear'
  | 'outbound'
  | 'bot'
  | 'side'
  | 'escalate'
  | 'complaint'
  | 'review'
  | 'joined'
  | 'tool';

interface TextWords {
  /** Sentences of a conversation; `{topic}`. */
  readonly sentences: Readonly<Record<Utterance, readonly string[]>>;
  /** `{sentence}`. */
  readonly greeting: string;
  /** `{name}`, `{email}`. */
  readonly signature: string;
  /** `{phrase}`, `{phone}`: carries the canaries. */
  readonly reference: string;
  /** `{topic}`, `{name}`. */
  readonly subject: string;
  /** `{url}`. */
  readonly see: string;
  /** `{url}`. */
  readonly linked: string;
}

/** Fills `{name}` in a template; a name without a value stays as it is. */
export function fillWords(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** A word as an option value or tag: lower case, letters and digits of any script, `_` between. */
export function slugOf(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
}

/** The tags that the desk has, of those it might have. */
export function listTags(...tags: readonly (string | null)[]): string[] {
  return tags.filter((tag) => tag !== null);
}
