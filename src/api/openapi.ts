import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { BODY_EXAMPLES, operationIdOf, PARAMETER_EXAMPLES } from './examples.ts';
import { REPLY_EXAMPLES } from './reply-examples.ts';
import type { Access } from './types.ts';
import { COMPONENTS } from './wire.ts';

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

/** Dates go over the wire as text; descriptions are kept by zod for the whole process, not in the registry of our components. */
const describe: Override = ({ zodSchema, jsonSchema }) => {
  const description = z.globalRegistry.get(zodSchema)?.description;
  if (description !== undefined) jsonSchema.description = description;
  const { type } = zodSchema._zod.def;
  if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
  // What the document's maker takes for "no body".
  if (type === 'undefined') jsonSchema.type = 'null';
};
const making = { schemaRegistry: COMPONENTS, zodToJsonConfig: { override: describe } };
const transform = createJsonSchemaTransform(making);
const transformObject = createJsonSchemaTransformObject(making);

const SCOPES: Readonly<Record<'workspace' | 'own' | 'fleet', string>> = {
  workspace: 'for the workspace of the path',
  own: 'of any workspace; shows what it opens',
  fleet: 'for all workspaces',
};

/** Says in the document who may call a route, from the same words that the guard reads. */
function whoMay(access: Access | undefined): string {
  if (access?.kind === 'respondent') return 'Needs the session of an invitation.';
  return access === undefined || access.kind !== 'token'
    ? 'No token is needed.'
    : `Needs a token with the role ${access.role} or above, ${SCOPES[access.scope]}.`;
}

/** What a route asks for where that is not what all of them ask for. */
function securityOf(access: Access | undefined): { readonly security?: readonly Record<string, string[]>[] } {
  if (access?.kind === 'open') return { security: [] };
  return access?.kind === 'respondent' ? { security: [{ session: [] }] } : {};
}

/** The body of a route that takes bytes. */
const BYTES = { consumes: ['application/octet-stream'], body: { type: 'string', format: 'binary' } };

/** Collects the OpenAPI 3.1 document of everything that is registered after it. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  const examples: Examples = { bodies: new Map(), replies: new Map() };
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Plumbline',
        version,
        description:
          'Headless interface of Plumbline: connections, imports, schedules, runs, snapshots, answers and notices.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'plumbline' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: (given) => {
      const { access } = given.route.config ?? {};
      const { schema, url } = transform(given);
      const described = schema as FastifySchema & { description?: string };
      const description = [described.description, whoMay(access)].filter((text) => text !== undefined).join(' ');
      const security = securityOf(access);
      const method = [given.route.method].flat()[0] ?? 'GET';
      const operationId = operationIdOf(method, url);
      const [body, reply] = [BODY_EXAMPLES[`${method} ${url}`], REPLY_EXAMPLES[`${method} ${url}`]];
      if (body !== undefined) examples.bodies.set(operationId, body);
      if (reply !== undefined) examples.replies.set(operationId, reply);
      const bytes = given.route.config?.bytes === true ? BYTES : {};
      return { schema: { ...described, ...bytes, operationId, description, ...security }, url };
    },
    transformObject: (given) => {
      const document = transformObject(given) as Document;
      return withExamples(pruned(document), examples) as ReturnType<typeof transformObject>;
    },
  });
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, object>> };
  readonly responses?: Replies;
}

type Replies = Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;

/** By operationId. */
interface Examples {
  readonly bodies: Map<string, unknown>;
  readonly replies: Map<string, unknown>;
}

/** Replies that went well, with the example beside their schema. */
function shownReplies(responses: Replies, example: unknown): Replies {
  const shown = Object.entries(responses).map(([status, reply]) => {
    const json = reply.content?.['application/json'];
    if (!status.startsWith('2') || json === undefined) return [status, reply];
    return [status, { ...reply, content: { ...reply.content, 'application/json': { ...json, example } } }];
  });
  return Object.fromEntries(shown);
}

/** Examples of parameters, bodies and replies, beside their schemas. */
function withExamples(document: Document, { bodies, replies }: Examples): Document {
  const shown = ({ parameters, requestBody, responses, ...operation }: Operation): Operation => {
    const example = bodies.get(operation.operationId ?? '');
    const reply = replies.get(operation.operationId ?? '');
    const content = Object.entries(requestBody?.content ?? {}).map(
      ([type, one]) => [type, { ...one, example }] as const,
    );
    return {
      ...operation,
      ...(responses === undefined
        ? {}
        : { responses: reply === undefined ? responses : shownReplies(responses, reply) }),
      ...(parameters === undefined
        ? {}
        : {
            parameters: parameters.map((one) =>
              one.name in PARAMETER_EXAMPLES ? { ...one, example: PARAMETER_EXAMPLES[one.name] } : one,
            ),
          }),
      ...(requestBody === undefined
        ? {}
        : {
            requestBody: example === undefined ? requestBody : { ...requestBody, content: Object.fromEntries(content) },
          }),
    };
  };
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, shown(operation)])),
  ]);
  return { ...document, paths: Object.fromEntries(paths) };
}

interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

/** Leaves out components that nothing refers to: each shape is made for input and output, and most are used for one. */
function pruned(document: Document): Document {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const match of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const name = match[1] ?? '';
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit({ ...document, components: undefined });
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(kept) } };
}

/** The document as it is served and as it lies in docs/openapi.json: the same bytes. */
export function openApiText(app: Pick<FastifyInstance, 'swagger'>): string {
  const document = JSON.stringify(app.swagger(), null, 2);
  return `${document.replaceAll('"Default Response"', '"Done"')}\n`;
}
