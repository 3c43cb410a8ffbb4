import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { portals } from '@shiming/domain';
import { ensureChromium } from './browser.ts';
import { checkBudget } from './budget.ts';
import { buildWeb, buildWorker } from './build.ts';
import { runTool } from './children.ts';
import { dataDir, workerBundle } from './paths.ts';

const resultsDir = join(dataDir, 'results');
const counts = { passed: 0, failed: 0 };

async function tool(name: string, ...args: string[]): Promise<void> {
  const code = await runTool(name, args);
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}.`);
}

/** Runs vitest and adds what its JSON reporter counted, in a file of that name. */
async function vitest(name: string, ...args: string[]): Promise<void> {
  const file = join(resultsDir, `${name}.json`);
  rmSync(file, { force: true });
  const code = await runTool('vitest', [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  let failed = 0;
  if (existsSync(file)) {
    const report: { numPassedTests: number; numFailedTests: number } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    counts.passed += report.numPassedTests;
    failed = report.numFailedTests;
    counts.failed += failed;
  }
  if (code !== 0) {
    throw new Error(failed > 0 ? `${failed} tests failed.` : `vitest ended with ${code}.`);
  }
}

const steps: readonly (readonly [name: string, run: () => void | Promise<void>])[] = [
  ['format', () => tool('oxfmt', '--check', '.')],
  ['lint and types', () => tool('oxlint')],
  ['unit, service and API tests', () => vitest('unit')],
  [
    'build of the SPA',
    async () => {
      // Journeys walk through more portals than a deployment may have. Of each portal the pages are the same.
      process.env['PORTALS'] = portals.map(({ id }) => id).join(',');
      const code = await buildWeb('warn');
      delete process.env['PORTALS'];
      if (code !== 0) throw new Error('The SPA does not build.');
    },
  ],
  [
    'dry run of a deployment',
    async () => {
      if ((await buildWorker()) !== 0) throw new Error('The Worker does not build.');
      process.env['SHIMING_BUNDLE'] = workerBundle;
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
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
