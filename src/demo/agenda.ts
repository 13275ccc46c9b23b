/** What happens next in a simulated desk: a binary heap ordered by time, then by the order of planning. */
export interface Agenda {
  plan(at: number, act: () => void): void;
  /** Runs everything up to `end`, in order; returns how many acts ran. */
  run(end: number): number;
  /** Time of the act under way, unix seconds. */
  now(): number;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

export function openAgenda(start: number): Agenda {
  const heap: Entry[] = [];
  let order = 0;
  let now = start;
  const earlier = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const push = (entry: Entry): void => {
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !earlier(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  };
  const pop = (): Entry | undefined => {
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      let smaller = left;
      if (right !== undefined && earlier(right, left)) {
        child++;
        smaller = right;
      }
      if (!earlier(smaller, last)) break;
      heap[index] = smaller;
      index = child;
    }
    heap[index] = last;
    return top;
  };
  return {
    now: () => now,
    plan: (at, act) => {
      if (!Number.isFinite(at)) return;
      push({ at: Math.max(Math.ceil(at), now), order: order++, act });
    },
    run: (end) => {
      let acts = 0;
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.at > end) return acts;
        pop();
        now = next.at;
        next.act();
        acts++;
      }
    },
  };
}
