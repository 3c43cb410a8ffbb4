import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVitest } from 'vitest/node';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';
import { type Flip, flipped, flipsOf } from './mutation/flips.ts';
import { commitNow, type Measured, writePage } from './mutation/page.ts';
import { flipReasons, strykerReasons } from './mutation/reasons.ts';
import { strykerSurvivors } from './mutation/stryker.ts';
import { type Survivor, unexplained } from './mutation/survivors.ts';
import { root } from './paths.ts';

/** The mechanisms, and the tests that have to notice what changes in them. */
const mechanisms: Readonly<Record<string, readonly string[]>> = {
  'packages/db/src/unit-of-work.ts': ['packages/db/src/unit-of-work.test.ts'],
  'packages/services/src/allowance/allowance.ts': [
    'packages/services/src/allowance/allowance.test.ts',
  ],
  'packages/services/src/challenge/challenge.ts': ['packages/services/src/challenge'],
  'packages/services/src/session/kind.ts': ['packages/services/src/session'],
  'packages/services/src/session/session.ts': [
    'packages/services/src/session',
    'packages/services/src/oidc/deliver.test.ts',
  ],
  'packages/services/src/account/attestation.ts': [
    'packages/services/src/account/attestation.test.ts',
  ],
  'packages/services/src/account/secure.ts': ['packages/services/src/account/secure.test.ts'],
  'packages/services/src/face/challenge.ts': ['packages/services/src/face/level.test.ts'],
  'packages/services/src/oidc/registrations.ts': [
    'packages/services/src/oidc/registrations.test.ts',
  ],
  'packages/domain/src/number-claims.ts': ['packages/domain/src/number-claims.test.ts'],
  'packages/domain/src/cases/case.ts': ['packages/domain/src/cases/case.test.ts'],
  'packages/services/src/cases/state.ts': ['packages/services/src/cases'],
  'packages/services/src/cases/consent.ts': ['packages/services/src/cases'],
};

const ofDocuments = ['documents', 'new-documents'].map(
  (name) => `packages/domain/src/documents/${name}.test.ts`,
);
/** The modules of the domain and their tests: those that decide most first, and then all that have tests beside them. */
const ofDomain: Readonly<Record<string, readonly string[]>> = {
  'packages/domain/src/cases/case.ts': ['packages/domain/src/cases/case.test.ts'],
  'packages/domain/src/documents/number.ts': ofDocuments,
  'packages/domain/src/documents/citizen-number.ts': ofDocuments,
  ...Object.fromEntries(
    [
      'documents/validity',
      'documents/name',
      'next-step',
      'number-claims',
      'checks',
      'authorisation',
      'retention',
      'working-days',
      'http-signature',
      ...globSync('**/*.test.ts', { cwd: join(root, 'packages/domain/src') })
        .map((test) => test.replace('.test.ts', ''))
        // Constant texts alone, of which StrykerJS changes nothing.
        .filter((name) => name !== 'wechat-replies')
        .toSorted(),
    ]
      .map((name) => `packages/domain/src/${name}`)
      .filter((path) => existsSync(join(root, `${path}.ts`)))
      .map((path) => [`${path}.ts`, [`${path}.test.ts`]]),
  ),
  'packages/domain/src/documents/documents.ts': ofDocuments,
  'packages/domain/src/documents/travel-permit.ts': [
    'packages/domain/src/documents/travel-permit.test.ts',
    ...ofDocuments,
  ],
  // Names in Latin letters are tested with the documents that have them.
  'packages/domain/src/documents/name.ts': [
    'packages/domain/src/documents/name.test.ts',
    'packages/domain/src/documents/new-documents.test.ts',
  ],
};

/** A change that makes a test run for ever is noticed, too. */
const longestMs = 600_000;

/** Those of a module's flips that its tests do not notice; one at a time, and none is ever written to the disk. */
async function survivorsOf(
  file: string,
  tests: readonly string[],
  flips: readonly Flip[],
): Promise<Survivor[]> {
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
      // A busy machine is no test that has noticed something.
      testTimeout: 300_000,
      hookTimeout: 300_000,
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
  const survivors: Survivor[] = [];
  try {
    if (!(await passes())) throw new Error(`The tests of ${file} fail as it stands.`);
    for (const flip of flips) {
      text = flipped(source, flip);
      const survives = await passes();
      process.stdout.write(survives ? `\n  ${file}:${flip.line}  ${flip.what}\n` : '.');
      if (!survives) continue;
      const at = (source.split('\n')[flip.line - 1] ?? '').trim();
      survivors.push({ line: flip.line, at, change: flip.what });
    }
  } finally {
    await vitest.close();
    // It ends a process with an error whose tests have failed, as they should here.
    process.exitCode = undefined;
  }
  return survivors;
}

/**
 * Changes modules bit by bit, and names the changes that no test notices: the mechanisms by flips, or with `--stryker` the
 * domain. Asked for parts of their paths, it takes these alone; `allowance:71,109` takes two lines. `--write` keeps what it
 * measured in `docs/mutation.md`.
 */
async function mutate(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean' }, stryker: { type: 'boolean' } },
  });
  const isOfDomain = values.stryker === true;
  const asked = positionals.map((each) => each.split(':'));
  const modules = isOfDomain ? ofDomain : mechanisms;
  const reasons = isOfDomain ? strykerReasons : flipReasons;
  const commit = commitNow();
  const measured: Measured[] = [];
  const wrong: string[] = [];
  for (const [file, tests] of Object.entries(modules)) {
    const chosen = asked.find(([part = '']) => file.includes(part));
    if (chosen === undefined && asked.length > 0) continue;
    const atLines = chosen?.[1]?.split(',').map(Number);
    const { mutants, survivors } = isOfDomain
      ? await strykerSurvivors(file, tests)
      : await flipSurvivors(file, tests, atLines);
    if (mutants === 0) continue;
    const killed = mutants - survivors.length;
    const open = unexplained(survivors, reasons[file] ?? []);
    for (const { line, change } of open.survivors) wrong.push(`${file}:${line}  ${change}`);
    // Of some lines alone nothing else can be said.
    if (atLines === undefined) {
      for (const each of open.reasons) wrong.push(`${file}: a reason, and no survivor: ${each}`);
      measured.push({ file, mutants, killed });
      if (values.write === true) await write(commit, isOfDomain, measured);
    }
    const share = ((killed / mutants) * 100).toFixed(0).padStart(3);
    process.stdout.write(`\n${share} %  ${killed} of ${mutants}  ${file}\n`);
  }
  if (wrong.length > 0) throw new Error(`Neither a test nor a reason:\n${wrong.join('\n')}`);
}

async function flipSurvivors(file: string, tests: readonly string[], atLines?: readonly number[]) {
  const flips = flipsOf(file, readFileSync(join(root, file), 'utf8')).filter(
    ({ line }) => atLines?.includes(line) ?? true,
  );
  const survivors = flips.length === 0 ? [] : await survivorsOf(file, tests, flips);
  return { mutants: flips.length, survivors };
}

async function write(
  commit: string,
  isOfDomain: boolean,
  measured: readonly Measured[],
): Promise<void> {
  const page = writePage(
    [
      {
        title: 'Mechanisms, by flips',
        measured: isOfDomain ? [] : measured,
        modules: Object.keys(mechanisms),
        reasons: flipReasons,
      },
      {
        title: 'The domain, by StrykerJS',
        measured: isOfDomain ? measured : [],
        modules: Object.keys(ofDomain),
        reasons: strykerReasons,
      },
    ],
    commit,
  );
  await runTool('oxfmt', [page]);
}

await runCommand(mutate);
