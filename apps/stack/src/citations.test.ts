import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { caseKinds } from '@shiming/domain';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.(ts|tsx|css|md|sh|html|toml)$/.test(path));

/** What stands behind a text with this pattern, in which files. */
function citations(pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of files) {
    for (const [, id = ''] of read(path).matchAll(pattern)) found.set(id, path);
  }
  return found;
}

const unknown = (cited: Map<string, string>, known: ReadonlySet<string>) =>
  Object.fromEntries([...cited].filter(([id]) => !known.has(id)));

/** The ids that begin a line of a page. */
const idsOf = (path: string, pattern: RegExp) =>
  new Set(Array.from(read(path).matchAll(pattern), ([, id = '']) => id));

test('every requirement that is cited is a line of docs/requirements.md', () => {
  const known = idsOf('docs/requirements.md', /^- \*\*((?:[TSE]-[A-Z]{3}|X|UX)-\d{2}[a-z]?)\*\*/gm);
  expect(known.size).toBeGreaterThan(150);
  const cited = citations(/\b((?:[TSE]-[A-Z]{3}|UX|X)-\d{2}[a-z]?)\b/g);
  expect(cited.size).toBeGreaterThan(60);
  expect(unknown(cited, known)).toEqual({});
});

test('every section of the domain facts that is cited is in docs/domain.md', () => {
  const known = idsOf('docs/domain.md', /^##+ (\d+(?:\.\d+)?) /gm);
  expect(unknown(citations(/\bDOMAIN (\d+(?:\.\d+)?)/g), known)).toEqual({});
});

test('every decision that is cited is in ARCHITECTURE.md', () => {
  const known = idsOf('ARCHITECTURE.md', /^(\d+)\. \*\*/gm);
  expect(known.size).toBeGreaterThan(30);
  expect(unknown(citations(/\bARCHITECTURE (\d+)/g), known)).toEqual({});
});

test('every file that README and ARCHITECTURE name is there', () => {
  const named = ['README.md', 'ARCHITECTURE.md'].flatMap((page) =>
    Array.from(
      read(page).matchAll(/`([\w./-]+\.(?:ts|tsx|toml|html|md))`/g),
      ([, path = '']) => path,
    ),
  );
  const lost = named.filter(
    (path) =>
      !files.some((file) =>
        `/${file}`.replace('/src/', '/').endsWith(`/${path.replace('/src/', '/')}`),
      ),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(lost).toEqual([]);
});

test('ARCHITECTURE names every kind of case', () => {
  const [, kinds = ''] = /The kinds are ([^.]*)\./.exec(read('ARCHITECTURE.md')) ?? [];
  expect(Array.from(kinds.matchAll(/`(\w+)`/g), ([, kind]) => kind)).toEqual([...caseKinds]);
});

test('every test by which docs/openid.md holds a point is there, and each of its points has one', () => {
  const [page = ''] = read('docs/openid.md').split('\n## ');
  const sources = new Map(
    Array.from(
      page.matchAll(/`([\w./-]+\.test\.ts)`[^()`]*?[,(] ?([A-Z])\)/g),
      ([, path = '', letter = '']) => [letter, read(path)],
    ),
  );
  expect([...sources.keys()].toSorted()).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  const rows = [...page.matchAll(/^\| (?!Point |-)(.*?) *\|.*\| (.*?) *\|$/gm)];
  expect(rows.length).toBeGreaterThan(20);
  const lost = rows.flatMap(([, point = '', cell = '']) => {
    const tests = cell.split(/; (?=[A-Z]: )/).map((each) => /^([A-Z]): (.+)$/.exec(each));
    return tests
      .filter((each) => !sources.get(each?.[1] ?? '')?.includes(`test('${each?.[2]}', `))
      .map((each) => `${point}: ${each?.[0] ?? cell}`);
  });
  expect(lost).toEqual([]);
});

test('nothing is cited that a reader of the project cannot open', () => {
  // The pattern in parts, or this file would cite one itself.
  const pattern = /\b(UX|[i]ssue) [A-Z]?\d/g;
  expect(Object.fromEntries(citations(pattern))).toEqual({});
});
