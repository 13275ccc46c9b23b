import { PlumblineError } from '../errors/index.ts';
import type { App } from './app.ts';

/** Ids after `--models`, each of a model that is there; null = not said. Errors: BAD_USAGE, UNKNOWN_NAME with the nearest known model. */
export async function modelsOf(app: App, text: string | undefined): Promise<readonly string[] | null> {
  if (text === undefined) return null;
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes(''))
    throw new PlumblineError(
      'BAD_USAGE',
      `--models ${text} is not a list of models.`,
      'Write e.g. six-stage,activity-score.',
    );
  return (await app.judging({ models: ids })).map(({ model }) => model.id);
}
