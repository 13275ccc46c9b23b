const listeners = new Set<(reached: boolean) => void>();

/** Tells whether the server answered the last call, whatever it said. */
export function tellReach(reached: boolean): void {
  for (const listener of listeners) listener(reached);
}

/** Calls back after every call with whether the server answered it. Gives what ends that. */
export function onReach(listener: (reached: boolean) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
