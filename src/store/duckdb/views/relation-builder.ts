import type { Meaning } from '../../../domain/meaning.ts';
import type { SourcesBeside } from '../../sources-beside.ts';
import type { Sql } from '../database.ts';
import { instantLiteral } from '../sql-values.ts';
import { desksOnly } from './desks-only.ts';
import { RELATIONS } from './index.ts';
import type { Relation, SpanSql } from './relation.ts';
import { ticketViews } from './ticket-all.ts';
import { needsRareColumns, wordsOf } from './ticket-columns.ts';
import { readWholeOnly } from './unread.ts';

const BY_NAME: ReadonlyMap<string, Relation> = new Map(RELATIONS.map((relation) => [relation.name, relation]));

/** Whether a name is that of a relation that rule packs may read. */
export function isForPacks(name: string): boolean {
  return BY_NAME.has(name) && !name.startsWith('m_');
}

/** What people told of the workspace. */
export interface Told {
  readonly meanings: readonly Meaning[];
  /** What stands beside the desks: none of its rows is in any relation, but what is joined to those of the desks. */
  readonly sources: SourcesBeside;
}

/** Makes the relations that a query mentions, each once in the life of a measurement. */
export class RelationBuilder {
  readonly #span: Omit<SpanSql, 'whole'>;
  #whole: SpanSql['whole'] | null = null;
  readonly #desks: (sql: Sql) => Sql;
  readonly #made = new Set<string>();
  #rare = false;

  constructor(
    span: { readonly asOf: Date; readonly horizon: Date; readonly settled?: boolean },
    { meanings, sources }: Told,
  ) {
    const { asOf, horizon, settled = false } = span;
    this.#span = { asOf: instantLiteral(asOf), horizon: instantLiteral(horizon), settled, meanings, sources };
    this.#desks = desksOnly([...sources.engineering.map(({ name }) => name), ...sources.customers].toSorted());
  }

  /** Any word of the text that is the name of a relation counts as a mention: too many are made rather than too few. */
  async make(any: Sql, text: string): Promise<void> {
    const sql = { desks: this.#desks(any), any };
    const words = wordsOf(text);
    for (const word of words) {
      const relation = BY_NAME.get(word);
      if (relation !== undefined && !this.#made.has(word)) await this.#build(sql, relation);
    }
    if (words.has('ticket_all') || words.has('ticket_h')) await this.#fitTicketViews(sql.desks, needsRareColumns(text));
  }

  async #fitTicketViews(sql: Sql, rare: boolean): Promise<void> {
    if (rare === this.#rare) return;
    for (const statement of ticketViews(rare)) await sql.run(statement);
    this.#rare = rare;
  }

  async #build(sides: { readonly desks: Sql; readonly any: Sql }, relation: Relation): Promise<void> {
    const sql = relation.ofAll === true ? sides.any : sides.desks;
    const needs = typeof relation.needs === 'function' ? await relation.needs(sql) : relation.needs;
    for (const name of needs) {
      const needed = BY_NAME.get(name);
      if (needed !== undefined && !this.#made.has(name)) await this.#build(sides, needed);
    }
    this.#whole ??= await readWholeOnly(sides.desks);
    for (const statement of await relation.make({ ...this.#span, whole: this.#whole }, sql)) await sql.run(statement);
    this.#made.add(relation.name);
  }
}
