import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'journeys',
    root: import.meta.dirname,
    include: ['e2e/**/*.e2e.ts'],
    // Every file starts a stack of its own; what they share is the bundle.
    globalSetup: 'e2e/bundle.ts',
    // A third of the time a journey waits: for a message, for a page to settle, for a minute to pass on its clock.
    maxWorkers: Math.min(availableParallelism() + 1, 4),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
