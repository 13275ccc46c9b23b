import type { ColumnProfile } from './profile.ts';
import { channelOf, flagOf, priorityOf, statusOf, typeOf } from './vocabulary.ts';

/** Words of a header that name a field, best first. Matched against the header in lower case, separators as blanks. */
const NAMES: Readonly<Record<string, readonly RegExp[]>> = {
  id: [
    /^(ticket|case|incident|issue|request)?[ ]?(number|id|key|no)$/,
    /(ticket|case|incident|issue).*(number|id|key)/,
    /^(number|id|key)$/,
  ],
  created_at: [
    /^(opened|created|reported|submitted|raised)( at| on| date| time)*$/,
    /(open|creat|report|submit).*(at|date|time|on)$/,
  ],
  at: [/(updated|modified|changed|event|timestamp|log).*/, /^(time|date|at)$/],
  solved_at: [/^(resolved|solved|resolution)( at| on| date| time)*$/, /(resol|solv).*(at|date|time|on)$/],
  closed_at: [/^(closed|closure|close)( at| on| date| time)*$/, /clos.*(at|date|time|on)$/],
  first_reply_at: [/first (reply|response|responded|replied).*/],
  updated_at: [/^(last )?(updated|modified|changed)( at| on| date| time)*$/],
  status: [/^(incident |ticket |case )?(state|status)$/, /(state|status)$/],
  priority: [/^priority$/, /priority$/],
  severity: [/^severity$/, /^impact$/],
  channel: [/^(channel|contact type|source|origin|via)$/, /(channel|contact type)/],
  type: [/^(ticket |case |issue |request )?type$/],
  group: [/^(assignment group|assigned group|group|team|queue)( name| id)?$/, /(group|team|queue)/],
  assignee: [/^(assigned to|assignee|owner|agent)( name| id)?$/, /(assign|owner)/],
  requester: [/^(caller|requester|customer|reporter|contact|requestor)( name| id| email)?$/],
  organisation: [/^(organi[sz]ation|account|company)( name| id)?$/],
  category: [/^category$/, /^(topic|area)$/],
  product: [/^(product|service|cmdb ci|configuration item)( name| id)?$/],
  cause_code: [/^(closed code|close code|closure code|resolution code|resolution|root cause|cause)( code)?$/],
  problem: [/^problem( id| number)?$/],
  reopens: [/re-?open.*(count)?/],
  reassignments: [/re-?assign.*(count)?/],
  replies: [/(repl|response).*count/],
  actor_id: [/(updated|changed|modified) by$/, /^(actor|author|user)( id)?$/],
};

export function headerWords(column: string): string {
  return column
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[_.\-/]+/g, ' ')
    .replace(/^(sys|u|x|fields) /, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Columns whose header names the field, best first. */
export function namedLike(field: string, columns: readonly ColumnProfile[]): ColumnProfile[] {
  const found: { column: ColumnProfile; rank: number }[] = [];
  for (const column of columns) {
    const rank = (NAMES[field] ?? []).findIndex((pattern) => pattern.test(headerWords(column.column)));
    if (rank >= 0) found.push({ column, rank });
  }
  return found.sort((a, b) => a.rank - b.rank).map((one) => one.column);
}

type Canonical = string | number | boolean;

/** Reading of a column's words under a vocabulary: known words with their meaning, and those that are not in it. */
export interface Translation {
  readonly values: ReadonlyMap<string, Canonical>;
  readonly open: readonly { readonly value: string; readonly n: number }[];
  /** Share of rows whose word is known. */
  readonly share: number;
}

const VOCABULARIES: Readonly<Record<string, (word: string) => Canonical | null>> = {
  status: statusOf,
  priority: priorityOf,
  channel: channelOf,
  type: typeOf,
  flag: flagOf,
};

/** Translates the commonest words of a column; null when it has too many different ones to be a vocabulary. */
export function translateWords(field: string, column: ColumnProfile): Translation | null {
  const read = VOCABULARIES[field];
  if (read === undefined || column.distinct > 30 || column.known === 0) return null;
  const values = new Map<string, Canonical>();
  const open: { value: string; n: number }[] = [];
  let hit = 0;
  for (const { value, n } of column.top) {
    const meaning = read(value);
    if (meaning === null) open.push({ value, n });
    else {
      values.set(value, meaning);
      hit += n;
    }
  }
  return { values, open, share: hit / column.known };
}

/** One choice of the wizard: the field, the column and what in the data speaks for it. */
export interface Choice {
  /** Path in the mapping file, e.g. `ticket.created_at`. */
  readonly target: string;
  readonly column: string;
  readonly why: string;
  readonly translation?: Translation;
  readonly backFilled?: boolean;
  readonly runningTotal?: boolean;
  readonly lastRowOnly?: boolean;
}
