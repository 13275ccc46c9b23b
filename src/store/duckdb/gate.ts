import { AsyncLocalStorage } from 'node:async_hooks';
import { PlumblineError } from '../../errors/plumbline-error.ts';

/**
 * Lets many readers or one writer in, in order of arrival: a measurement sees one state of the telemetry from its first query to its
 * last, although it makes its tables only as they are asked for. A measurement inside a measurement passes freely; writing
 * telemetry inside one would wait for itself for ever and is refused instead (BUG).
 */
export class Gate {
  readonly #inside = new AsyncLocalStorage<true>();
  #readers = 0;
  #writing = false;
  readonly #waiting: { readonly write: boolean; readonly enter: () => void }[] = [];

  /** The caller runs inside of `read`. */
  get isReading(): boolean {
    return this.#inside.getStore() === true;
  }

  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.isReading) return work();
    await this.#enter(false);
    try {
      return await this.#inside.run(true, work);
    } finally {
      this.#readers -= 1;
      this.#next();
    }
  }

  async write<T>(work: () => Promise<T>): Promise<T> {
    this.refuseInside();
    await this.#enter(true);
    try {
      return await work();
    } finally {
      this.#writing = false;
      this.#next();
    }
  }

  /** Errors: BUG inside of `read`. */
  refuseInside(): void {
    if (this.isReading) throw new PlumblineError('BUG', 'Telemetry was written inside a measurement.', 'Report this.');
  }

  #enter(write: boolean): Promise<void> {
    return new Promise((enter) => {
      this.#waiting.push({ write, enter });
      this.#next();
    });
  }

  #next(): void {
    for (;;) {
      const first = this.#waiting[0];
      if (first === undefined || this.#writing || (first.write && this.#readers > 0)) return;
      this.#waiting.shift();
      if (first.write) this.#writing = true;
      else this.#readers += 1;
      first.enter();
    }
  }
}
