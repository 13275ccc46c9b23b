import { join } from 'node:path';
import type { Sql } from '../database.ts';
import { textLiteral } from '../sql-values.ts';
import { businessMacros, countSlots } from '../views/business-day.ts';
import { isForPacks } from '../views/relation-builder.ts';
import { needsRareColumns, wordsOf } from '../views/ticket-columns.ts';

/** The two faces of the ticket view lie apart: most SQL does without the rare columns. */
const RARE = 'ticket_all_rare';
const PLAIN = 'ticket_all';
const DAYS = 'm_business_day';
const MACRO = 'business_s';

/**
 * Relations of one measurement, carried into files that a child can open while this process holds the store: each when the first pack names it,
 * once, in a database file of its own. The statements that a child needs to see them under their names come back.
 */
export class CarriedRelations {
  readonly #folder: string;
  readonly #stem: string;
  readonly #files = new Map<string, string>();

  /** `stem` tells the files of this measurement from those of others in the folder. */
  constructor(folder: string, stem: string) {
    this.#folder = folder;
    this.#stem = stem;
  }

  /** Alias and path of all that was carried so far. */
  get files(): readonly (readonly [string, string])[] {
    return [...this.#files].map(([name, path]) => [aliasOf(name), path]);
  }

  /** Carries what `tables` and the words of `text` name; the relations were made before. Gives the views over them. */
  async carry(sql: Sql, tables: ReadonlySet<string>, text: string): Promise<readonly string[]> {
    const views: string[] = [];
    const asView = (name: string, source: string): number =>
      views.push(`CREATE OR REPLACE TEMP VIEW ${name} AS ${source}`);
    const isTicket = tables.has('ticket_all') || tables.has('ticket_h');
    if (isTicket) {
      const face = needsRareColumns(text) ? RARE : PLAIN;
      await this.#copy(sql, face, PLAIN);
      asView('ticket_all', `SELECT * FROM ${aliasOf(face)}.${face}`);
      asView('ticket_h', `SELECT * FROM ticket_all WHERE population = 'human'`);
    }
    for (const name of tables) {
      if (!isForPacks(name) || name === 'ticket_all' || name === 'ticket_h' || name === MACRO) continue;
      await this.#copy(sql, name, name);
      asView(name, `SELECT * FROM ${aliasOf(name)}.${name}`);
    }
    if (wordsOf(text).has(MACRO)) {
      await this.#copy(sql, DAYS, DAYS);
      asView(DAYS, `SELECT * FROM ${aliasOf(DAYS)}.${DAYS}`);
      views.push(...businessMacros(await countSlots(sql)).map(replacing));
    }
    return views;
  }

  async #copy(sql: Sql, name: string, source: string): Promise<void> {
    if (this.#files.has(name)) return;
    const path = join(this.#folder, `${this.#stem}-${name}.duckdb`);
    // Names of attached files are common to all connections of the engine.
    const alias = `${aliasOf(name)}_${this.#stem.replaceAll('-', '_')}`;
    await sql.run(`ATTACH ${textLiteral(path)} AS ${alias}`);
    try {
      await sql.run(`CREATE TABLE ${alias}.${name} AS SELECT * FROM ${source}`);
    } finally {
      await sql.run(`DETACH ${alias}`);
    }
    this.#files.set(name, path);
  }
}

function aliasOf(name: string): string {
  return `carried_${name}`;
}

function replacing(statement: string): string {
  return statement.replace('CREATE TEMP MACRO', 'CREATE OR REPLACE TEMP MACRO');
}
