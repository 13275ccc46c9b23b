import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operationsConformance } from '../../../test/conformance/operations.ts';
import { sessionConformance } from '../../../test/conformance/sessions.ts';
import { openEmbeddedOperations, openMemoryOperations } from './embedded.ts';

const clock = { now: () => new Date('2026-03-02T12:00:00Z') };
const root = mkdtempSync(join(tmpdir(), 'plumbline-operations-'));
let folders = 0;
afterAll(() => rmSync(root, { recursive: true, force: true }));

operationsConformance('memory', () => openMemoryOperations({ clock }));
sessionConformance('memory', () => openMemoryOperations({ clock }));
operationsConformance('embedded file', async () => {
  folders += 1;
  return openEmbeddedOperations({ dataDir: join(root, String(folders)), clock });
});

describe('embedded journal', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(root, 'own-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('counts the folders that hold a store as workspaces', async () => {
    const journal = openEmbeddedOperations({ dataDir, clock });
    for (const name of ['desk', 'keys', 'Not-A-Workspace']) mkdirSync(join(dataDir, name));
    for (const name of ['desk', 'Not-A-Workspace']) writeFileSync(join(dataDir, name, 'plumbline.duckdb'), '');
    await journal.addWorkspace('added');
    expect(await journal.workspaces()).toEqual(['added', 'desk']);
    await journal.close();
  });

  it('says so when its folder cannot be made', async () => {
    writeFileSync(join(dataDir, 'operations'), 'a file in its place');
    const journal = openEmbeddedOperations({ dataDir, clock });
    await expect(journal.workspaces()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await journal.close();
  });

  it('keeps what was written when it is opened again', async () => {
    const first = openEmbeddedOperations({ dataDir, clock });
    await first.addWorkspace('desk');
    await first.close();
    const second = openEmbeddedOperations({ dataDir, clock });
    expect(await second.workspaces()).toEqual(['desk']);
    await second.close();
  });
});
