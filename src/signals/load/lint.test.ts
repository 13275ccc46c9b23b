import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CasesFile } from '../cases/format.ts';
import { ESTIMATORS } from '../estimators/index.ts';
import { guardPackSql } from '../sandbox/guard.ts';
import { openSqlParser } from '../sandbox/parser.ts';
import { lintRules } from './lint.ts';
import { parseSignal } from './pack.ts';
import { scaffoldSignal } from './scaffold.ts';
import { parseYaml } from './yaml.ts';

const SHIPPED = resolve(import.meta.dirname, '..', '..', '..', 'rules', 'signals', 'commitments');
const D1 = 'D1-first-reply-policy';

describe('lintRules', () => {
  let rules = '';
  const file = () => join(rules, 'signals', 'commitments', `${D1}.yaml`);
  const edit = (change: (text: string) => string): void => writeFileSync(file(), change(readFileSync(file(), 'utf8')));
  beforeEach(() => {
    rules = mkdtempSync(join(tmpdir(), 'plumbline-lint-'));
    mkdirSync(join(rules, 'signals', 'commitments'), { recursive: true });
    for (const name of [`${D1}.yaml`, `${D1}.cases.yaml`])
      cpSync(join(SHIPPED, name), join(rules, 'signals', 'commitments', name));
  });
  afterEach(() => rmSync(rules, { recursive: true }));

  it('asks for the lock, writes it, then is content', async () => {
    expect((await lintRules(rules)).problems).toEqual([expect.stringContaining('not in rules.lock.json')]);
    expect(await lintRules(rules, { updateLock: true })).toEqual({ signals: 1, problems: [], locked: true });
    expect(await lintRules(rules)).toEqual({ signals: 1, problems: [], locked: false });
  });

  it('fails changed logic without a new version, even when the lock is updated', async () => {
    edit((text) => text.replace(/^version: \d+$/m, 'version: 7'));
    await lintRules(rules, { updateLock: true });
    edit((text) => text.replace('t.target_s > 0', 't.target_s > 1'));
    expect((await lintRules(rules, { updateLock: true })).problems).toEqual([
      expect.stringContaining('raise version above 7'),
    ]);
    edit((text) => text.replace('version: 7', 'version: 8'));
    expect((await lintRules(rules, { updateLock: true })).problems).toEqual([]);
  });

  it.each([
    [
      'SQL outside of the sandbox',
      (text: string) => text.replace('from sla_policy p', "from 'x.csv' p"),
      'the table x.csv',
    ],
    ['a file that is not valid', (text: string) => text.replace('kind: config', 'kind: habit'), ':14: kind'],
  ])('finds %s', async (_, change, expected) => {
    await lintRules(rules, { updateLock: true });
    edit(change);
    expect((await lintRules(rules)).problems.join('\n')).toContain(expected);
  });

  it('finds missing cases', async () => {
    rmSync(join(rules, 'signals', 'commitments', `${D1}.cases.yaml`));
    expect((await lintRules(rules, { updateLock: true })).problems.join()).toContain('no cases');
  });

  it('says so when the lock is not a lock', async () => {
    writeFileSync(join(rules, 'rules.lock.json'), '[1]');
    expect((await lintRules(rules)).problems.join()).toContain('rules.lock.json cannot be read');
  });
});

describe('scaffoldSignal', () => {
  it.each([...ESTIMATORS.keys()])('gives files for %s that load and pass the sandbox', async (estimator) => {
    const { file, text, casesText, casesFile } = scaffoldSignal('X1-new-thing', 'team', estimator);
    const { signal, problems } = parseSignal(text, file);
    expect(problems).toEqual([]);
    expect(parseYaml(casesText, casesFile, CasesFile).problems).toEqual([]);
    const parser = await openSqlParser();
    await expect(guardPackSql(signal?.definition.sql ?? '', parser.serialise)).resolves.toBeDefined();
    parser.close();
  });
  it.each([
    ['team', 'x1-thing', 'share', 'BAD_USAGE'],
    ['../etc', 'X1-thing', 'share', 'BAD_USAGE'],
    ['team', 'X1-thing', 'shares', 'UNKNOWN_NAME'],
  ])('refuses %s/%s with %s', (group, id, estimator, code) => {
    expect(() => scaffoldSignal(id, group, estimator)).toThrowError(expect.objectContaining({ code }));
  });
});

describe('docs/writing-signals.md', () => {
  const doc = readFileSync(resolve(import.meta.dirname, '..', '..', '..', 'docs', 'writing-signals.md'), 'utf8');
  it.each([...ESTIMATORS.values()].map((estimator) => [estimator.id, estimator] as const))(
    'describes %s with its columns and parameters',
    (id, estimator) => {
      const row = doc.split('\n').find((line) => line.startsWith(`| \`${id}\``)) ?? '';
      const common = ['connection', 'unit', 'ticket', 'unit_table', 'excluded'];
      const described =
        id === 'control-limits' || id === 'attainment'
          ? ['as share']
          : Object.keys(estimator.cells)
              .filter((name) => !common.includes(name))
              .map((name) => `\`${name}\``);
      for (const name of [...described, ...Object.keys(estimator.params.shape).map((key) => `\`${key}\``)])
        expect(row).toContain(name);
    },
  );
});
