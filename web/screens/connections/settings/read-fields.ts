import { type Field, typedText } from './describe-fields.ts';

/** What was typed, by the path of the field. */
export type Typed = Readonly<Record<string, string>>;

interface ReadSettings {
  /** Only what was typed: the rest is left to the connector. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What cannot be read as it was typed, by the path of the field. */
  readonly problems: Readonly<Record<string, string>>;
}

const WHOLE = /^-?\d{1,15}$/;

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Throws a sentence about what is wrong with it. */
function readPairs(field: Field, text: string): Record<string, string | number> {
  const pairs = linesOf(text).map((line) => {
    const at = line.lastIndexOf('=');
    const [key, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (at < 1 || value === '') throw new Error(`“${line}” is no pair; write e.g. 12 = ${field.choices[0] ?? '2'}.`);
    if (field.choices.length > 0 && !field.choices.includes(value))
      throw new Error(`“${value}” is none of ${field.choices.join(', ')}.`);
    if (field.counts && !WHOLE.test(value)) throw new Error(`“${value}” is no whole number.`);
    return [key, field.counts ? Number(value) : value] as const;
  });
  return Object.fromEntries(pairs);
}

function readOne(field: Field, text: string): unknown {
  if (field.kind === 'yes') return text === 'true';
  if (field.kind === 'list') return linesOf(text);
  if (field.kind === 'pairs') return readPairs(field, text);
  if (field.kind === 'whole') {
    if (!WHOLE.test(text)) throw new Error(`“${text}” is no whole number.`);
    return Number(text);
  }
  if (field.kind !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('This is no JSON.');
  }
}

function put(into: Record<string, unknown>, path: string, value: unknown): void {
  const [name = '', part] = path.split('.');
  if (part === undefined) into[name] = value;
  else into[name] = { ...(into[name] as object | undefined), [part]: value };
}

/** Settings from what was typed. A field that is empty, or says what would hold anyhow, is left out. Pure. */
export function readFields(fields: readonly Field[], typed: Typed): ReadSettings {
  const settings: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const text = (typed[field.path] ?? '').trim();
    if (text === '' || text === field.usual) continue;
    try {
      put(settings, field.path, readOne(field, text));
    } catch (error) {
      problems[field.path] = error instanceof Error ? error.message : String(error);
    }
  }
  return { settings, problems };
}

/** Settings as they would be typed, to be changed. Pure. */
export function typeSettings(fields: readonly Field[], settings: Readonly<Record<string, unknown>>): Typed {
  const typed = fields.map(({ path, kind }) => {
    const [name = '', part] = path.split('.');
    const whole = settings[name];
    const value = part === undefined ? whole : (whole as Readonly<Record<string, unknown>> | undefined)?.[part];
    return [path, typedText(value, kind)] as const;
  });
  return Object.fromEntries(typed.filter(([, text]) => text !== ''));
}
