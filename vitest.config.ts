import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import web from './apps/web/vitest.config.ts';

const webDir = join(import.meta.dirname, 'apps/web');
/** Files that replace a module: each loads its modules again, since a file that shared them would get what another one replaced. */
const replacing = globSync('src/**/*.test.{ts,tsx}', { cwd: webDir }).filter((file) =>
  readFileSync(join(webDir, file), 'utf8').includes('vi.mock('),
);

export default defineConfig({
  test: {
    // The library's own default leaves one core to a watcher, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'packages/**/src/**/*.test.ts',
            'apps/{oidc,worker,sandbox,stack}/src/**/*.test.ts',
          ],
          pool: 'threads',
          setupFiles: ['packages/domain/src/testing/draws.ts'],
          // Every file makes the world it tests in; the modules they load are the same.
          isolate: false,
          // For what hangs: a machine with much to do is no fault.
          testTimeout: 120_000,
          hookTimeout: 480_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        ...web,
        root: webDir,
        test: { ...web.test, exclude: [...configDefaults.exclude, ...replacing] },
      },
      {
        ...web,
        root: webDir,
        test: {
          ...web.test,
          name: 'web, modules replaced',
          include: replacing,
          // A process and a page for each file would take longer than all that they show.
          setupFiles: ['src/testing-own-modules.ts', 'src/testing.ts'],
        },
      },
    ],
  },
});
