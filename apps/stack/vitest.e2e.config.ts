import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By name: all files share one stack, so what one finds there must not hang on how long another took last time. */
class ByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => (one.moduleId < other.moduleId ? -1 : 1));
  }
}

export default defineConfig({
  test: {
    name: 'journeys',
    root: import.meta.dirname,
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: 'e2e/stack-setup.ts',
    // One stack and one database: a journey that stops the database must be alone.
    fileParallelism: false,
    sequence: { sequencer: ByName },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
