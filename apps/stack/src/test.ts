import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { portals } from '@shiming/domain';
import { ensureChromium } from './browser.ts';
import { checkBudget } from './budget.ts';
import { runTool } from './children.ts';
import { dataDir } from './paths.ts';
import {
  countsOf,
  type FileResult,
  filesToRunAgain,
  hasPassedAgain,
  type Results,
  unsteadyBlock,
} from './second-look.ts';

const resultsDir = join(dataDir, 'results');
const counts = { passed: 0, failed: 0 };
/** What failed and then passed: named at the end of the run. */
const unsteady: FileResult[] = [];

async function tool(name: string, ...args: string[]): Promise<void> {
  const code = await runTool(name, args);
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}.`);
}

/** Runs vitest, which writes what it came to into a file of `.shiming/results`. */
async function results(name: string, args: readonly string[]): Promise<[number, Results?]> {
  const file = join(resultsDir, `${name}.json`);
  const reporters = ['--reporter=default', `--reporter=${join(import.meta.dirname, 'results.ts')}`];
  const code = await runTool('vitest', ['run', ...args, ...reporters], {
    env: { SHIMING_RESULTS: file },
  });
  return existsSync(file) ? [code, JSON.parse(readFileSync(file, 'utf8'))] : [code];
}

/** Runs vitest and adds what it counted. Files that failed get a second look, if they are few. */
async function vitest(name: string, ...args: string[]): Promise<void> {
  const [code, first] = await results(name, args);
  if (first === undefined) throw new Error(`vitest ended with ${code}.`);
  let counted = countsOf(first);
  let isPassed = code === 0;
  const again = isPassed ? [] : filesToRunAgain(first);
  if (again.length > 0) {
    console.log(`\n── once more, by themselves:\n   ${again.join('\n   ')}`);
    const [codeAgain, second] = await results(`${name}-again`, [...args, ...again]);
    if (second !== undefined) {
      counted = countsOf(first, second);
      isPassed = codeAgain === 0 && hasPassedAgain(again, second);
    }
    if (isPassed) unsteady.push(...first.files.filter(({ file }) => again.includes(file)));
  }
  counts.passed += counted.passed;
  counts.failed += counted.failed;
  if (!isPassed) {
    const { failed } = counted;
    throw new Error(failed > 0 ? `${failed} tests failed.` : `vitest ended with ${code}.`);
  }
}

/** Builds the SPA and the Workers in a process of its own. Resolves with its exit code and what it said. */
function startBuild(): Promise<[number | null, string]> {
  // Journeys walk through more portals than a deployment may have. Of each portal the pages are the same.
  const env = { ...process.env, PORTALS: portals.map(({ id }) => id).join(',') };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'build.ts')], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  return new Promise((resolve) => child.once('close', (code) => resolve([code, said])));
}

let building: ReturnType<typeof startBuild> | undefined;

const steps: readonly (readonly [name: string, run: () => void | Promise<void>])[] = [
  ['format', () => tool('oxfmt', '--check', '.')],
  ['lint and types', () => tool('oxlint')],
  [
    'unit, service and API tests',
    async () => {
      // These tests wait for processes and disks now and then, and the build uses one core for most of its time.
      building = startBuild();
      await vitest('unit');
    },
  ],
  [
    'build of the SPA and dry run of a deployment',
    async () => {
      const [code, said] = (await building) ?? [];
      console.log(said);
      if (code !== 0) throw new Error('The SPA or a Worker does not build.');
      process.env['SHIMING_BUNDLES'] = dataDir;
    },
  ],
  ['budget', checkBudget],
  [
    'browser',
    () => {
      process.env['SHIMING_CHROMIUM'] = ensureChromium();
    },
  ],
  ['journeys in Chromium', () => vitest('journeys', '--config', 'apps/stack/vitest.e2e.config.ts')],
];

rmSync(resultsDir, { recursive: true, force: true });
mkdirSync(resultsDir, { recursive: true });
for (const [name, run] of steps) {
  console.log(`\n── ${name}`);
  const startedAtMs = performance.now();
  const failedBefore = counts.failed;
  let verdict = 'ok';
  try {
    await run();
  } catch (error) {
    verdict = 'FAILED';
    console.error(error instanceof Error ? error.message : error);
    if (counts.failed === failedBefore) counts.failed += 1;
  }
  console.log(`── ${name}: ${verdict}, ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  if (verdict === 'FAILED') break;
}
const block = unsteadyBlock(unsteady);
writeFileSync(join(resultsDir, 'unsteady.txt'), block);
if (block !== '') console.log(`\n${block}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
