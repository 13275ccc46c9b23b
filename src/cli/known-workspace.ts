import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nearest, PlumblineError } from '../errors/index.ts';
import type { App } from './app.ts';

/**
 * Refuses a misspelt workspace to commands that only look: opening its store would make an empty one. Says nothing where none is there yet,
 * since then there is nothing to misspell. Errors: UNKNOWN_NAME with the nearest.
 */
export async function refuseMisspelt(app: App): Promise<void> {
  if (app.config.backends.databaseUrl !== null || existsSync(join(app.dataDir, app.config.workspace))) return;
  if (existsSync(app.dataDir) && (await (await app.operations()).workspaces()).length > 0) await assertWorkspace(app);
}

/** Refuses to read a workspace that is not there, where opening its store would make an empty one. Errors: UNKNOWN_NAME with the nearest. */
export async function assertWorkspace(app: App): Promise<void> {
  const { workspace } = app.config;
  const known = await (await app.operations()).workspaces();
  if (known.includes(workspace)) return;
  const guess = nearest(workspace, known);
  const all = known.length === 0 ? 'Connect a helpdesk or import a file first.' : `Known: ${known.join(', ')}.`;
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no workspace "${workspace}".`,
    guess === null ? all : `Did you mean --workspace ${guess}? ${all}`,
  );
}
