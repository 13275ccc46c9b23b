import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Who may import whom; `types` = only through `import type`. Anything not listed is forbidden. */
const ALLOWED: Record<string, { code: string[]; types?: string[] }> = {
  'src/errors': { code: [] },
  'src/domain': { code: ['src/errors'] },
  'src/kit': { code: ['src/domain', 'src/errors'] },
  'src/store': { code: ['src/domain', 'src/errors'] },
  'src/signals': { code: ['src/domain', 'src/errors'] },
  'src/models': { code: ['src/domain', 'src/errors'] },
  'src/scoring': { code: ['src/domain', 'src/errors'] },
  'src/assessment': { code: ['src/domain', 'src/errors'] },
  'src/report': { code: ['src/domain', 'src/errors'] },
  'src/config': { code: ['src/domain', 'src/errors'], types: ['src/store'] },
  'src/logging': { code: ['src/errors'] },
  'src/demo': { code: ['src/errors'] },
  'src/pipeline': {
    code: ['src/domain', 'src/errors', 'src/signals', 'src/models', 'src/scoring', 'src/assessment'],
    types: ['src/kit', 'src/store'],
  },
  'src/cli': {
    code: [
      'src/pipeline',
      'src/report',
      'src/domain',
      'src/errors',
      'src/compose.ts',
      'src/config',
      'src/demo',
      'src/logging',
    ],
    types: ['src/kit', 'src/store', 'src/api', 'workers'],
  },
  'src/shapes.ts': { code: [], types: ['src/domain', 'src/report'] },
  'src/compose.ts': { code: ['*'] },
  'src/compose': { code: ['*'] },
  connectors: { code: ['src/kit', 'src/domain', 'src/errors'] },
  workers: { code: ['src/pipeline', 'src/domain', 'src/errors'], types: ['src/kit', 'src/store', 'src/logging'] },
  'src/notify': { code: ['src/kit', 'src/domain', 'src/errors'] },
  // The page: it calls the interface, draws what views say, and runs the pure core for its what-if.
  web: { code: ['src/scoring'], types: ['src/domain', 'src/report'] },
  'src/api': {
    code: ['src/pipeline', 'src/report', 'src/domain', 'src/errors'],
    types: ['src/kit', 'src/store', 'src/config', 'src/logging'],
  },
};

/** Packages that only some places may import. */
const PACKAGES: Record<string, string[]> = {
  'node-fetch': ['src/kit'],
  '@duckdb/node-api': ['src/store', 'src/signals', 'connectors/file', 'connectors/warehouse'],
  'simple-statistics': ['src/signals', 'src/scoring'],
  bullmq: ['workers'],
  ioredis: ['workers', 'src/compose'],
  pg: ['src/store/postgres', 'workers'],
  'pg-copy-streams': ['src/store/postgres'],
  fastify: ['src/api'],
  'openid-client': ['src/api'],
  'prom-client': ['src/api'],
  croner: ['src/pipeline'],
  nodemailer: ['src/notify'],
  commander: ['src/cli'],
  listr2: ['src/cli'],
  '@clack/prompts': ['src/cli'],
  pino: ['src/logging'],
  react: ['web'],
  'react-dom': ['web'],
  '@mantine/core': ['web'],
  '@mantine/hooks': ['web'],
  '@tanstack/react-query': ['web'],
  '@tanstack/react-router': ['web'],
  'openapi-fetch': ['web'],
};

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

function sourceFiles(dir: string): string[] {
  // An empty folder is not in a checkout.
  if (!existsSync(join(ROOT, dir))) return [];
  return readdirSync(join(ROOT, dir), { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !e.name.endsWith('.test.ts'))
    .map((e) => relative(ROOT, join(e.parentPath, e.name)))
    .filter((f) => !f.includes('fixtures/'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found: Import[] = [];
  const pattern = /^\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
  for (const match of text.matchAll(pattern)) {
    const target = match[3] as string;
    const inlineTypes = /\{([^}]*)\}/.exec(match[0])?.[1];
    const onlyInlineTypes =
      inlineTypes?.split(',').every((part) => part.trim() === '' || part.trim().startsWith('type ')) === true;
    found.push({ file, target, typeOnly: match[2] !== undefined || onlyInlineTypes });
  }
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g))
    found.push({ file, target: match[1] as string, typeOnly: false });
  return found;
}

function layerOf(file: string): string {
  if (file === 'src/compose.ts' || file === 'src/shapes.ts') return file;
  const [top, second] = file.split('/');
  return top === 'src' ? `src/${second}` : (top as string);
}

const files = ['src', 'connectors', 'workers', 'web'].flatMap(sourceFiles);
const imports = files.flatMap(importsOf);

function resolveLocal(entry: Import): string | null {
  return entry.target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(entry.file), entry.target)) : null;
}

/** What is wrong with the direction of one import; nothing when it is allowed. */
function wrongDirection(entry: Import): string[] {
  const target = resolveLocal(entry);
  if (target === null || target === 'package.json') return [];
  const [from, to] = [layerOf(entry.file), layerOf(target)];
  if (from === 'connectors' && to === 'connectors') {
    const sameConnector = entry.file.split('/')[1] === target.split('/')[1];
    return sameConnector || entry.file === 'connectors/index.ts'
      ? []
      : [`${entry.file} -> ${target}: connectors never import each other`];
  }
  if (from === to) return [];
  if (from === 'web' && to === 'src/report' && !target.startsWith('src/report/view/'))
    return [`${entry.file} -> ${target}: the page draws views itself`];
  const rule = ALLOWED[from];
  const allowed = rule?.code.includes('*') || rule?.code.includes(to) || (entry.typeOnly && rule?.types?.includes(to));
  return allowed === true ? [] : [`${entry.file} -> ${target}`];
}

describe('architecture', () => {
  it('finds the source tree', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(20);
  });

  it('lets layers import only what they may', () => {
    expect(imports.flatMap(wrongDirection)).toEqual([]);
  });

  it('keeps named packages in their places', () => {
    const wrong = imports
      .filter((entry) => {
        const places = Object.entries(PACKAGES).find(
          ([name]) => entry.target === name || entry.target.startsWith(`${name}/`),
        );
        return places !== undefined && !places[1].some((place) => entry.file.startsWith(place));
      })
      .map((entry) => `${entry.file} -> ${entry.target}`);
    expect(wrong).toEqual([]);
  });

  it('has no import cycle', () => {
    const graph = new Map<string, string[]>();
    for (const entry of imports) {
      const target = resolveLocal(entry);
      if (target !== null) graph.set(entry.file, [...(graph.get(entry.file) ?? []), target]);
    }
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('reads the environment and the clock only where they may be read', () => {
    const wrong = files.filter((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const clock = /\bnew Date\(\)|\bDate\.now\(\)/.test(text) && file !== 'src/compose/clock.ts';
      const env = /\bprocess\.env\b/.test(text) && !file.startsWith('src/config/');
      return clock || env;
    });
    expect(wrong).toEqual([]);
  });
});
