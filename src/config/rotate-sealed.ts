import { PlumblineError } from '../errors/index.ts';
import type { SealedSecrets } from '../store/operations-port.ts';
import type { Keys } from './keys.ts';
import { keyIdOf, openText, type SealedPlace, sealText } from './sealed-text.ts';

export interface ListedSecret extends SealedPlace {
  /** Key that sealed it; null = the first form, which did not say, or damaged. */
  readonly key: string | null;
  readonly form: 'current' | 'first' | 'damaged';
}

export interface Rotation {
  /** Id of the key that everything is sealed with now. */
  readonly key: string;
  /** Sealed with it already. */
  readonly current: number;
  readonly resealed: number;
  /** Changed by somebody else meanwhile; a further run looks at them. */
  readonly changed: number;
  /** No key at hand opens these; they stay as they are. */
  readonly closed: readonly (SealedPlace & { readonly why: string })[];
}

function describe(place: SealedPlace, sealed: string): ListedSecret {
  try {
    const key = keyIdOf(sealed, place);
    return { workspace: place.workspace, name: place.name, key, form: key === null ? 'first' : 'current' };
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return { workspace: place.workspace, name: place.name, key: null, form: 'damaged' };
  }
}

/** What is sealed in all workspaces, by workspace and name. Values stay closed. */
export async function listSealed(store: SealedSecrets): Promise<readonly ListedSecret[]> {
  const listed = (await store.all()).map((one) => describe(one, one.sealed));
  const sortKey = (one: SealedPlace) => `${one.workspace}\0${one.name}`;
  return listed.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/**
 * Seals again, one by one, whatever is not sealed with the current key. Killed in between, the rest is done by the next run, and all stay
 * readable as long as the previous key is given. A secret that changed since it was read is left to the next run.
 * With `dryRun` nothing is written and the counts say what would be. Errors: SECRET_MISSING (no current key).
 */
export async function rotateSealed(store: SealedSecrets, keys: Keys, dryRun: boolean): Promise<Rotation> {
  const key = keys.current();
  const closed: (SealedPlace & { why: string })[] = [];
  let [current, resealed, changed] = [0, 0, 0];
  for (const { workspace, name, sealed } of await store.all()) {
    const place = { workspace, name };
    if (describe(place, sealed).key === key.id) {
      current += 1;
      continue;
    }
    try {
      const text = sealText(openText(sealed, place, keys.opening()), place, key);
      if ((await store.get(workspace, name)) !== sealed) changed += 1;
      else {
        if (!dryRun) await store.put(workspace, name, text);
        resealed += 1;
      }
    } catch (error) {
      if (!(error instanceof PlumblineError) || error.code !== 'SECRET_MISSING') throw error;
      closed.push({ ...place, why: error.message });
    }
  }
  return { key: key.id, current, resealed, changed, closed };
}
