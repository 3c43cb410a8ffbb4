import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../web/src/console/audit/action-names.en.ts';
import { zh } from '../../web/src/console/audit/action-names.zh.ts';
import { root } from './paths.ts';

const services = join(root, 'packages/services/src');
const sources = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('testing'))
  .map((path) => readFileSync(join(services, path), 'utf8'));

/** The context, and the action; or one of two. */
const calls =
  /\brecord(?:Where|ReviewsWhere)?\(\s*(?:\{[^;]*?\}|\w+),\s*(?:[^,']*\?\s*)?'([a-z_]+\.[a-z_]+)'(?:\s*:\s*'([a-z_]+\.[a-z_]+)')?/g;

test('T-CON-06: whatever is recorded is told in words, in both languages', () => {
  const recorded = sources.flatMap((source) =>
    [...source.matchAll(calls)].flatMap(([, first = '', second]) => [
      first,
      ...(second ? [second] : []),
    ]),
  );
  expect(recorded.length).toBeGreaterThan(50);
  const actions: Readonly<Record<string, string>> = zh.actions;
  expect([...new Set(recorded)].filter((action) => actions[action] === undefined)).toEqual([]);
  expect(Object.keys(en.actions)).toEqual(Object.keys(zh.actions));
});
