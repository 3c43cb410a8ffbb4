import { documentTypes } from '@shiming/domain';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './paths.ts';

/**
 * Where a document's type is named: its room, the portals that take it, its words, the vendors' products, and the people
 * of the sandbox.
 */
const homes = [
  'packages/domain/src/documents/',
  'packages/domain/src/portals/',
  'packages/providers/src/authority/',
  'apps/web/src/copy/documents.',
  'apps/sandbox/',
];

const name = new RegExp(`\\b(?:${documentTypes.join('|')})\\b`);

test('T-REG-01: no other product code names a type of document, or does one thing for it alone', () => {
  const files = globSync('{apps,packages}/*/src/**/*.{ts,tsx,css}', { cwd: root });
  const found = files.filter(
    (file) =>
      !homes.some((home) => file.startsWith(home)) &&
      !/\.test\.tsx?$|\/testing\//.test(file) &&
      name.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});
