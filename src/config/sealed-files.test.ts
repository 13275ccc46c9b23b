import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sealedSecretsConformance } from '../../test/conformance/sealed-secrets.ts';
import { openSealedFiles } from './sealed-files.ts';

const root = mkdtempSync(join(tmpdir(), 'plumbline-sealed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = (): string => mkdtempSync(join(root, 'data-'));

sealedSecretsConformance('files', async () => openSealedFiles(folder()));

describe('sealed secrets in files', () => {
  it('lie where they always did, for their owner only, with nothing beside them', async () => {
    const dataDir = folder();
    const secrets = openSealedFiles(dataDir);
    await secrets.put('desk', 'zendesk', 'a');
    await secrets.put('desk', 'zendesk', 'b');
    expect(readdirSync(join(dataDir, 'secrets', 'desk'))).toEqual(['zendesk.json']);
    expect(statSync(join(dataDir, 'secrets', 'desk', 'zendesk.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'secrets', 'desk')).mode & 0o777).toBe(0o700);
  });

  it.each(['../other/zendesk', 'a/b', 'a\\b', '..', '', '.hidden', 'a\u0000b'])('refuses the name %j', async (name) => {
    const secrets = openSealedFiles(folder());
    await expect(secrets.get('desk', name)).rejects.toMatchObject({ code: 'SECRET_MISSING' });
    await expect(secrets.put(name, 'zendesk', 'x')).rejects.toMatchObject({ code: 'SECRET_MISSING' });
    await expect(secrets.remove('desk', name)).rejects.toMatchObject({ code: 'SECRET_MISSING' });
  });
});
