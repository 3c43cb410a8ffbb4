import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../paths.ts';
import type { Asked, Found, Part } from './part.ts';
import { states } from './states.ts';

type Ran = Found & { readonly part: Part; readonly seconds: number };

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

/** The line that a run ends with; with `isKept`, the table is written to `docs/faults.md`. */
export function writeReport(
  ran: readonly Ran[],
  asked: Asked,
  isKept: boolean,
): { text: string; wrong: number } {
  const kills = ran.reduce((sum, { counts }) => sum + (counts['kills'] ?? 0), 0);
  const acknowledged = ran.reduce((sum, { counts }) => sum + (counts['acknowledged'] ?? 0), 0);
  const lost = ran
    .flatMap(({ report }) => report.checks)
    .filter(({ name }) => /acknowledged|lost/.test(name))
    .reduce((sum, { wrong }) => sum + wrong.length, 0);
  const wrong = ran.reduce((sum, each) => sum + wrongOf(each), 0);
  const text = `${kills} kills, ${lost} lost; ${acknowledged} acknowledged changes in ${ran.length} parts, ${wrong} findings.`;
  if (!isKept) return { text, wrong };
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  });
  const checks = ran[0]?.report.checks ?? [];
  const total = (name: string) =>
    ran
      .flatMap(({ report }) => report.states)
      .filter((each) => `${each.table} ${each.state}` === name)
      .reduce(
        (sum, { rows, stuckRows }) => ({ rows: sum.rows + rows, stuck: sum.stuck + stuckRows }),
        { rows: 0, stuck: 0 },
      );
  const page = `# Faults survived

Written by \`pnpm test:faults --write\` at ${commit.trim()} (${versions()}; ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB). The release runs
as in a machine room of one's own, with a sqld, a bucket over S3 and the sandbox as every vendor. ${asked.people} people at once register at all three portals, are verified, send
reviews, change contacts, reset passwords, authorise an office and are signed in to a service, and three of the staff decide. Their order follows from seed ${asked.seed}. What
was acknowledged is afterwards looked for in the database, and every message outside: what the product says of itself is not asked.

**${text}**

${row(['part', 's', 'what it did', 'acknowledged', 'no answer', 'messages', 'findings'])}
${row(['---', '--:', '---', '--:', '--:', '--:', '--:'])}
${ran
  .map((each) => {
    const { calls, acknowledged: done, unanswered, messages, ...did } = each.counts;
    const what = Object.entries(did).map(([name, count]) => `${count} ${name}`);
    return row([
      each.part.title,
      each.seconds,
      [...what, `${calls} calls`].join(', '),
      done ?? 0,
      unanswered ?? 0,
      messages ?? 0,
      wrongOf(each),
    ]);
  })
  .join('\n')}

## What was compared

${row(['check', ...ran.map(({ part }) => part.id)])}
${row(['---', ...ran.map(() => '---')])}
${checks
  .map(({ name }, at) =>
    row([
      name,
      ...ran.map(({ report }) => {
        const { looked = 0, wrong: found = [] } = report.checks[at] ?? {};
        return `${looked}, ${found.length} wrong`;
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
  return { text, wrong };
}
