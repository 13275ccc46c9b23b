import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
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

  it('refers to nothing that is not in it', () => {
    const { components } = JSON.parse(served) as { components: { schemas: Record<string, unknown> } };
    const named = [...served.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(new Set(named)).toEqual(new Set(Object.keys(components.schemas)));
    expect(served).not.toContain('"Default Response"');
  });
});
