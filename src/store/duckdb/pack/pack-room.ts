import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PackLimits, SqlValue } from '../../../domain/sql-session.ts';
import type { Sql } from '../database.ts';
import { CarriedRelations } from './carried-relations.ts';
import type { PackChild } from './child-process.ts';
import { engineFailure, refused } from './pack-failure.ts';
import type { PackRequest } from './protocol.ts';

interface RoomSupplies {
  folder(): string;
  take(): Promise<PackChild>;
  giveBack(child: PackChild): void;
}

/** Parsing takes milliseconds; a text that takes longer is made to. */
const PARSE_MS = 10_000;
const RESET_MS = 10_000;

interface PackRun {
  readonly sql: string;
  readonly params: Readonly<Record<string, SqlValue>>;
  readonly limits: PackLimits;
  /** Relations and other names that the SQL reads from. */
  readonly tables: ReadonlySet<string>;
}

/** Foreign SQL of one measurement: one child for all of it, another only after one was killed. */
export class PackRoom {
  readonly #stem: string;
  readonly #supplies: RoomSupplies;
  #child: PackChild | null = null;
  #carried: CarriedRelations | null = null;
  #results = 0;

  constructor(stem: string, supplies: RoomSupplies) {
    this.#stem = stem;
    this.#supplies = supplies;
  }

  /** The engine's own syntax tree, as JSON. Errors: SANDBOX_TIMEOUT, SANDBOX_MEMORY, SANDBOX_REFUSED. */
  async tree(sql: string): Promise<string> {
    return this.#ask({ kind: 'tree', sql }, PARSE_MS);
  }

  /**
   * Runs a SELECT in the child, over relations that `sql` (the connection of the measurement) has made. Gives the database file with its
   * rows in table `pack`; the caller removes it. Errors: SANDBOX_TIMEOUT, SANDBOX_MEMORY, SANDBOX_REFUSED, BAD_RULES.
   */
  async run(statements: Sql, { sql, params, limits, tables }: PackRun): Promise<string> {
    const folder = this.#supplies.folder();
    this.#carried ??= new CarriedRelations(folder, this.#stem);
    const views = await this.#carried.carry(statements, tables, sql);
    this.#results += 1;
    const result = join(folder, `${this.#stem}-result-${this.#results}.duckdb`);
    const child = await this.#living();
    const attach = this.#carried.files.filter(([alias]) => !child.attached.has(alias));
    try {
      await this.#ask({ kind: 'run', sql, params, maxRows: limits.maxRows, result, attach, views }, limits.timeoutMs);
      return result;
    } catch (error) {
      removeDatabase(result);
      throw error;
    } finally {
      for (const [alias] of attach) child.attached.add(alias);
    }
  }

  /** Hands the child on and removes the files. */
  async close(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child !== null) {
      child.attached.clear();
      const isClean = child.isAlive && (await child.ask({ kind: 'reset' }, RESET_MS).catch(() => null))?.ok === true;
      if (!isClean) child.kill();
      this.#supplies.giveBack(child);
    }
    for (const [, path] of this.#carried?.files ?? []) removeDatabase(path);
  }

  async #living(): Promise<PackChild> {
    if (this.#child?.isAlive === true) return this.#child;
    if (this.#child !== null) this.#supplies.giveBack(this.#child);
    this.#child = null;
    this.#child = await this.#supplies.take();
    return this.#child;
  }

  async #ask(request: PackRequest, timeoutMs: number): Promise<string> {
    const reply = await (await this.#living()).ask(request, timeoutMs);
    if (reply.ok) return reply.value;
    throw reply.why === 'refused' ? refused(reply.message) : engineFailure(reply.message);
  }
}

/** A database file, and the log of one that was not closed. */
export function removeDatabase(path: string): void {
  for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
}
