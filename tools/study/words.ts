import type { Practices } from '../../src/demo/practices.ts';

/** How a desk speaks, by the name of its vocabulary. Errors: an unknown name. */
export function speaker(words: string, _seed: string): (practices: Practices) => Practices {
  if (words === 'english') return (practices) => practices;
  throw new Error(`No vocabulary is called ${words}.`);
}
