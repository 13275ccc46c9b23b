/**
 * How often a property is tried: `full` times in the mode `all` (`npm run test:all`), a quarter of it, at least five times, in `npm test`.
 * A quarter finds a broken rule; the rest looks for the rare input.
 */
export function runs(full: number): { readonly numRuns: number } {
  return { numRuns: import.meta.env.MODE === 'all' ? full : Math.max(Math.min(full, 5), Math.ceil(full / 4)) };
}
