/**
 * The same answer for all who ask, loaded by the first of them. A load that fails is forgotten, so that whoever asks next tries again: what rests on
 * it waits for the next sync, and nothing is read without it.
 */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    if (loading === null) {
      const begun = load();
      loading = begun;
      begun.catch(() => {
        if (loading === begun) loading = null;
      });
    }
    return loading;
  };
}

/** As `once`, for each key apart. */
export function oncePer<K, T>(load: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const known = new Map<K, () => Promise<T>>();
  return (key) => {
    const asked = known.get(key) ?? once(() => load(key));
    known.set(key, asked);
    return asked();
  };
}
