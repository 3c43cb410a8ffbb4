import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';
import type { Reason } from './survivors.ts';

const path = join(root, 'docs/mutation.md');

export type Measured = { file: string; mutants: number; killed: number };
/** One way of changing modules: its title, what it came to in this run, the modules it knows, and the reasons given. */
export type Part = {
  title: string;
  measured: readonly Measured[];
  modules: readonly string[];
  reasons: Readonly<Record<string, readonly Reason[]>>;
};

const percent = (killed: number, mutants: number) =>
  `${(Math.floor((killed / mutants) * 1000) / 10).toFixed(1)} %`;

/** The rows of a part that the page has: what an earlier run measured. */
function rowsIn(page: string, title: string): Map<string, string[]> {
  const [, part = ''] = page.split(`\n## ${title}\n`);
  const rows = (part.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.map((cells) => [(cells[1] ?? '').replaceAll('`', ''), cells.slice(2, -1)]));
}

function partOf(page: string, commit: string, { title, measured, modules, reasons }: Part): string {
  const rows = rowsIn(page, title);
  for (const { file, mutants, killed } of measured) {
    rows.set(file, [commit, String(mutants), String(killed), percent(killed, mutants)]);
  }
  const known = modules.filter((file) => rows.has(file));
  const sum = (at: number) =>
    known.reduce((total, file) => total + Number(rows.get(file)?.[at] ?? 0), 0);
  const missing = modules.filter((file) => !rows.has(file));
  const survivors = known
    .filter((file) => (reasons[file] ?? []).length > 0)
    .map(
      (file) =>
        `\`${file}\`:\n\n${(reasons[file] ?? [])
          .map(
            ({ at, changes, why }) =>
              `- \`\` ${at} \`\`: ${changes.map((each) => `\`\` ${each} \`\``).join(', ')}; ${why}.`,
          )
          .join('\n')}`,
    );
  if (known.length === 0) return `## ${title}\n\nNot measured yet.\n`;
  return `## ${title}

**${sum(2)} of ${sum(1)} changes are noticed: ${percent(sum(2), sum(1))}.**${
    missing.length === 0
      ? ''
      : ` Not measured yet: ${missing.map((each) => `\`${each}\``).join(', ')}.`
  }

| module | commit | changes | noticed | score |
| --- | --- | --: | --: | --: |
${known.map((file) => `| \`${file}\` | ${(rows.get(file) ?? []).join(' | ')} |`).join('\n')}

${survivors.length === 0 ? 'Every change is noticed.' : `Not noticed, and why nothing can notice it:\n\n${survivors.join('\n\n')}`}
`;
}

/** The commit that is measured. */
export const commitNow = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim();

/** Writes what was measured to `docs/mutation.md`, the path of which it returns; what was not measured in this run stays as it stands there. */
export function writePage(parts: readonly Part[], commit: string): string {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const page = `# Changes that tests notice

Written by \`pnpm mutation --write\` and \`pnpm mutation:domain --write\`. Each changes one operator, number, condition or
text of a module at a time (the first by \`apps/stack/src/mutation/flips.ts\`, the second by StrykerJS) and runs its tests: a change that none of them notices is a missing test, or makes no difference, and
then says here why. A survivor without a reason ends the command with an error, and so does a reason without a survivor. Each row
has the commit at which it was measured; what a later one mended shows when it is measured again.

${parts.map((part) => partOf(before, commit, part)).join('\n')}`;
  writeFileSync(path, page);
  return path;
}
