import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlValue } from '../../../domain/sql-session.ts';
import { PackChild } from './child-process.ts';
import { PackRoom } from './pack-room.ts';

/**
 * Whether SQL may run in this process: it is, letter by letter, that of a pack that ships with the program and whose logic is the locked one, with
 * the parameters written there. `params` null: only parsing is asked for.
 */
export type TrustsPack = (sql: string, params: Readonly<Record<string, SqlValue>> | null) => Promise<boolean>;

interface PackSandboxSettings {
  /** The only folder that SQL of the store may touch; files for the children lie below it. */
  readonly exchangeDir: string;
  readonly threads: number;
  /** Nothing is trusted where nobody says so. */
  readonly trusts?: TrustsPack;
  /** Memory of the engine of a child, before it spills. Default 1024. */
  readonly memoryMb?: number;
}

const NAME = 'packs-';
const MEMORY_MB = 1_024;
const SPILL_MB = 8_192;
/** A child that nobody needs stays that long for the next measurement. */
const IDLE_MS = 10_000;

/**
 * Where SQL of foreign packs runs for one store: a child process for each measurement that has any, begun when the first of it comes and
 * handed on to the next measurement. Close it with the store.
 */
export class PackSandbox {
  readonly #settings: PackSandboxSettings;
  readonly #living = new Set<PackChild>();
  #idle: { readonly child: PackChild; readonly timer: NodeJS.Timeout } | null = null;
  #root: string | null = null;
  #rooms = 0;

  constructor(settings: PackSandboxSettings) {
    this.#settings = settings;
  }

  async trusts(sql: string, params: Readonly<Record<string, SqlValue>> | null): Promise<boolean> {
    return (await this.#settings.trusts?.(sql, params)) === true;
  }

  /** A room for one measurement; nothing is started before it is used. */
  open(): PackRoom {
    this.#rooms += 1;
    return new PackRoom(String(this.#rooms), {
      folder: () => this.#folder(),
      take: () => this.#take(),
      giveBack: (child) => this.#giveBack(child),
    });
  }

  /** Ends all children at once and removes their files. */
  close(): void {
    this.#dropIdle();
    for (const child of this.#living) child.kill();
    this.#living.clear();
    if (this.#root !== null) rmSync(this.#root, { recursive: true, force: true });
    this.#root = null;
  }

  #folder(): string {
    if (this.#root !== null) return this.#root;
    const { exchangeDir } = this.#settings;
    const path = join(exchangeDir, `${NAME}${randomUUID()}`);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // The engine compares paths as it resolves them itself.
    this.#root = realpathSync(exchangeDir) === exchangeDir ? path : realpathSync(path);
    return this.#root;
  }

  async #take(): Promise<PackChild> {
    const idle = this.#idle?.child;
    if (this.#idle !== null) clearTimeout(this.#idle.timer);
    this.#idle = null;
    if (idle?.isAlive === true) return idle;
    const memoryMb = this.#settings.memoryMb ?? MEMORY_MB;
    const child = await PackChild.start({
      folder: this.#folder(),
      memoryMb,
      hardMemoryMb: 2 * memoryMb,
      spillMb: SPILL_MB,
      threads: this.#settings.threads,
    });
    this.#living.add(child);
    return child;
  }

  #giveBack(child: PackChild): void {
    if (this.#idle !== null || !child.isAlive || !this.#living.has(child)) {
      child.kill();
      this.#living.delete(child);
      return;
    }
    const timer = setTimeout(() => this.#dropIdle(), IDLE_MS);
    timer.unref();
    this.#idle = { child, timer };
  }

  #dropIdle(): void {
    if (this.#idle === null) return;
    clearTimeout(this.#idle.timer);
    this.#idle.child.kill();
    this.#living.delete(this.#idle.child);
    this.#idle = null;
  }
}

/** Removes what children of a killed process left in the exchange folder; only its holder may. */
export function sweepPackFolders(exchangeDir: string): void {
  for (const name of readdirSync(exchangeDir))
    if (name.startsWith(NAME)) rmSync(join(exchangeDir, name), { recursive: true, force: true });
}
