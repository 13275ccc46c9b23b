import { defineConfig } from 'vitest/config';

// Suites that need a service on the machine (Request Tracker, ...). They skip with a visible reason where it is missing.
export default defineConfig({
  test: { include: ['test/services/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false },
});
