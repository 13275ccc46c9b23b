/** How long a test waits for something that is bound to come, on however busy a machine: vitest's own second is a wager. */
export const PATIENT = { timeout: 60_000, interval: 10 } as const;
