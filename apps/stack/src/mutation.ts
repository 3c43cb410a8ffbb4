import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import { type Flip, flipped, flipsOf } from './flips.ts';
import { runCommand } from './lifetime.ts';
import { root } from './paths.ts';

/** The mechanisms, and the tests that have to notice what changes in them. */
const mechanisms: Readonly<Record<string, readonly string[]>> = {
  'packages/db/src/unit-of-work.ts': ['packages/db/src/unit-of-work.test.ts'],
  'packages/services/src/allowance/allowance.ts': [
    'packages/services/src/allowance/allowance.test.ts',
  ],
  'packages/services/src/challenge/challenge.ts': ['packages/services/src/challenge'],
  'packages/services/src/session/kind.ts': ['packages/services/src/session'],
  'packages/services/src/account/attestation.ts': [
    'packages/services/src/account/attestation.test.ts',
  ],
  'packages/domain/src/cases/case.ts': ['packages/domain/src/cases'],
  'packages/services/src/cases/state.ts': ['packages/services/src/cases'],
  'packages/services/src/cases/consent.ts': ['packages/services/src/cases'],
};

/** A change that makes a test run for ever is noticed, too. */
const longestMs = 120_000;

/** Those of a module's flips that its tests do not notice; one at a time, and none is ever written to the disk. */
async function survivorsOf(
  file: string,
  tests: readonly string[],
  flips: readonly Flip[],
): Promise<Flip[]> {
  const path = join(root, file);
  const source = readFileSync(path, 'utf8');
  let text = source;
  const vitest = await createVitest(
    'test',
    {
      root,
      config: false,
      include: tests.map((each) => (each.endsWith('.ts') ? each : `${each}/*.test.ts`)),
      pool: 'threads',
      setupFiles: ['packages/domain/src/testing/draws.ts'],
      maxWorkers: 1,
      testTimeout: 30_000,
      bail: 1,
      // It answers for a module without asking the plugin.
      fsModuleCache: false,
      watch: false,
      reporters: [{}],
    },
    { plugins: [{ name: 'flip', enforce: 'pre', load: (id) => (id === path ? text : null) }] },
  );
  const specifications = await vitest.globTestSpecifications();
  const passes = async (): Promise<boolean> => {
    vitest.invalidateFile(path);
    const tooLong = setTimeout(() => void vitest.cancelCurrentRun('test-failure'), longestMs);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    clearTimeout(tooLong);
    return unhandledErrors.length === 0 && testModules.every((each) => each.ok());
  };
  const survivors: Flip[] = [];
  try {
    if (!(await passes())) throw new Error(`The tests of ${file} fail as it stands.`);
    for (const flip of flips) {
      text = flipped(source, flip);
      const survives = await passes();
      process.stdout.write(survives ? `\n  ${file}:${flip.line}  ${flip.what}\n` : '.');
      if (survives) survivors.push(flip);
    }
  } finally {
    await vitest.close();
  }
  return survivors;
}

/**
 * Changes the mechanisms one operator at a time, and names the changes that no test notices. Asked for parts of their paths, it
 * takes these alone; `allowance:71,109` takes two lines.
 */
async function mutate(): Promise<void> {
  const asked = process.argv.slice(2).map((each) => each.split(':'));
  const lines: string[] = [];
  for (const [file, tests] of Object.entries(mechanisms)) {
    const chosen = asked.find(([part = '']) => file.includes(part));
    if (chosen === undefined && asked.length > 0) continue;
    const atLines = chosen?.[1]?.split(',').map(Number);
    const flips = flipsOf(file, readFileSync(join(root, file), 'utf8')).filter(
      ({ line }) => atLines?.includes(line) ?? true,
    );
    if (flips.length === 0) continue;
    const { length: left } = await survivorsOf(file, tests, flips);
    const killed = flips.length - left;
    const share = ((killed / flips.length) * 100).toFixed(0).padStart(3);
    lines.push(`${share} %  ${killed} of ${flips.length}  ${file}`);
  }
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

await runCommand(mutate);
