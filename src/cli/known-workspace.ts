import { nearest, PlumblineError } from '../errors/index.ts';
import type { App } from './app.ts';

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
