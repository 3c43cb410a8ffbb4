import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './paths.ts';

/** The lines of these files in which a pattern is found, but for titles of tests that a document cites. */
function found(patterns: readonly string[], wrong: RegExp): string[] {
  const files = globSync([...patterns], { cwd: root }).filter(
    (path) => !path.includes('node_modules'),
  );
  expect(files.length).toBeGreaterThan(3);
  return files.flatMap((path) => {
    const cited = path.endsWith('.md') ? /“[^”]*”/g : /$^/g;
    return readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => wrong.test(line.replaceAll(cited, '')))
      .map((line) => `${path}: ${line.trim()}`);
  });
}

test('one word for one thing: English on the pages, in mails and in the documents', () => {
  const outdated =
    /\be-mail|\bmail address|\banew\b|\bany ?more\b|\b(?:is|was|were|been) told\b|\bwhoever\b/i;
  const files = ['*.md', 'docs/*.md', 'packages/*/*.md', 'apps/web/src/**/*.en.ts'];
  expect(
    found(
      [...files, 'packages/domain/src/{mail,retention-own-words,retention-words}.ts'],
      outdated,
    ),
  ).toEqual([]);
});

test('one word for one thing: 个人信息中心, 实名等级, 三级', () => {
  expect(found(['apps/web/src/**/*.zh.ts'], /个人中心|级别|[1-4] ?级/)).toEqual([]);
});
