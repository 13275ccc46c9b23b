/** The part of JSON Schema that settings of connectors use. */
export interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
}

/**
 * How a setting is typed in: `list` = one a line, `pairs` = one `key = value` a line, `json` = as it would stand in a file, for what has no
 * simpler form.
 */
type FieldKind = 'text' | 'day' | 'whole' | 'choice' | 'yes' | 'list' | 'pairs' | 'json';

export interface Field {
  /** Where the value belongs, names joined by a dot. */
  readonly path: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
  /** What may be chosen, or what the values of pairs may be; empty = anything. */
  readonly choices: readonly string[];
  /** Whether the values of pairs are whole numbers. */
  readonly counts: boolean;
  /** What holds while nothing is typed, as one would type it; empty = nothing. */
  readonly usual: string;
}

function isWhole({ type, anyOf }: JsonSchema): boolean {
  if (type === 'integer') return true;
  const real = (anyOf ?? []).filter((one) => one.type !== 'null');
  return real.length > 0 && real.every((one) => one.type === 'integer');
}

function isWord(schema: JsonSchema): boolean {
  if (schema.type === 'string') return true;
  return schema.anyOf?.some((one) => one.type === 'string') === true;
}

function kindOf(schema: JsonSchema): FieldKind {
  if (schema.enum !== undefined) return 'choice';
  if (schema.type === 'boolean') return 'yes';
  if (schema.format === 'date') return 'day';
  if (isWhole(schema)) return 'whole';
  if (isWord(schema)) return 'text';
  if (schema.type === 'array' && isWord(schema.items ?? {})) return 'list';
  const { additionalProperties: values } = schema;
  if (schema.type === 'object' && typeof values === 'object' && (isWord(values) || isWhole(values))) return 'pairs';
  return 'json';
}

/** A value as one would type it into a field of this kind; empty for what is not there. */
export function typedText(value: unknown, kind: FieldKind): string {
  if (value === undefined || value === null) return '';
  if (kind === 'list' && Array.isArray(value)) return value.map(String).join('\n');
  if (kind === 'pairs')
    return Object.entries(value)
      .map(([key, one]) => `${key} = ${String(one)}`)
      .join('\n');
  return kind === 'json' ? JSON.stringify(value) : String(value);
}

function wordOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function fieldOf(path: string, name: string, schema: JsonSchema, required: boolean): Field {
  const kind = kindOf(schema);
  const values = kind === 'pairs' && typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return {
    path,
    kind,
    label: schema.title ?? wordOf(name),
    description: schema.description ?? '',
    required,
    choices: schema.enum ?? values.enum ?? [],
    counts: isWhole(values),
    usual: typedText(schema.default, kind),
  };
}

/** Fields of a form for settings of this shape, in its order. Parts of an object become fields of their own. Pure. */
export function describeFields(schema: JsonSchema): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const required = schema.required?.includes(name) === true;
    if (one.properties === undefined) return [fieldOf(name, name, one, required)];
    return Object.entries(one.properties).map(([part, inner]) => ({
      ...fieldOf(`${name}.${part}`, part, inner, false),
      label: `${one.title ?? wordOf(name)}: ${inner.title ?? part}`,
      description: inner.description ?? one.description ?? '',
    }));
  });
}
