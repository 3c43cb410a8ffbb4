import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The library's own default leaves one core to a watcher, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          include: ['packages/**/src/**/*.test.ts', 'apps/{worker,sandbox,stack}/src/**/*.test.ts'],
          pool: 'threads',
          // Every file makes the world it tests in; the modules they load are the same.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      './apps/web/vitest.config.ts',
    ],
  },
});
