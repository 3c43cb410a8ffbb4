import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { portals } from '@shiming/domain';
import { expect, test } from 'vitest';
import { root } from './paths.ts';

/** The source, without what is for tests, by its path. */
function sources(patterns: readonly string[]): [string, string][] {
  return globSync([...patterns], { cwd: root })
    .filter((path) => !/node_modules|\/dist\/|\.test\.|testing|\/e2e\//.test(path))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
}

/** Where a pattern is found: file and line. */
const found = (files: readonly [string, string][], pattern: RegExp) =>
  files.flatMap(([path, text]) =>
    text
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );

const ids = portals.map(({ id }) => id).join('|');
const knowsPortal = new RegExp(String.raw`['"](?:${ids})['"]|\b(?:${ids})Portal\b`);

test('nothing but the portals’ own files knows a portal: no id and no value outside domain/portals', () => {
  const files = sources(['packages/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}']).filter(
    ([path]) => !path.startsWith('packages/domain/src/portals/'),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(found(files, knowsPortal)).toEqual([]);
  expect(found([['x.ts', `if (portal.id === '${portals[0]?.id}')`]], knowsPortal)).toHaveLength(1);
});

/** A number beside a unit. What is about the house, an office's custom or how long something takes, is no rule of a portal. */
const numbered =
  /\d+ ?(?:分钟|小时|天|次|个工作日)|\d+ (?:minutes?|hours?|days?|times|working days)/;
const isNoRule =
  /大约|约 1 分钟|一般|about|usually|计 1 次|24 小时内用这台设备|保存 24 小时|keep your answers for 24 hours|with this device for 24 hours|10 分钟内|10 minutes|草稿留 30 天|keep a draft for 30 days|一刻钟|quarter of an hour/i;

test('numbers in the sentences of applicants’ pages come from the rules of the portal, not from the text', () => {
  const copies = sources(['apps/web/src/**/*.{zh,en}.ts']).filter(
    ([path]) => !path.includes('/console/'),
  );
  expect(copies.length).toBeGreaterThan(80);
  const sentences = found(copies, numbered).filter((line) => !isNoRule.test(line));
  expect(sentences).toEqual([]);
  expect(numbered.test('每天最多 3 次')).toBe(true);
});
