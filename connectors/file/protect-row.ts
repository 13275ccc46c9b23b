import {
  type ColumnVerdict,
  classifyColumn,
  guardValue,
  isAlwaysHashed,
  type PrivateKind,
} from '../../src/domain/privacy/label-privacy.ts';
import { UNSET_WORDS } from './missing-words.ts';
import type { Binding, Plan, Value } from './plan.ts';
import { NO_ONE } from './read-value.ts';
import type { Pseudonymise, SourceRow } from './source-row.ts';
import { known } from './sql.ts';
import type { Stage } from './stage.ts';

/** How the values of one bound column are stored, and why. */
export interface KeptColumn {
  readonly target: string;
  readonly column: string;
  readonly keep: 'clear' | 'hash';
  /** What the values look like, when that is the reason; null when the mapping or the target asks for it. */
  readonly looksLike: PrivateKind | null;
  /** The mapping asked for clear text and does not get it. */
  readonly refused: boolean;
  /** Tickets whose value is hashed alone in a column that stays clear, and what the first of them looks like. */
  readonly alone: { readonly n: number; readonly looksLike: PrivateKind } | null;
}

/** A row as it may be stored: personal text replaced by keyed hashes. */
export type Protect = (row: SourceRow, hash: Pseudonymise) => SourceRow;

/** Ids of other records: they do not repeat by nature, and must stay the same text wherever they stand. */
const IDS = new Set(['ticket.id', 'ticket.problem', 'ticket.follow_up_of', 'ticket.merged_into']);
/** Ids of tickets of the same file. */
const TICKET_IDS = ['ticket.id', 'ticket.follow_up_of', 'ticket.merged_into'];
/** Distinct values that are looked at, commonest first. */
const LOOKED_AT = 2_000;

function isStored(one: Binding): boolean {
  if (one.column === null || one.target.startsWith('ticket.filled.')) return false;
  return one.kind === 'key' || one.kind === 'word' || one.kind === 'identity';
}

function wishOf(plan: Plan, one: Binding): 'hash' | 'id' | 'clear' | null {
  const [part, field] = one.target.split('.');
  const section: unknown = part === 'ticket' ? plan.mapping.ticket : part === 'events' ? plan.mapping.events : null;
  const spec = (section as Record<string, unknown> | null | undefined)?.[field ?? ''];
  const wish = typeof spec === 'object' && spec !== null ? (spec as { as?: unknown }).as : undefined;
  return wish === 'hash' || wish === 'id' || wish === 'clear' ? wish : null;
}

async function profileOf(stage: Stage, one: Binding, key: string) {
  const empty = one.clears ? [...one.missing, ...UNSET_WORDS] : one.missing;
  const rows = await stage.query(
    `select v, n, count(*) over () as different, cast(sum(n) over () as double) as filled from (
       select ${known(one.column ?? '', empty)} as v, count(distinct ${key}) as n from raw group by 1)
     where v is not null order by n desc, v limit ${LOOKED_AT}`,
  );
  return {
    header: one.column ?? '',
    values: rows.map((row) => ({ value: String(row.v), n: Number(row.n) })),
    distinct: Number(rows[0]?.different ?? 0),
    filled: Number(rows[0]?.filled ?? 0),
  };
}

function settle(plan: Plan, one: Binding, verdict: ColumnVerdict): KeptColumn {
  const { target } = one;
  const column = one.column ?? '';
  const wish = wishOf(plan, one);
  const say = (keep: KeptColumn['keep'], looksLike: PrivateKind | null, refused = false): KeptColumn => ({
    target,
    column,
    keep,
    looksLike,
    refused,
    alone: null,
  });
  if (wish === 'hash') return say('hash', null);
  if (verdict.keep === 'clear') return say('clear', null);
  const always = isAlwaysHashed(verdict.looksLike);
  // Digits with signs between them are what ids look like.
  if (IDS.has(target) && (!always || verdict.looksLike === 'telephone numbers')) return say('clear', null);
  if (wish !== null && !always) return say('clear', null);
  return say('hash', verdict.looksLike, wish !== null);
}

function aloneOf(values: readonly { value: string; n: number }[], target: string): KeptColumn['alone'] {
  const role = IDS.has(target) ? 'id' : 'label';
  const guarded = values.flatMap(({ value, n }) => {
    const looksLike = guardValue(value, role);
    return looksLike === null ? [] : [{ n, looksLike }];
  });
  const [first] = guarded;
  return first === undefined ? null : { n: guarded.reduce((sum, one) => sum + one.n, 0), looksLike: first.looksLike };
}

/**
 * Decides column by column what is stored in clear (src/domain/privacy/label-privacy.ts says by which rule), from the values of the whole file;
 * a value counts once for each ticket that has it. Columns that are hashed by nature (requester, links) are listed with `looksLike` null.
 */
export async function decidePrivacy(stage: Stage, plan: Plan, key: string): Promise<KeptColumn[]> {
  const kept: KeptColumn[] = [];
  for (const one of plan.bindings) {
    if (!isStored(one)) continue;
    const { target, column } = one;
    if (one.hashed) {
      kept.push({ target, column: column ?? '', keep: 'hash', looksLike: null, refused: false, alone: null });
      continue;
    }
    const profile = await profileOf(stage, one, key);
    const settled = settle(plan, one, classifyColumn(profile));
    kept.push(settled.keep === 'hash' ? settled : { ...settled, alone: aloneOf(profile.values, one.target) });
  }
  const hashedId = kept.find((one) => one.target === 'ticket.id' && one.keep === 'hash');
  if (hashedId === undefined) return kept;
  return kept.map((one) =>
    TICKET_IDS.includes(one.target) ? { ...one, keep: 'hash', looksLike: one.looksLike ?? hashedId.looksLike } : one,
  );
}

/** Applies the decisions to single rows, with a guard over every value that stays: one mail address among labels is hashed alone. */
export function createProtect(plan: Plan, kept: readonly KeptColumn[]): Protect {
  const hashed = new Set(kept.filter((one) => one.keep === 'hash').map((one) => one.target));
  const stored = plan.bindings.filter((one) => isStored(one) && !one.hashed);
  const words = plan.bindings.filter((one) => one.column !== null && one.kind === 'choice');
  const seen = new Map<string, boolean>();
  const isPersonal = (text: string, role: 'label' | 'id'): boolean => {
    const key = `${role}${text}`;
    const before = seen.get(key);
    if (before !== undefined) return before;
    if (seen.size > 100_000) seen.clear();
    const found = guardValue(text, role) !== null;
    seen.set(key, found);
    return found;
  };
  const protectValue = (one: Binding, row: SourceRow, value: string, hash: Pseudonymise): string => {
    const role = IDS.has(one.target) ? 'id' : 'label';
    // A word that the mapping translates is the user's own label.
    const own = one.values?.has((row.words[one.target] ?? '').toLowerCase()) === true;
    return (hashed.has(one.target) && !own) || isPersonal(value, role) ? hash('reference', value) : value;
  };
  return (row, hash) => {
    const values: Record<string, Value | null> = { ...row.values };
    const texts: Record<string, string | null> = { ...row.words };
    for (const one of stored) {
      const value = values[one.target];
      if (typeof value === 'string' && value !== NO_ONE) values[one.target] = protectValue(one, row, value, hash);
    }
    for (const one of words) {
      const text = texts[one.target];
      if (typeof text !== 'string') continue;
      const listed = one.values?.has(text.toLowerCase()) === true;
      const kind = guardValueOfWord(text, listed);
      if (kind) texts[one.target] = hash('reference', text);
    }
    const key = values['ticket.id'];
    return { ...row, key: typeof key === 'string' ? key : row.key, values, words: texts };
  };

  function guardValueOfWord(text: string, listed: boolean): boolean {
    if (!listed) return isPersonal(text, 'label');
    // A listed word was written down by a person as a label: only what can never be one is hashed.
    const kind = guardValue(text);
    return kind === 'mail addresses' || kind === 'telephone numbers';
  }
}
