import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './paths.ts';

const services = join(root, 'packages/services/src');
const sources = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('testing'))
  .map((path) => readFileSync(join(services, path), 'utf8'));

/** The context, and the action; or one of two. */
const calls =
  /\brecord(?:Where|ReviewsWhere)?\(\s*(?:\{[^;]*?\}|\w+),\s*(?:[^,']*\?\s*)?'([a-z_]+\.[a-z_]+)'(?:\s*:\s*'([a-z_]+\.[a-z_]+)')?/g;

/** The actions that there are words for, in their order. */
const named = (language: 'zh' | 'en'): string[] => {
  const file = join(root, `apps/web/src/copy/action-names.${language}.ts`);
  return Array.from(
    readFileSync(file, 'utf8').matchAll(/^\s+'([a-z_]+\.[a-z_]+)':/gm),
    ([, action = '']) => action,
  );
};

test('T-CON-06: whatever is recorded is told in words, in both languages', () => {
  const recorded = sources.flatMap((source) =>
    [...source.matchAll(calls)].flatMap(([, first = '', second]) => [
      first,
      ...(second ? [second] : []),
    ]),
  );
  expect(recorded.length).toBeGreaterThan(50);
  const known = new Set(named('zh'));
  expect([...new Set(recorded)].filter((action) => !known.has(action))).toEqual([]);
  expect(named('en')).toEqual(named('zh'));
});
