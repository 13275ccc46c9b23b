/**
 * What `ask` gives for each item, in their order, at most `atOnce` under way. After a failure no further one begins; the first failure is thrown when
 * those under way have ended, so that none of them goes on unseen. Empty input gives an empty list.
 */
export async function each<T, R>(
  items: readonly T[],
  ask: (item: T, index: number) => Promise<R>,
  atOnce = 4,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await ask(items[index] as T, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
