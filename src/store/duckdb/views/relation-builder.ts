import { TABLE_NAMES } from '../../../domain/telemetry.ts';
import type { Sql } from '../database.ts';
import { instantLiteral } from '../sql-values.ts';

export interface Span {
  readonly asOf: Date;
  readonly horizon: Date;
}

export class RelationBuilder {
  readonly #span: Span;
  #done = false;
  constructor(span: Span) {
    this.#span = span;
  }
  async make(sql: Sql, _text: string): Promise<void> {
    if (this.#done) return;
    this.#done = true;
    const asOf = instantLiteral(this.#span.asOf);
    for (const name of TABLE_NAMES) {
      if (name === 'ticket')
        await sql.run(`CREATE TEMP VIEW ticket_all AS SELECT * FROM telemetry.ticket WHERE created_at < ${asOf}`);
      else await sql.run(`CREATE TEMP VIEW ${name} AS SELECT * FROM telemetry.${name}`);
    }
  }
}
