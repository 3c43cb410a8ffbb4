import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './paths.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What is wrong with a line of the table: nothing that shows it, a file that is not there, or a text that is not in its file. */
function faultsOf(line: string): string[] {
  const [id = '', said = ''] = /^- \*\*([^*]+)\*\* [^:]+: (.*)$/.exec(line)?.slice(1) ?? [];
  if (id === '') return [`no line of the table: ${line}`];
  const cited = [...said.matchAll(/`([^`]+)`(?: “([^”]+)”)?/g)];
  const faults = cited.flatMap(([, path = '', text = '']) => {
    if (!existsSync(join(root, path))) return [`${id}: no ${path}`];
    const source = read(path).replaceAll(String.raw`\'`, "'");
    return source.includes(text) ? [] : [`${id}: ${path} does not say “${text}”`];
  });
  const isSaid = /^(?:Not met|Does not apply): \S/.test(said);
  return isSaid || cited.length > 0 ? faults : [`${id}: nothing shows it`];
}

/** The pages, and how many points each has. */
const pages = [
  ['docs/asvs.md', 273],
  ['docs/dengbao.md', 34],
  ['docs/pipl.md', 43],
  ['docs/accessibility.md', 79],
] as const;

test.each(pages)(
  'every point of %s names what shows it, or says that it is not met',
  (page, points) => {
    const text = read(page);
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    expect(lines.length).toBe(points);
    expect(lines.flatMap(faultsOf)).toEqual([]);
    expect(new Set(lines.map((line) => line.split('**')[1])).size).toBe(points);
    // The counts at its head are those of the lines.
    const [, all, shown, without, open] =
      /Of (\d+) lines (\d+) are shown, (\d+) do not apply, and (\d+) are not met/.exec(text) ?? [];
    const not = lines.filter((line) => line.includes(': Not met: ')).length;
    const na = lines.filter((line) => line.includes(': Does not apply: ')).length;
    expect([all, shown, without, open].map(Number)).toEqual([
      lines.length,
      lines.length - not - na,
      na,
      not,
    ]);
  },
);

test('a line that cites what is not there is found', () => {
  expect(faultsOf('- **1.1.1** (2) a: `no/such.ts`.')).toEqual(['1.1.1: no no/such.ts']);
  expect(faultsOf('- **1.1.1** (2) a: `package.json` “never”.')).toHaveLength(1);
  expect(faultsOf('- **1.1.1** (2) a: b.')).toEqual(['1.1.1: nothing shows it']);
  expect(faultsOf('- **1.1.1** (2) a: Not met: b.')).toEqual([]);
});

/** The code of the product by its path, without tests and what is for them. */
const sources = globSync(
  ['packages/*/src/**/*.ts', 'apps/{web,worker,oidc,ministry}/src/**/*.{ts,tsx}'],
  { cwd: root },
)
  .filter((path) => !/node_modules|\.test\.|\/testing\//.test(path))
  .toSorted()
  .map((path) => [path, read(path)] as const);

const found = (pattern: RegExp): string[] =>
  sources.filter(([, source]) => pattern.test(source)).map(([path]) => path);

test('nothing is put into a page as markup, and nothing is run that is a text', () => {
  expect(found(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc/)).toEqual([]);
  expect(found(/\beval\(|\bnew Function\(/)).toEqual([]);
  expect(sources.length).toBeGreaterThan(500);
});

test('regular expressions are made of our own texts alone', () => {
  expect(found(/\bRegExp\(/)).toEqual([
    // Each of constants: words in pinyin, characters of names, and the form of a number.
    'packages/domain/src/common-passwords.ts',
    'packages/domain/src/documents/citizen-number.ts',
    'packages/domain/src/documents/name.ts',
  ]);
});
