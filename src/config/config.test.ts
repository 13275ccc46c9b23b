import { describe, expect, it } from 'vitest';
import { PlumblineError } from '../errors/index.ts';
import { readConfig } from './config.ts';
import { renderInitText } from './init-text.ts';

const none = { text: null, file: null, environment: {}, flags: {} };

describe('readConfig', () => {
  it('gives defaults when there is no file', () => {
    const config = readConfig(none);
    expect(config.data).toBe('.plumbline');
    expect(config.store).toEqual({ memory: '1GB', threads: 2 });
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
    [{ ...none, flags: { workspace: '../x' } }, '--workspace: use lower-case letters, digits, - and _'],
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
});
