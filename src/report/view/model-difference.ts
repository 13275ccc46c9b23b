import type { ModelDifference } from '../../domain/model-difference.ts';
import { Lines } from '../../domain/signal.ts';

function sayValue(value: unknown): string {
  if (value === null) return 'nothing';
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}

function nameIn(value: unknown): string {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : null;
  return typeof name === 'string' ? ` (${name})` : '';
}

/** `S1.1, statement`: what is spoken of, without the lists that it stands in. */
function place(path: readonly string[]): string {
  const lists = new Set(['criteria', 'activities', 'pairs', 'families', 'signals', 'markers', 'stages', 'cells']);
  const named = path.filter((key, index) => index === path.length - 1 || !lists.has(key));
  return (
    named[0] !== undefined && /^\d+$/.test(named[0]) ? [`${path[0]} ${named[0]}`, ...named.slice(1)] : named
  ).join(', ');
}

function sayLine(id: string, before: unknown, after: unknown): string {
  const [old, now] = [Lines.parse(before), Lines.parse(after)];
  const parts = (
    [
      ['partial', 'partly'],
      ['full', 'fully'],
    ] as const
  )
    .filter(([key]) => old[key] !== now[key])
    .map(([key, word]) => `"${word}" from ${now[key] ?? 'nowhere'} on instead of ${old[key] ?? 'nowhere'}`);
  const what = parts.length === 0 ? 'the same lines from another source' : parts.join(', ');
  return `${id}: ${what} (${now.source})`;
}

/** One difference between two models as a sentence of the second. */
export function sayDifference({ path, what, before, after }: ModelDifference): string {
  const last = path.at(-1) ?? '';
  if (what === 'line') return sayLine(last, before, after);
  if (what === 'added') return `${place(path)} comes in${nameIn(after)}`;
  if (what === 'removed') return `${place(path)} is left out${nameIn(before)}`;
  if (last === 'alpha') {
    const [signal = '', , family = ''] = path.toReversed().slice(1);
    return `${place(path.slice(0, -5))}: ${signal} weighs ${after} instead of ${before} in ${family}`;
  }
  return `${place(path)}: ${sayValue(after)} instead of ${sayValue(before)}`;
}
