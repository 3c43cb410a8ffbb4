import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'journeys',
    root: import.meta.dirname,
    include: ['e2e/**/*.e2e.ts'],
    // Every file starts a stack of its own; what they share is the bundle.
    globalSetup: 'e2e/bundle.ts',
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
