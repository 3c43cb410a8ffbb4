import { availableParallelism } from 'node:os';
import { portals } from '@shiming/domain';
import { defineConfig } from 'vitest/config';

/** Files that follow each other in a process share its stack and its browser, and each begins with an empty database. */
export default defineConfig({
  test: {
    name: 'journeys',
    root: import.meta.dirname,
    include: ['e2e/**/*.e2e.ts'],
    isolate: false,
    environment: './e2e/environment.ts',
    globalSetup: 'e2e/shared.ts',
    setupFiles: 'e2e/renew.ts',
    env: { PORTALS: portals.map(({ id }) => id).join(',') },
    // A third of the time a journey waits: for a message, for a page to settle, for a minute to pass on its clock.
    maxWorkers: Math.min(availableParallelism() + 1, 4),
    testTimeout: 480_000,
    hookTimeout: 480_000,
    // As long as Playwright waits (harness.ts): a machine with much to do is no fault.
    expect: { poll: { timeout: 90_000 } },
  },
});
