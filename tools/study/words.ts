import type { Practices } from '../../src/demo/practices.ts';
import { opaque, speak, VOCABULARIES } from '../../src/demo/speak.ts';

/** How a desk speaks, by the name of its vocabulary; `opaque` invents the words of each desk anew. Errors: an unknown name. */
export function speaker(words: string, seed: string): (practices: Practices) => Practices {
  if (words === 'opaque') return (practices) => speak(practices, opaque(seed));
  const [, vocabulary] = Object.entries(VOCABULARIES).find(([name]) => name === words) ?? [];
  if (vocabulary === undefined)
    throw new Error(`No vocabulary is called ${words}; known: ${[...Object.keys(VOCABULARIES), 'opaque'].join(', ')}.`);
  return (practices) => speak(practices, vocabulary);
}
