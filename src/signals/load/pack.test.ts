import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { lockProblems, updateLock } from './lock.ts';
import { loadSignals, parseSignal } from './pack.ts';

const GOOD = `id: D3-first-reply-target-met
version: 1
title: First-reply targets are met
description: Share of first-reply clocks that were kept.
group: commitments
needs: [tickets, sla_clocks.breach_at]
estimator: share
min_sample: 30
lines: { partial: 0.5, full: 0.85, origin: ISO, source: ISO/IEC 33020 }
kind: behaviour
fooled_by: [loose targets]
remedy: Staff the first reply.
sql: |
  select connection, id as unit, applied_at as cluster, met as hit
  from sla_clock where applied_at >= $from
`;
const FILE = 'commitments/D3-first-reply-target-met.yaml';
const problemsOf = (text: string, file = FILE) => parseSignal(text, file).problems;

describe('parseSignal', () => {
  it('reads a signal with its defaults', () => {
    const { signal, problems } = parseSignal(GOOD, FILE);
    expect(problems).toEqual([]);
    expect(signal?.definition).toMatchObject({ window: '90d', unit: 'share', one_sided: false, params: {} });
    expect(signal?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [
      'an unknown key, with the nearest',
      GOOD.replace('min_sample:', 'min_sampel:'),
      ':8: unknown key "min_sampel"; did you mean "min_sample"?',
    ],
    [
      'an unknown estimator',
      GOOD.replace('estimator: share', 'estimator: shares'),
      ':7: estimator: there is no "shares" (did you mean "share"?)',
    ],
    [
      'an unknown stream',
      GOOD.replace('sla_clocks.breach_at', 'sla_clock'),
      ':6: needs: "sla_clock" names no stream (did you mean "sla_clocks"?)',
    ],
    [
      'an unknown field',
      GOOD.replace('breach_at', 'breached_at'),
      ':6: needs: "sla_clocks.breached_at" names no field of sla_clocks (did you mean "breach_at"?)',
    ],
    [
      'lines the wrong way round',
      GOOD.replace('partial: 0.5', 'partial: 0.9'),
      ':1: lines.partial must not exceed lines.full',
    ],
    [
      'a missing full line',
      GOOD.replace('full: 0.85', 'full: null'),
      ':1: existence_only signals have lines.full null, and only they',
    ],
    ['a value of the wrong type', GOOD.replace('min_sample: 30', 'min_sample: many'), ':8: min_sample: '],
    ['an unknown origin', GOOD.replace('origin: ISO', 'origin: ME'), ':9: lines.origin: '],
    [
      'a parameter that nobody uses',
      `${GOOD}params: { wait: 3 }\n`,
      ':16: params.wait: neither share nor the SQL uses it',
    ],
    [
      'a parameter that is not given',
      GOOD.replace('$from', '$form'),
      ':13: sql: $form is not given (did you mean "from"?)',
    ],
    ['broken YAML', GOOD.replace('kind: behaviour', 'kind: [behaviour'), FILE],
    [
      'another folder than the group',
      GOOD.replace('group: commitments', 'group: backlog'),
      ':5: group "backlog" is not its folder',
    ],
  ])('finds %s', (_, text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });

  it('finds a file of another name', () => {
    expect(problemsOf(GOOD, 'commitments/D4.yaml')[0]).toContain('is called D3-first-reply-target-met.yaml');
  });

  it('lists all problems of a file at once', () => {
    const text = GOOD.replace('min_sample: 30', 'min_sample: -1')
      .replace('version: 1', 'version: 0')
      .replace('title:', 'titel:');
    expect(problemsOf(text).length).toBeGreaterThanOrEqual(4);
  });
});

describe('the hash of the logic', () => {
  const hash = (text: string) => parseSignal(text, FILE).signal?.hash;
  it.each([
    ['a better title', GOOD.replace('First-reply targets are met', 'Targets of the first reply are met')],
    ['white space in the SQL', GOOD.replace('from sla_clock where', 'from sla_clock\n  where')],
    ['the order of needs', GOOD.replace('[tickets, sla_clocks.breach_at]', '[sla_clocks.breach_at, tickets]')],
    ['another version', GOOD.replace('version: 1', 'version: 2')],
  ])('does not change with %s', (_, text) => {
    expect(hash(text)).toBe(hash(GOOD));
  });
  it.each([
    ['the SQL', GOOD.replace('met as hit', 'not met as hit')],
    ['a line', GOOD.replace('0.85', '0.86')],
    ['the window', `${GOOD}window: 91d\n`],
    ['the sample', GOOD.replace('min_sample: 30', 'min_sample: 31')],
    ['a need', GOOD.replace('tickets, ', '')],
    ['a flag', `${GOOD}one_sided: true\n`],
  ])('changes with %s', (_, text) => {
    expect(hash(text)).toBeDefined();
    expect(hash(text)).not.toBe(hash(GOOD));
  });
});

describe('the lock', () => {
  const loaded = (text: string) => {
    const { signal } = parseSignal(text, FILE);
    if (signal === null) throw new Error('not valid');
    return [signal];
  };
  const { lock } = updateLock(loaded(GOOD), {});
  const changed = GOOD.replace('0.85', '0.9');
  it.each([
    ['nothing changed', GOOD, 0, ''],
    ['changed logic under the same version', changed, 1, 'raise version above 1'],
    ['changed logic under a new version, not locked', changed.replace('version: 1', 'version: 2'), 1, 'not locked yet'],
  ])('%s', (_, text, count, says) => {
    const problems = lockProblems(loaded(text), lock);
    expect(problems.length).toBe(count);
    expect(problems.join()).toContain(says);
  });
  it('refuses to write changed logic under an old version', () => {
    const next = updateLock(loaded(changed), lock);
    expect(next.refused).toEqual(['D3-first-reply-target-met']);
    expect(next.lock).toEqual(lock);
  });
  it('takes changed logic with a new version', () => {
    const version2 = loaded(changed.replace('version: 1', 'version: 2'));
    const next = updateLock(version2, lock);
    expect(next.refused).toEqual([]);
    expect(lockProblems(version2, next.lock)).toEqual([]);
  });
  it('misses a signal that is gone, unless it lives on as an alias', () => {
    const renamed = loaded(GOOD);
    const old = { ...lock, 'D3-old-name': { version: 1, hash: 'x' } };
    expect(lockProblems(renamed, old)).toHaveLength(1);
    expect(lockProblems(loaded(`${GOOD}aliases: [D3-old-name]\n`), old)).toEqual([]);
  });
  it('misses a signal that is new', () => {
    expect(lockProblems(loaded(GOOD), {})[0]).toContain('not in rules.lock.json');
  });
});

describe('loadSignals', () => {
  let dir: string | null = null;
  const write = (files: Record<string, string>): string => {
    dir = mkdtempSync(join(tmpdir(), 'plumbline-rules-'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    }
    return dir;
  };
  afterEach(() => {
    if (dir !== null) rmSync(dir, { recursive: true });
    dir = null;
  });

  it('finds signals by id and alias, and leaves cases alone', () => {
    const pack = loadSignals(
      write({ [FILE]: `${GOOD}aliases: [D3-old]\n`, [FILE.replace('.yaml', '.cases.yaml')]: '- x' }),
    );
    expect(pack.signals.map((signal) => signal.definition.id)).toEqual(['D3-first-reply-target-met']);
    expect(pack.byId.get('D3-old')).toBe(pack.byId.get('D3-first-reply-target-met'));
  });

  it('gives the problems of all files at once', () => {
    const other = GOOD.replace('D3-first-reply-target-met', 'D3-other').replace('version: 1', 'version: 0');
    const root = write({ [FILE]: GOOD.replace('kind: behaviour', 'kind: habit'), 'commitments/D3-other.yaml': other });
    const error = (() => {
      try {
        return loadSignals(root);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(PlumblineError);
    expect(error).toMatchObject({ code: 'BAD_RULES' });
    expect((error as PlumblineError).problems.join('\n')).toMatch(
      /D3-first-reply-target-met\.yaml:10: kind[\s\S]*|D3-other\.yaml:2: version/,
    );
    expect((error as PlumblineError).problems).toHaveLength(2);
  });

  it('does not take an id, a number or a title twice', () => {
    const other = GOOD.replace('id: D3-first-reply-target-met', 'id: D3-other');
    const root = write({ [FILE]: GOOD, 'commitments/D3-other.yaml': other });
    expect(() => loadSignals(root)).toThrowError(
      expect.objectContaining({
        problems: [expect.stringContaining('catalogue number'), expect.stringContaining('title')],
      }),
    );
  });
});
