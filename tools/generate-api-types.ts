/**
 * Turns an OpenAPI 3.1 document into the `paths` and `components` types that openapi-fetch reads. Only what our own document uses: objects,
 * arrays, tuples, enums, constants, unions, references, records. A schema that says nothing gives `unknown`.
 * Errors: a keyword of composition that is not known here throws with its place, so that no type is silently too wide.
 */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Dict = { [key: string]: Json };

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];
const UNKNOWN_KEYWORDS = ['not', 'if', 'dependentSchemas', 'patternProperties', 'contains'];
const PRIMITIVES: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

function isDict(value: Json | undefined): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function dictOf(value: Json | undefined): Dict {
  return isDict(value) ? value : {};
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function union(types: readonly string[]): string {
  const different = [...new Set(types)];
  return different.length === 0
    ? 'never'
    : different.length === 1
      ? String(different[0])
      : `(${different.join(' | ')})`;
}

function arrayType(schema: Dict, place: string): string {
  if (Array.isArray(schema.prefixItems))
    return `[${schema.prefixItems.map((each, i) => typeOf(each, `${place}[${i}]`)).join(', ')}]`;
  return `${typeOf(schema.items, `${place}[]`)}[]`;
}

function objectType(schema: Dict, place: string): string {
  const required = new Set(listOf(schema.required));
  const fields = Object.entries(dictOf(schema.properties)).map(
    ([name, each]) => `${JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${typeOf(each, `${place}.${name}`)}`,
  );
  const rest = schema.additionalProperties;
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  if (rest === false) return 'Record<string, never>';
  return `{ [key: string]: ${isDict(rest) && Object.keys(rest).length > 0 ? typeOf(rest, `${place}.*`) : 'unknown'} }`;
}

/** One schema as a TypeScript type. */
function typeOf(value: Json | undefined, place: string): string {
  if (!isDict(value)) return 'unknown';
  const strange = UNKNOWN_KEYWORDS.find((word) => word in value);
  if (strange !== undefined)
    throw new Error(`${place}: "${strange}" is not known to tools/generate-api-types.ts; teach it.`);
  if (typeof value.$ref === 'string') return `components["schemas"][${JSON.stringify(value.$ref.split('/').at(-1))}]`;
  if ('const' in value) return JSON.stringify(value.const);
  if (Array.isArray(value.enum)) return union(value.enum.map((each) => JSON.stringify(each)));
  const options = value.anyOf ?? value.oneOf;
  if (Array.isArray(options)) return union(options.map((each, i) => typeOf(each, `${place}|${i}`)));
  if (Array.isArray(value.allOf)) return value.allOf.map((each, i) => typeOf(each, `${place}&${i}`)).join(' & ');
  if (Array.isArray(value.type)) return union(value.type.map((type) => typeOf({ ...value, type }, place)));
  if (value.type === 'array') return arrayType(value, place);
  if (value.type === 'object') return objectType(value, place);
  return typeof value.type === 'string' ? (PRIMITIVES[value.type] ?? 'unknown') : 'unknown';
}

function parametersOf(operation: Dict, place: string): string {
  const groups = ['query', 'path', 'header', 'cookie'].map((where) => {
    const own = listOf(operation.parameters).filter((each) => isDict(each) && each.in === where) as Dict[];
    if (own.length === 0) return `${where}?: never`;
    const optional = own.every((each) => each.required !== true);
    const fields = own.map(
      (each) =>
        `${JSON.stringify(each.name)}${each.required === true ? '' : '?'}: ${typeOf(each.schema, `${place}?${String(each.name)}`)}`,
    );
    return `${where}${optional ? '?' : ''}: { ${fields.join('; ')} }`;
  });
  return `{ ${groups.join('; ')} }`;
}

function contentOf(value: Json | undefined, place: string): string {
  const media = Object.entries(dictOf(dictOf(value).content));
  if (media.length === 0) return 'content?: never';
  return `content: { ${media.map(([type, each]) => `${JSON.stringify(type)}: ${typeOf(dictOf(each).schema, `${place} ${type}`)}`).join('; ')} }`;
}

function operationType(operation: Dict, place: string): string {
  const body = operation.requestBody;
  const requestBody = isDict(body)
    ? `requestBody${body.required === true ? '' : '?'}: { ${contentOf(body, `${place} body`)} }`
    : 'requestBody?: never';
  const responses = Object.entries(dictOf(operation.responses)).map(
    ([status, each]) =>
      `${/^\d+$/.test(status) ? status : JSON.stringify(status)}: { headers: { [name: string]: unknown }; ${contentOf(each, `${place} ${status}`)} }`,
  );
  return `{\n      parameters: ${parametersOf(operation, place)};\n      ${requestBody};\n      responses: { ${responses.join('; ')} };\n    }`;
}

function pathType(path: string, item: Dict): string {
  const methods = METHODS.map((method) =>
    isDict(item[method])
      ? `    ${method}: ${operationType(item[method], `${method} ${path}`)};`
      : `    ${method}?: never;`,
  );
  return `  ${JSON.stringify(path)}: {\n    parameters: { query?: never; header?: never; path?: never; cookie?: never };\n${methods.join('\n')}\n  };`;
}

/** The text of web/generated/api.ts. */
export function renderApiTypes(openApi: string): string {
  const document = dictOf(JSON.parse(openApi) as Json);
  const schemas = Object.entries(dictOf(dictOf(document.components).schemas)).map(
    ([name, each]) => `    ${JSON.stringify(name)}: ${typeOf(each, name)};`,
  );
  const paths = Object.entries(dictOf(document.paths)).map(([path, item]) => pathType(path, dictOf(item)));
  return `// Made from docs/openapi.json by tools/generate-api-types.ts: change the routes, then run npm run docs.\nexport interface paths {\n${paths.join('\n')}\n}\n\nexport interface components {\n  schemas: {\n${schemas.join('\n')}\n  };\n}\n`;
}
