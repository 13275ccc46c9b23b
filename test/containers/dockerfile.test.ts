import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDockerfile } from '../../tools/dockerfile.ts';
import { findUnknownWord, ROOT, readsVariable, readText } from './product.ts';

const text = readText('Dockerfile');
const stages = parseDockerfile(text);
const last = stages.at(-1);
if (last === undefined) throw new Error('The Dockerfile has no stage.');
const packageFile = z
  .object({
    version: z.string(),
    bin: z.object({ plumbline: z.string() }),
    scripts: z.object({ plumbline: z.string() }),
    engines: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(readText('package.json')));
const steps = (word: string) => last.steps.filter((step) => step.word === word);

describe('Dockerfile', () => {
  it('passes the validator', () => {
    expect(validate(text).map((found) => `${found.range.start.line + 1}: ${found.message}`)).toEqual([]);
  });

  it("is built by the validator's own rules: it does find mistakes", () => {
    expect(validate('FROM node:20\nCMD ["serve"]\nHEALTHCHECK --every=1s CMD true\nRUNN x\n').length).toBeGreaterThan(
      1,
    );
  });

  it('builds every stage on one pinned image of a Node that the product runs on', () => {
    const images = new Set(stages.map((stage) => stage.image));
    expect(images.size).toBe(1);
    const version = /^node:(\d+)\.(\d+)\.\d+-bookworm-slim$/.exec([...images][0] ?? '');
    expect(packageFile.engines.node).toBe('>=20.19');
    expect(Number(version?.[1]) * 1000 + Number(version?.[2])).toBeGreaterThanOrEqual(20_019);
  });

  it('runs as a user of its own that owns /data and nothing else', () => {
    expect(steps('USER').map((step) => step.rest)).toEqual(['10001:10001']);
    expect(steps('VOLUME').map((step) => step.exec)).toEqual([['/data']]);
    const made = steps('RUN')
      .map((step) => step.rest)
      .join('\n');
    expect(made).toContain('--uid 10001 --gid 10001');
    expect(made).toContain('--owner=10001 --group=10001 --mode=0700 /data');
    const changesOwner = last.steps.filter((step) => 'chown' in step.flags || /\bchown\b/.test(step.rest));
    expect(changesOwner).toEqual([]);
    const user = last.steps.findIndex((step) => step.word === 'USER');
    expect(last.steps.slice(user).some((step) => step.word === 'RUN' || step.word === 'COPY')).toBe(false);
  });

  it('starts the product itself, without a shell that would swallow signals', () => {
    const [entry] = steps('ENTRYPOINT');
    const [command] = steps('CMD');
    const [, ...flags] = entry?.exec?.slice(0, -1) ?? [];
    expect(entry?.exec).toEqual(['node', ...flags, packageFile.bin.plumbline]);
    // docs/decisions/2026-11-30-a-young-generation-of-32-mb.md
    expect(readText('src/cli/main.ts').split('\n')[0]).toBe(`#!/usr/bin/env -S node ${flags.join(' ')}`);
    expect(packageFile.scripts.plumbline).toBe(entry?.exec?.join(' '));
    expect(command?.exec).not.toBeNull();
    expect(findUnknownWord(command?.exec ?? [])).toBeNull();
    expect(steps('STOPSIGNAL').map((step) => step.rest)).toEqual(['SIGTERM']);
  });

  it('checks its health with what the image has', () => {
    const [check] = steps('HEALTHCHECK');
    expect(check?.exec?.[0]).toBe('node');
    expect(Number.parseInt(check?.flags.timeout ?? '', 10)).toBeLessThan(
      Number.parseInt(check?.flags.interval ?? '', 10),
    );
  });

  it('copies what there is, and installs from the lock file without scripts', () => {
    for (const stage of stages)
      for (const copy of stage.steps.filter((step) => step.word === 'COPY' && step.flags.from === undefined))
        for (const source of copy.rest.split(/\s+/).slice(0, -1))
          expect(existsSync(join(ROOT, source)), `line ${copy.line}: ${source}`).toBe(true);
    const installs = stages.flatMap((stage) => stage.steps.filter((step) => /\bnpm (ci|install|i)\b/.test(step.rest)));
    expect(installs.map((step) => step.rest)).toEqual([
      'npm ci --ignore-scripts',
      'npm ci --omit=dev --ignore-scripts',
    ]);
  });

  it('holds no secret, downloads nothing, and names only variables that the product reads', () => {
    expect(
      stages.flatMap((stage) => stage.steps.filter((step) => step.word === 'ADD' || /curl|wget/.test(step.rest))),
    ).toEqual([]);
    const names = stages
      .flatMap((stage) => stage.steps.filter((step) => step.word === 'ENV' || step.word === 'ARG'))
      .flatMap((step) =>
        [...step.rest.matchAll(/([A-Z_]+)=/g)].map((match) => ({ name: match[1] as string, word: step.word })),
      );
    expect(names.filter(({ name }) => /PASSWORD|SECRET|TOKEN|KEY|DATABASE_URL|REDIS_URL/.test(name))).toEqual([]);
    expect(names.filter(({ name, word }) => word === 'ENV' && !readsVariable(name))).toEqual([]);
  });

  it('gives the builder only what is copied', () => {
    const lines = readText('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    const copied = stages.flatMap((stage) =>
      stage.steps
        .filter((step) => step.word === 'COPY' && step.flags.from === undefined)
        .flatMap((step) => step.rest.split(/\s+/).slice(0, -1)),
    );
    expect(
      lines
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1))
        .sort(),
    ).toEqual([...new Set(copied)].filter((path) => !copied.some((other) => path.startsWith(`${other}/`))).sort());
  });
});
