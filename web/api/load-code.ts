import { api } from './client.ts';
import { ApiProblem, dataOf } from './problem.ts';

/** Code of the problem that loading the page again settles. */
export const UNLOADABLE = 'UNLOADABLE';

/** Why code of the page did not come: the server is gone, or it answers and has none of that name any more. */
async function whyUnloaded(): Promise<ApiProblem> {
  try {
    await dataOf(api.GET('/v1/session'));
  } catch (cause) {
    if (cause instanceof ApiProblem) return cause;
    throw cause;
  }
  return new ApiProblem(
    -1,
    UNLOADABLE,
    'This part of the page could not be loaded, though the server answers: it may have been updated since you opened the page.',
    'Load the page again. What you typed and did not save goes with it.',
  );
}

/** Code that is fetched when it is needed. Errors: ApiProblem. */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    // A browser says no more than that it failed: the server is asked why.
    throw await whyUnloaded();
  }
}
