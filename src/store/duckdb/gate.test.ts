import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

/** A piece of work that ends when it is told to. */
function piece(log: string[], name: string): { work: () => Promise<string>; end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((go) => {
    end = go;
  });
  return {
    end: () => end(),
    work: async () => {
      log.push(`${name} begins`);
      await ended;
      log.push(`${name} ends`);
      return name;
    },
  };
}

describe('Gate', () => {
  it('lets readers in together, and a writer alone and in turn', async () => {
    const gate = new Gate();
    const log: string[] = [];
    const [first, second, writer, late] = ['first', 'second', 'writer', 'late'].map((name) => piece(log, name));
    if (first === undefined || second === undefined || writer === undefined || late === undefined)
      throw new Error('four');
    const all = [gate.read(first.work), gate.read(second.work), gate.write(writer.work), gate.read(late.work)];
    late.end();
    writer.end();
    second.end();
    await all[1];
    expect(log).toEqual(['first begins', 'second begins', 'second ends']);
    first.end();
    expect(await Promise.all(all)).toEqual(['first', 'second', 'writer', 'late']);
    expect(log.slice(3)).toEqual(['first ends', 'writer begins', 'writer ends', 'late begins', 'late ends']);
  });

  it('lets a measurement measure inside, also while a writer waits', async () => {
    const gate = new Gate();
    const log: string[] = [];
    let write: Promise<unknown> = Promise.resolve();
    let startWrite: () => void = () => undefined;
    // Made outside of the measurement, so that it counts as another job.
    const other = new Promise<void>((go) => {
      startWrite = go;
    }).then(() => {
      write = gate.write(async () => log.push('written'));
    });
    await gate.read(async () => {
      startWrite();
      await other;
      await gate.read(async () => log.push('inner'));
      log.push('outer');
    });
    await write;
    expect(log).toEqual(['inner', 'outer', 'written']);
  });

  it('refuses to write inside a measurement', async () => {
    const gate = new Gate();
    await expect(gate.read(() => gate.write(async () => 1))).rejects.toMatchObject({ code: 'BUG' });
    expect(await gate.write(async () => 2)).toBe(2);
  });

  it('is free again after work that failed', async () => {
    const gate = new Gate();
    await expect(gate.write(() => Promise.reject(new Error('a')))).rejects.toThrow('a');
    await expect(gate.read(() => Promise.reject(new Error('b')))).rejects.toThrow('b');
    expect(await gate.write(async () => 3)).toBe(3);
  });
});
