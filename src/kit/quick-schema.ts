import { z } from 'zod';

/** What a schema makes of a value, or REFUSED where it refuses it. */
type Read<T = unknown> = (value: unknown) => T | typeof REFUSED;
export const REFUSED: typeof z.INVALID = z.INVALID;

const readers = new WeakMap<z.core.$ZodType, Read>();

/**
 * A function that gives exactly what the schema gives, in a fifth of its time: without a record and a list of issues for each cell. It is made from the
 * schema, once, so that the schema stays the only word on what is valid; a part that this file does not know (formats, checks, defaults, transforms that
 * report) is read by the schema itself. A refusal has no reasons: the schema tells them when it is asked. So transforms have to be pure.
 */
export function readerOf<T>(schema: z.core.$ZodType<T>): Read<T> {
  let read = readers.get(schema);
  if (read === undefined) {
    // Parts that hold the schema again find this one.
    readers.set(schema, slowly(schema));
    read = checkedReader(schema as z.core.$ZodTypes) ?? slowly(schema);
    readers.set(schema, read);
  }
  return read as Read<T>;
}

/** Gives a schema a reader of its own for values as usual: what `read` refuses is read as the schema says. */
export function readAs<S extends z.core.$ZodType>(schema: S, read: Read<z.core.output<S>>): S {
  const otherwise = checkedReader(schema as unknown as z.core.$ZodTypes) ?? slowly(schema);
  readers.set(schema, (value) => {
    const found = read(value);
    return found === REFUSED ? otherwise(value) : found;
  });
  return schema;
}

function slowly(schema: z.core.$ZodType): Read {
  return (value) => {
    const result = schema._zod.run({ value, issues: [] }, { async: false });
    if (result instanceof Promise) throw new z.core.$ZodAsyncError();
    return result.issues.length > 0 ? REFUSED : result.value;
  };
}

/** Of checks those of `refine` are known, which say yes or no. */
function checkedReader(schema: z.core.$ZodTypes): Read | null {
  const { checks = [] } = schema._zod.def;
  const tests = checks.flatMap((check) => {
    const { def } = check._zod as z.core.$ZodCustom['_zod'];
    return def.check === 'custom' && def.when === undefined && typeof def.fn === 'function' ? [def.fn] : [];
  });
  const read = tests.length < checks.length ? null : plainReader(schema);
  if (read === null || tests.length === 0) return read;
  return (value) => {
    const found = read(value);
    return found !== REFUSED && tests.every((test) => test(found)) ? found : REFUSED;
  };
}

function plainReader(schema: z.core.$ZodTypes): Read | null {
  const { def } = schema._zod;
  if ('coerce' in def && def.coerce === true) return null;
  switch (def.type) {
    case 'unknown':
      return (value) => value;
    case 'string':
      return 'format' in def ? null : (value) => (typeof value === 'string' ? value : REFUSED);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : REFUSED);
    case 'number':
      if (!('format' in def)) return (value) => (Number.isFinite(value) ? value : REFUSED);
      return def.format === 'safeint' ? (value) => (Number.isSafeInteger(value) ? value : REFUSED) : null;
    case 'custom':
      return def.when === undefined ? (value) => (def.fn(value) ? value : REFUSED) : null;
    case 'literal': {
      const values = new Set<unknown>(def.values);
      return (value) => (values.has(value) ? value : REFUSED);
    }
    case 'nullable': {
      const inner = readerOf(def.innerType);
      return (value) => (value === null ? null : inner(value));
    }
    case 'optional': {
      const inner = readerOf(def.innerType);
      if (def.innerType._zod.optin === 'defaulted') return null;
      return (value) => (value === undefined ? undefined : inner(value));
    }
    case 'union':
      return 'discriminator' in def || def.inclusive === false ? null : unionReader(def.options);
    case 'array':
      return arrayReader(readerOf(def.element));
    case 'transform':
      // One that takes a second argument may report what it refuses.
      return def.transform.length === 1 ? (def.transform as Read) : null;
    case 'pipe': {
      const [first, second] = [readerOf(def.in), readerOf(def.out)];
      if (def.transform !== undefined) return null;
      return (value) => {
        const found = first(value);
        return found === REFUSED ? REFUSED : second(found);
      };
    }
    case 'object':
      return objectReader(schema as z.core.$ZodObject);
    default:
      return null;
  }
}

function unionReader(options: readonly z.core.$ZodType[]): Read {
  const reads = options.map((option) => readerOf(option));
  return (value) => {
    for (const read of reads) {
      const found = read(value);
      if (found !== REFUSED) return found;
    }
    return REFUSED;
  };
}

function arrayReader(element: Read): Read {
  return (value) => {
    if (!Array.isArray(value)) return REFUSED;
    const list = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i++) {
      const found = element(value[i]);
      if (found === REFUSED) return REFUSED;
      list[i] = found;
    }
    return list;
  };
}

/**
 * Made of text, as zod makes its own: an object whose keys stand in the code is made several times as fast as one whose keys come out of a list. The text
 * holds keys of the schema and nothing else. Null where no code may be made, and for rules of their own for other keys. Keys that may be left out come last.
 */
function objectReader(schema: z.core.$ZodObject): Read | null {
  const { shape, catchall } = schema._zod.def;
  const isLoose = catchall?._zod.def.type === 'unknown';
  const keys = Object.keys(shape);
  if (!z.core.util.allowsEval.value || (catchall !== undefined && !isLoose) || keys.includes('__proto__')) return null;
  const reads: string[] = [];
  const given: string[] = [];
  const others: string[] = [];
  for (const [i, key] of keys.entries()) {
    const at = JSON.stringify(key);
    const read = `const v${i} = r${i}(row[${at}]); if (v${i} === REFUSED) return REFUSED;`;
    const { optin, optout } = (shape[key] as z.core.$ZodType)._zod;
    if (optin === 'optional' && optout === 'optional') {
      others.push(`if (${at} in row) { ${read} made[${at}] = v${i}; }`);
    } else {
      reads.push(`${read} if (v${i} === undefined && !(${at} in row)) return otherwise(row);`);
      given.push(`${at}: v${i}`);
    }
  }
  if (isLoose) others.push('for (const key in row) if (!known.has(key) && key !== "__proto__") made[key] = row[key];');
  const code = `return (row) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) return REFUSED;
    ${reads.join('\n')}
    const made = { ${given.join(', ')} };
    ${others.join('\n')}
    return made;
  };`;
  const parts = keys.map((key) => readerOf(shape[key] as z.core.$ZodType));
  const make = new Function('REFUSED', 'known', 'otherwise', ...keys.map((_, i) => `r${i}`), code);
  return make(REFUSED, new Set(keys), slowly(schema), ...parts) as Read;
}
