import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { storeConformance } from '../../../test/conformance/store.ts';
import { openDuckdbStore } from './open.ts';

const root = mkdtempSync(join(tmpdir(), 'plumbline-store-'));
afterAll(() => rm(root, { recursive: true, force: true }));
let folders = 0;

storeConformance('DuckDB in a folder', () => {
  folders += 1;
  return openDuckdbStore({
    dataDir: join(root, String(folders)),
    workspace: 'default',
    clock: () => new Date('2026-03-01T00:00:00Z'),
  });
});
