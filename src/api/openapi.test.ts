import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { BODY_EXAMPLES } from './examples.ts';
import { REPLY_EXAMPLES } from './reply-examples.ts';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>>;
  };
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let fleet: ApiFleet;
let served: string;
let document: Document;
beforeAll(async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  fleet = await openApiFleet([], () => ({ version }));
  const { token } = await fleet.token('viewer');
  served = (await fleet.ask({ method: 'GET', url: '/openapi.json', token })).body;
  document = JSON.parse(served) as Document;
});
afterAll(() => fleet.close());

describe('the OpenAPI document', () => {
  it('is served as the bytes that lie in docs/openapi.json', () => {
    expect(served === readFileSync('docs/openapi.json', 'utf8')).toBe(true);
  });

  it('is read with a token alone, unless the configuration opens it', async () => {
    expect((await fleet.ask({ method: 'GET', url: '/openapi.json' })).statusCode).toBe(401);
    const open = await openApiFleet([], ({ config }) => ({
      config: { ...config, serve: { ...config.serve, open_openapi: true } },
    }));
    expect((await open.ask({ method: 'GET', url: '/openapi.json' })).statusCode).toBe(200);
    expect((await open.ask({ method: 'GET', url: '/v1/workspaces' })).statusCode).toBe(401);
    await open.close();
  });

  it('is of version 3.1 and names every route of the app', () => {
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = fleet.app.routeEntries.map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(described.toSorted()).toEqual(routes.toSorted());
  });

  it('says of every route what it does, who may call it, and how it refuses', () => {
    for (const [path, item] of Object.entries(document.paths))
      for (const operation of Object.values(item)) {
        expect(operation.summary, path).toMatch(/\w/);
        expect(operation.description, path).toMatch(
          /No token is needed|Needs a token with the role|Needs the session of an invitation/,
        );
        const open = operation.description?.includes('No token is needed') === true;
        const invited = path.startsWith('/v1/respondent/');
        expect(operation.security, path).toEqual(open ? [] : invited ? [{ session: [] }] : undefined);
        if (!open)
          expect(Object.keys(operation.responses.default?.content ?? {})).toEqual(['application/problem+json']);
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const declared = (operation.parameters ?? []).filter((p) => p.in === 'path').map(({ name }) => name);
        expect(declared.toSorted(), path).toEqual(inPath.toSorted());
      }
  });

  it('names each operation once, for those who generate clients, and groups it', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    const ids = operations.map(({ operationId }) => operationId ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^(get|post|put|delete)[A-Za-z0-9]+$/);
    for (const { operationId, tags } of operations) expect([operationId, tags?.length]).toEqual([operationId, 1]);
    expect(ids).toContain('getWorkspacesRunsById');
  });

  it('shows for every body what may be sent, and that fits its schema', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'api' });
    const at = (text: string): string => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
    let bodies = 0;
    for (const [path, item] of Object.entries(document.paths))
      for (const [method, { requestBody }] of Object.entries(item)) {
        if (requestBody === undefined || 'application/octet-stream' in requestBody.content) continue;
        const { example } = requestBody.content['application/json'] ?? {};
        const pointer = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema']
          .map(at)
          .join('/');
        expect([method, path, example === undefined]).toEqual([method, path, false]);
        expect([method, path, ajv.validate({ $ref: `api#/${pointer}` }, example), ajv.errorsText()]).toEqual([
          method,
          path,
          true,
          'No errors',
        ]);
        bodies += 1;
      }
    expect(bodies).toBe(Object.keys(BODY_EXAMPLES).length);
  });

  it('shows for every reply but the long ones what it looks like, and that fits its schema', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'api' });
    const at = (text: string): string => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
    const replies = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { operationId = '', responses }]) =>
        Object.entries(responses).flatMap(([status, { content }]) => {
          const json = content?.['application/json'] as { readonly example?: unknown } | undefined;
          const pointer = ['paths', path, method, 'responses', status, 'content', 'application/json', 'schema'];
          return status.startsWith('2') && json !== undefined ? [{ operationId, pointer, example: json.example }] : [];
        }),
      ),
    );
    const shown = replies.filter(({ example }) => example !== undefined);
    for (const { operationId, pointer, example } of shown) {
      const fits = ajv.validate({ $ref: `api#/${pointer.map(at).join('/')}` }, example);
      expect([operationId, fits, ajv.errorsText()]).toEqual([operationId, true, 'No errors']);
    }
    const silent = replies.flatMap(({ operationId, example }) => (example === undefined ? [operationId] : []));
    expect(shown.length).toBe(Object.keys(REPLY_EXAMPLES).length);
    expect(silent.filter((id) => !id.startsWith('getWorkspacesViews')).toSorted()).toEqual([
      'getCatalogue',
      'getConnectors',
      'getEventKinds',
      'getGlossary',
      'getModels',
      'getModelsByModel',
      'getOpenapiJson',
      'getRespondentQuestions',
      'getViewsFleet',
      'getWorkspacesComparison',
      'getWorkspacesExplain',
      'getWorkspacesPath',
      'getWorkspacesSnapshotsBySnapshot',
      'getWorkspacesWhatIf',
      'postWorkspacesUploadsByIdCheck',
      'postWorkspacesUploadsByIdProposal',
    ]);
  });

  it('refers to nothing that is not in it', () => {
    const { components } = JSON.parse(served) as { components: { schemas: Record<string, unknown> } };
    const named = [...served.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(new Set(named)).toEqual(new Set(Object.keys(components.schemas)));
    expect(served).not.toContain('"Default Response"');
  });
});
