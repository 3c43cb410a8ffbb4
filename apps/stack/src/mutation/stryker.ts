import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runTool } from '../children.ts';
import { dataDir, root } from '../paths.ts';
import type { Survivor } from './survivors.ts';

const domain = join(root, 'packages/domain');
/** The version that the workspace has of a library. */
const ours = (name: string, from: string): string =>
  (createRequire(join(from, 'package.json'))(`${name}/package.json`) as { version: string })
    .version;

/** Installs StrykerJS where nothing of the product is, unless an earlier run has. Returns its folder. */
async function installStryker(): Promise<string> {
  const dependencies = {
    '@stryker-mutator/core': '10.1.1',
    '@stryker-mutator/vitest-runner': '10.1.1',
    vitest: ours('vitest', root),
    zod: ours('zod', domain),
    'fast-check': ours('fast-check', domain),
  };
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies });
  const version = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const folder = join(dataDir, 'mutation', `stryker-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(join(dataDir, 'mutation'), { recursive: true });
  const fresh = mkdtempSync(`${folder}.`);
  writeFileSync(join(fresh, 'package.json'), manifest);
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const code = await runTool('npm', [...args, '--loglevel=error'], { cwd: fresh });
  if (code !== 0) throw new Error('StrykerJS cannot be installed: npm said why.');
  renameSync(fresh, folder);
  return folder;
}

type Mutant = {
  status: string;
  statusReason?: string;
  replacement: string;
  location: Record<'start' | 'end', { line: number; column: number }>;
};
type Report = { files: Record<string, { mutants: Mutant[]; source: string }> };

/** What a text between two places is, and what becomes of it, each on one line and not longer than it takes to find it. */
const inShort = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};

function survivorOf(source: string, { location: { start, end }, replacement }: Mutant): Survivor {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const [first = ''] = lines;
  const last = lines.length - 1;
  const from = lines
    .map((line, at) =>
      line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined),
    )
    .join('\n');
  return {
    line: start.line,
    at: first.trim(),
    change: `${inShort(from)} → ${inShort(replacement)}`,
  };
}

const inDomain = (path: string): string => path.replace('packages/domain/', '');

/** What StrykerJS changes in a module of the domain, and what its tests do not notice. */
export async function strykerSurvivors(
  file: string,
  tests: readonly string[],
): Promise<{ mutants: number; survivors: Survivor[] }> {
  const tools = await installStryker();
  const folder = mkdtempSync(join(dataDir, 'mutation', 'run-'));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  try {
    cpSync(join(domain, 'src'), join(folder, 'src'), { recursive: true });
    symlinkSync(join(tools, 'node_modules'), join(folder, 'node_modules'));
    write('package.json', JSON.stringify({ private: true, type: 'module' }));
    const test = {
      include: tests.map(inDomain),
      setupFiles: ['src/testing/draws.ts'],
      pool: 'threads',
      maxWorkers: 1,
      testTimeout: 300_000,
    };
    write('vitest.config.js', `export default ${JSON.stringify({ test })};`);
    const config = {
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner'],
      // It would look for the tests by the imports, and would read the compiler's settings with a library that we do not have.
      vitest: { configFile: 'vitest.config.js', related: false },
      tsconfigFile: 'none.json',
      mutate: [inDomain(file)],
      // The folder is a copy already, and nothing in it checks types.
      inPlace: true,
      disableTypeChecks: false,
      concurrency: 1,
      // A busy machine is no test that has noticed something.
      timeoutMS: 30_000,
      reporters: ['json'],
      jsonReporter: { fileName: 'report.json' },
      warnings: { slow: false },
      logLevel: 'warn',
    };
    write('stryker.config.json', JSON.stringify(config));
    const stryker = join(tools, 'node_modules/@stryker-mutator/core/bin/stryker.js');
    const code = await runTool(process.execPath, [stryker, 'run'], { cwd: folder });
    if (code !== 0) throw new Error(`StrykerJS ended with ${code} at ${file}.`);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    const [found] = Object.values(report.files);
    if (found === undefined) throw new Error(`StrykerJS found nothing to change in ${file}.`);
    const mutants = found.mutants.filter(({ status }) => status !== 'Ignored');
    // A file of tests that no longer loads has noticed the change, too.
    const broken = mutants.find(
      ({ status, statusReason = '' }) =>
        status.endsWith('Error') && !statusReason.includes('outside of a test run'),
    );
    if (broken !== undefined) throw new Error(`${file}: ${broken.statusReason ?? broken.status}`);
    // Most of them make a loop endless; on a busy machine one may only have been slow, so each is said.
    for (const mutant of mutants.filter(({ status }) => status === 'Timeout')) {
      const { line, change } = survivorOf(found.source, mutant);
      process.stdout.write(`\n  ${file}:${line}  ${change}: out of time\n`);
    }
    const survivors = mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map((mutant) => survivorOf(found.source, mutant));
    return { mutants: mutants.length, survivors };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
