import { PlumblineError } from '../errors/index.ts';

/** For options that may be repeated. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Settings from `--set key=value`; a value that is JSON (number, list, true) is read as such. Errors: BAD_USAGE. */
export function readPairs(pairs: readonly string[]): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new PlumblineError('BAD_USAGE', `--set ${pair} has no value.`, 'Write --set key=value.');
    const text = pair.slice(at + 1);
    settings[pair.slice(0, at)] = readValue(text);
  }
  return settings;
}

/** JSON where it is JSON (numbers, lists, true), otherwise the text itself. */
function readValue(text: string): unknown {
  if (!/^(\[|\{|true$|false$|-?\d+(\.\d+)?$)/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
