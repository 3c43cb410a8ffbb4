import { portals } from '@shiming/domain';
import { defineConfig } from 'vitest/config';

/** The pages, measured one after the other in a stack and a browser of their own: `pnpm test:pages`. */
export default defineConfig({
  test: {
    name: 'pages',
    root: import.meta.dirname,
    include: ['e2e/accessibility/*.pages.ts'],
    isolate: false,
    environment: './e2e/environment.ts',
    globalSetup: 'e2e/shared.ts',
    setupFiles: 'e2e/renew.ts',
    env: { PORTALS: portals.map(({ id }) => id).join(',') },
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 480_000,
    expect: { poll: { timeout: 90_000 } },
  },
});
