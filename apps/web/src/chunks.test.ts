import { expect, test } from 'vitest';
import { modulesTogether } from '../chunks.ts';

const ofWeb = Object.keys(import.meta.glob('./**/*.{ts,tsx}'));
const ofDomain = Object.keys(import.meta.glob('../../../packages/domain/src/**/*.ts'));

test('every module that is to make a chunk with others is there', () => {
  const files = [
    ...ofWeb.map((file) => file.replace('./', 'web/')),
    ...ofDomain.map((file) => file.replace('../../../packages/domain/src/', 'domain/')),
  ];
  const modules = new Set(
    files.map((file) => file.replace(/\.tsx?$/, '').replace(/\.zh$/, '.words')),
  );
  expect(modulesTogether.filter((module) => !modules.has(module))).toEqual([]);
});
