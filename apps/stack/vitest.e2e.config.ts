import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { portals } from '@shiming/domain';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const root = import.meta.dirname;
const files = globSync('e2e/**/*.e2e.ts', { cwd: root });
const importing = (name: string) =>
  files.filter((file) => readFileSync(join(root, file), 'utf8').includes(`/${name}.ts'`));
const withServices = importing('with-services');
const withMinistry = importing('with-ministry');
const others = files.filter((file) => ![...withServices, ...withMinistry].includes(file));

/** Files that follow each other in a process share its stack and its browser, and each begins with an empty database. */
const journeys = (name: string, include: string[]): TestProjectInlineConfiguration => ({
  test: {
    name,
    root,
    include,
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

export default defineConfig({
  test: {
    projects: [
      journeys('journeys', others),
      // A stack with another Worker, which only these files need.
      journeys('journeys into services', withServices),
      journeys('journeys through the ministry', withMinistry),
    ].filter(({ test }) => test?.include?.length !== 0),
  },
});
