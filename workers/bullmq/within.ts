/** Whether the work has ended (well or badly) after at most `ms`. The work itself is not stopped. */
export async function endsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = work.then(
    () => true as const,
    () => true as const,
  );
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

const LOOK_MS = 100;

/** Resolves when `holds` was true at every look for `ms`. */
export async function staysTrue(holds: () => boolean, ms: number): Promise<void> {
  for (let forMs = 0; forMs < ms; forMs = holds() ? forMs + LOOK_MS : 0)
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_MS).unref();
    });
}
