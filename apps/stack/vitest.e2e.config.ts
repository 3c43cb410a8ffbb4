import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'journeys',
    root: import.meta.dirname,
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: 'e2e/stack-setup.ts',
    // One stack and one database: a journey that stops the database must be alone.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
