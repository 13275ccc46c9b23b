import { describe, expect, it } from 'vitest';
import { PlumblineError } from '../errors/index.ts';
import { readConfig } from './config.ts';
import { renderInitText } from './init-text.ts';

const none = { text: null, file: null, environment: {}, flags: {} };

describe('readConfig', () => {
  it('gives defaults when there is no file', () => {
    const config = readConfig(none);
    expect(config.data).toBe('.plumbline');
    expect(config.store).toEqual({ memory: '700MB', threads: 1 });
    expect(Object.isFrozen(config.store)).toBe(true);
  });

  it('lets flags win over the environment and the environment over the file', () => {
    const input = {
      text: 'workspace: a\ndata: f\nmodel: m\n',
      file: 'plumbline.yaml',
      environment: { PLUMBLINE_WORKSPACE: 'b', PLUMBLINE_DATA: 'e' },
      flags: { data: 'flag' },
    };
    expect(readConfig(input)).toMatchObject({ workspace: 'b', data: 'flag', model: 'm' });
  });

  it.each([
    [
      { ...none, text: 'synk: {}\n', file: 'plumbline.yaml' },
      'plumbline.yaml:1: unknown key "synk"; did you mean "sync"?',
    ],
    [{ ...none, text: 'window: 3 months\n', file: 'p.yaml' }, 'p.yaml:1: window: write a number of days such as 90d'],
    [
      { ...none, environment: { PLUMBLINE_THREADS: 'many' } },
      'PLUMBLINE_THREADS: Invalid input: expected number, received string',
    ],
    [
      { ...none, flags: { workspace: 'a'.repeat(64) } },
      '--workspace: use lower-case letters, digits, - and _, at most 63',
    ],
  ])('names the place of a wrong value', (input, problem) => {
    try {
      readConfig(input);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PlumblineError);
      expect((error as PlumblineError).problems).toContain(problem);
    }
  });

  it('writes an init file that reads back as the defaults', () => {
    const { file: _a, ...fromText } = readConfig({ ...none, text: renderInitText(), file: 'plumbline.yaml' });
    const { file: _b, ...defaults } = readConfig(none);
    expect(fromText).toEqual(defaults);
    for (const key of ['data', 'batch_rows', 'expire_after', 'level']) expect(renderInitText()).toContain(`${key}:`);
  });

  const PG = 'postgresql://u:p@db.example:5432/plumbline';
  const REDIS = 'redis://cache.example:6379';
  it.each([
    [{}, { databaseUrl: null, redisUrl: null, queue: 'in-process' }],
    [
      { DATABASE_URL: '', REDIS_URL: ' ' },
      { databaseUrl: null, redisUrl: null, queue: 'in-process' },
    ],
    [{ DATABASE_URL: PG }, { databaseUrl: PG, redisUrl: null, queue: 'postgres' }],
    [
      { DATABASE_URL: PG, REDIS_URL: REDIS },
      { databaseUrl: PG, redisUrl: REDIS, queue: 'redis' },
    ],
    [
      { DATABASE_URL: PG, REDIS_URL: REDIS, QUEUE: 'postgres' },
      { databaseUrl: PG, redisUrl: REDIS, queue: 'postgres' },
    ],
  ])('chooses what keeps and what carries by the environment alone: %j', (environment, backends) => {
    expect(readConfig({ ...none, environment }).backends).toEqual(backends);
  });

  it.each([
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL is not an address of PostgreSQL/],
    [{ DATABASE_URL: PG, REDIS_URL: 'http://x' }, /REDIS_URL is not an address of Redis/],
    [{ REDIS_URL: REDIS }, /REDIS_URL is set, but DATABASE_URL is not/],
    [{ QUEUE: 'postgres' }, /QUEUE is set, but DATABASE_URL is not/],
    [{ DATABASE_URL: PG, QUEUE: 'kafka' }, /QUEUE=kafka is not known/],
    [{ DATABASE_URL: PG, QUEUE: 'redis' }, /QUEUE=redis needs REDIS_URL/],
  ])('refuses a backend that cannot work, without showing the password: %j', (environment, message) => {
    try {
      readConfig({ ...none, environment });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'BAD_CONFIG', message: expect.stringMatching(message) });
      expect(String(error)).not.toContain('u:p@');
    }
  });
});
