import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * The last step of `npm run build`: `build/`, as tsc wrote it, becomes `dist/`, the command line and all it needs in fewer and larger files. Finding,
 * reading and linking six hundred small ones was most of what a short command cost.
 */
const ROOT = join(import.meta.dirname, '..');
const BUILD = join(ROOT, 'build');
const DIST = join(ROOT, 'dist');

/** Packages that nearly every command loads and that are JavaScript alone, with those that they load. All others stay packages. */
const INSIDE = [
  /^@duckdb\/node-api$/,
  /^(commander|yaml|zod)$/,
  /^(pino|pino-std-serializers|@pinojs\/redact|safe-stable-stringify|quick-format-unescaped|sonic-boom|atomic-sleep|on-exit-leak-free)$/,
];

/** Files that look for others beside them. */
const IN_PLACE = ['src/compose/compiled-rules', 'src/store/duckdb/pack/child-process'];

const ENTRIES = ['src/cli/main', 'src/store/duckdb/pack/child'];

rmSync(join(DIST, 'bundle'), { recursive: true, force: true });
await build({
  root: BUILD,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: INSIDE },
  build: {
    ssr: true,
    target: 'node20',
    outDir: DIST,
    emptyOutDir: false,
    minify: false,
    // What is bundled is passed on, and its licences ask for their text beside it.
    license: { fileName: 'bundle/LICENSES.md' },
    rollupOptions: {
      input: Object.fromEntries(ENTRIES.map((name) => [name, join(BUILD, `${name}.js`)])),
      preserveEntrySignatures: false,
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: ({ name }) => (IN_PLACE.includes(name) ? '[name].js' : 'bundle/[name]-[hash].js'),
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: IN_PLACE.map((name) => ({ name, test: (id) => id === join(BUILD, `${name}.js`) })),
        },
      },
    },
  },
});
copyFileSync(join(BUILD, 'rules.json'), join(DIST, 'rules.json'));
