import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

it.each([0, 3])('leaves the exit code %d of a process as it is: failing tests must not look green', (code) => {
  const server = resolve(import.meta.dirname, 'postgres-server.ts');
  const script = `await import(${JSON.stringify(server)}); process.exitCode = ${code};`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  expect(spawnSync(process.execPath, args, { encoding: 'utf8' })).toMatchObject({ status: code, stderr: '' });
});
