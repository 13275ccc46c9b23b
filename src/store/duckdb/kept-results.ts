import type { KeptResult } from '../ports.ts';
import type { Session } from './database.ts';

/**
 * Results of the telemetry as it is now, for who asks for the same again. Whatever is written to the telemetry removes them first, so that none
 * outlives what it was made of, wherever a process is killed. One program never reads what another one kept.
 */
export class KeptResults {
  readonly #session: Session;
  readonly #program: () => Promise<string | null>;
  readonly #readonly: boolean;
  /** Counts writes of this process, which alone holds the store. */
  #writes = 0;
  /** An earlier process may have kept something. */
  #any = true;

  constructor(
    session: Session,
    options: { readonly program: () => Promise<string | null>; readonly readonly: boolean },
  ) {
    this.#session = session;
    this.#program = options.program;
    this.#readonly = options.readonly;
  }

  /** Removes all; called before each write of telemetry. */
  async drop(): Promise<void> {
    this.#writes += 1;
    if (!this.#any) return;
    await this.#session.rows('DELETE FROM store.kept_result');
    this.#any = false;
  }

  async of(key: string): Promise<KeptResult> {
    const writes = this.#writes;
    const program = await this.#program();
    if (program === null) return { text: null, keep: async () => undefined };
    const [row] = await this.#session.rows(
      'SELECT body FROM store.kept_result WHERE key = $key AND program = $program',
      {
        key,
        program,
      },
    );
    return {
      text: row === undefined ? null : String(row.body),
      keep: (text) => this.#keep({ key, program, text }, writes),
    };
  }

  /** Of one store only the latest is kept: a few hundred kilobytes. */
  async #keep({ key, program, text }: { key: string; program: string; text: string }, writes: number): Promise<void> {
    if (this.#readonly || this.#writes !== writes) return;
    this.#any = true;
    await this.#session.transaction(async (sql) => {
      // A write that came while this waited for its turn has removed what there was, and this is of before it.
      if (this.#writes !== writes) return;
      await sql.run('DELETE FROM store.kept_result');
      await sql.rows('INSERT INTO store.kept_result VALUES ($key, $program, $text)', { key, program, text });
    });
  }
}
