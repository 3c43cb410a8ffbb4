import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { dataDir, root } from '../../paths.ts';
import type { Found, Part } from './part.ts';
import { states } from './states.ts';

/** What a part found, and with how many people at which seed. */
export type Ran = Found & {
  readonly part: Pick<Part, 'id' | 'title'>;
  readonly seconds: number;
  readonly people: number;
  readonly seed: number;
  readonly commit: string;
};

/** The commit that is checked out. */
export const commitNow = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();

/** What each part found last: they can be run one by one. */
const keptFile = join(dataDir, 'faults.json');
const readKept = (): Record<string, Ran> =>
  existsSync(keptFile) ? (JSON.parse(readFileSync(keptFile, 'utf8')) as Record<string, Ran>) : {};

/** Keeps what a part found for the page. */
export function keep(ran: Ran): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(keptFile, JSON.stringify({ ...readKept(), [ran.part.id]: ran }));
}

/** What was found last by those of the parts that were run. */
export function keptOf(parts: readonly Pick<Part, 'id'>[]): Ran[] {
  const kept = readKept();
  return parts.flatMap(({ id }) => kept[id] ?? []);
}

/** How many of a check's findings are printed. */
const printed = 5;

const wrongOf = ({ report }: Found) =>
  report.checks.reduce((sum, { wrong }) => sum + wrong.length, 0);

/** The counts and checks of parts, for the terminal. */
export const summary = (ran: readonly Ran[]): string =>
  ran
    .map(
      ({ part, counts, report, seconds }) =>
        `${part.title} (${part.id}), ${seconds} s
  ${Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')}
${report.checks
  .map(
    ({ name, looked, wrong }) =>
      `  ${wrong.length === 0 ? 'ok   ' : 'WRONG'} ${name}: ${looked} looked at, ${wrong.length} wrong${wrong
        .slice(0, printed)
        .map((line) => `\n          ${line}`)
        .join('')}`,
  )
  .join('\n')}`,
    )
    .join('\n\n');

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

const versionIn = (file: string) =>
  (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;

function versions(): string {
  const require = createRequire(import.meta.url);
  const wrangler = createRequire(require.resolve('wrangler/package.json'));
  return [
    `Node ${process.versions.node}`,
    `workerd ${versionIn(wrangler.resolve('workerd/package.json'))}`,
    `sqld ${versionIn(require.resolve(`@sqld/${process.platform}-${process.arch}/package.json`))}`,
  ].join(', ');
}

/** The line that a run ends with. */
export function conclude(ran: readonly Ran[]): { text: string; wrong: number } {
  const kills = ran.reduce((sum, { counts }) => sum + (counts['kills'] ?? 0), 0);
  const acknowledged = ran.reduce((sum, { counts }) => sum + (counts['acknowledged'] ?? 0), 0);
  const lost = ran
    .flatMap(({ report }) => report.checks)
    .filter(({ name }) => /acknowledged|lost/.test(name))
    .reduce((sum, { wrong }) => sum + wrong.length, 0);
  const wrong = ran.reduce((sum, each) => sum + wrongOf(each), 0);
  const text = `${kills} kills, ${lost} lost; ${acknowledged} acknowledged changes in ${ran.length} parts; findings: ${wrong}.`;
  return { text, wrong };
}

/** Writes the table of all that was found to `docs/faults.md`. */
export function writePage(ran: readonly Ran[]): void {
  const { text } = conclude(ran);
  const names = [...new Set(ran.flatMap(({ report }) => report.checks.map(({ name }) => name)))];
  const total = (name: string) =>
    ran
      .flatMap(({ report }) => report.states)
      .filter((each) => `${each.table} ${each.state}` === name)
      .reduce(
        (sum, { rows, stuckRows }) => ({ rows: sum.rows + rows, stuck: sum.stuck + stuckRows }),
        { rows: 0, stuck: 0 },
      );
  const findings = ran.flatMap(({ part, report }) =>
    report.checks.flatMap(({ name, wrong }) =>
      wrong.slice(0, printed).map((line) => `- ${part.id}: ${name}: ${line}`),
    ),
  );
  const page = `# Faults survived

Written by \`pnpm test:faults --write\` (${versions()}; ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB). The release runs
as in a machine room of one's own, with a sqld, a bucket over S3 and the sandbox as every vendor. ${[...new Set(ran.map(({ people }) => people))].join(' or ')} people at once register at all three portals, are verified, send
reviews, change contacts, reset passwords, authorise an office and are signed in to a service, and three of the staff decide. Their order follows from seed ${[...new Set(ran.map(({ seed }) => seed))].join(', ')}. What
was acknowledged is afterwards looked for in the database, and every message outside: what the product says of itself is not asked.

**${text}**

${row(['part', 'commit', 's', 'what it did', 'acknowledged', 'no answer', 'messages', 'findings'])}
${row(['---', '---', '--:', '---', '--:', '--:', '--:', '--:'])}
${ran
  .map((each) => {
    const { calls, acknowledged: done, unanswered, messages, ...did } = each.counts;
    const what = Object.entries(did).map(([name, count]) => `${count} ${name}`);
    return row([
      each.part.title,
      each.commit,
      each.seconds,
      [...what, `${calls} calls`].join(', '),
      done ?? 0,
      unanswered ?? 0,
      messages ?? 0,
      wrongOf(each),
    ]);
  })
  .join('\n')}

${
  findings.length === 0
    ? ''
    : `## Findings

${findings.join('\n')}
`
}
## What was compared

${row(['check', ...ran.map(({ part }) => part.id)])}
${row(['---', ...ran.map(() => '---')])}
${names
  .map((name) =>
    row([
      name,
      ...ran.map(({ report }) => {
        const found = report.checks.find((check) => check.name === name);
        return found === undefined ? '–' : `${found.looked}, ${found.wrong.length} wrong`;
      }),
    ]),
  )
  .join('\n')}

## Every state has an exit

How many rows the parts left in each state, what leaves it, and how many rows nothing would leave. The events of a case are those of \`domain/cases/case.ts\`.

${row(['table', 'state', 'rows', 'what leaves it', 'without an exit'])}
${row(['---', '---', '--:', '---', '--:'])}
${states
  .map(({ table, state, leave }) => {
    const { rows, stuck } = total(`${table} ${state}`);
    return row([table, state, rows, leave, stuck]);
  })
  .join('\n')}
`;
  writeFileSync(join(root, 'docs/faults.md'), page);
}
