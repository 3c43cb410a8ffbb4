import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './paths.ts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
/** What pnpm does itself. */
const itsOwn = new Set(['exec', 'install']);

const pages = ['README.md', 'ARCHITECTURE.md', ...globSync('docs/*.md', { cwd: root })];

/** What is written as code in a page: between backticks, a line of a block, or a fenced block. */
function codeOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = text.split('\n').filter((line) => /^(?: {4}| {7})\S/.test(line));
  const spans = [...text.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  return [...blocks, ...spans].map((code) => code.replaceAll(/\s+/g, ' '));
}

/** The commands of a page, as `script` and the flags that it is given. */
const commandsOf = (page: string) =>
  codeOf(page).flatMap((code) =>
    [...code.matchAll(/\bpnpm(?:@12)? (-\w+ )*([a-z][\w:-]*)([^|&;`]*)/g)].map(
      ([said, , script = '', rest = '']) => ({
        said,
        script,
        flags: [...rest.matchAll(/(?:^|[ [])--([a-z][a-z-]*)/g)].map(([, flag = '']) => flag),
      }),
    ),
  );

/** What a script of package.json is made of: the file that it runs, or itself. */
function sourceOf(script: string): string {
  const { [script]: text = '' } = scripts;
  const [, file] = /^node (\S+\.ts)/.exec(text) ?? [];
  return file === undefined ? text : readFileSync(join(root, file), 'utf8');
}

test.each(pages)('every command that %s names is there, with its flags', (page) => {
  const wrong = commandsOf(page).filter(
    ({ script, flags }) =>
      !itsOwn.has(script) &&
      (!Object.hasOwn(scripts, script) ||
        flags.some((flag) => !new RegExp(`\\b${flag}\\b`).test(sourceOf(script)))),
  );
  expect(wrong).toEqual([]);
});

test('the README, or the page of operations, names every command that people give', () => {
  const named = new Set(
    ['README.md', 'docs/operations.md'].flatMap(commandsOf).map(({ script }) => script),
  );
  const parts = new Set(['lint', 'unit', 'build', 'format:check']);
  const missing = Object.keys(scripts).filter((script) => !named.has(script) && !parts.has(script));
  expect(missing).toEqual([]);
});

test('every unit and file of the release that the pages name is there', () => {
  const files = globSync('*', { cwd: join(root, 'apps/stack/release') });
  const named = pages
    .flatMap(codeOf)
    .flatMap((code) => [
      ...[
        ...code.matchAll(/\/opt\/shiming(?:-\d)?\/([\w@-]+\.(?:sh|conf|service|socket|timer))/g),
      ].map(([, file = '']) => file),
      ...(code.includes('systemctl')
        ? [...code.matchAll(/\b(shiming[\w-]*@?)(?:\d+|\*)?(\.\w+)?/g)].map(
            ([, unit = '', type = '.service']) => `${unit}${type}`,
          )
        : []),
    ]);
  expect(named.length).toBeGreaterThan(10);
  for (const file of named) expect(files).toContain(file);
});
