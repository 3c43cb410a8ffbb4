import { expect, test } from 'vitest';
import { flipped, flipsOf } from './flips.ts';

const source = `import { and, eq, gt, sql } from 'drizzle-orm';
type Two = 2;
const live = (atMs: number) =>
  and(eq(table.id, 'a'), gt(table.untilMs, atMs));
const taken = sql\`exists (select 1 from \${table} where "id" = \${id} and used_at is null limit 1)\`;
const id = ctx.randomToken(12);
const batch = [guard(db, taken, refusal), ...write, insert(table)];
const isOld: boolean = at - from >= 90 && !isKept === true;
`;

test('operators, parts of SQL, numbers and statements of a batch are changed, and types, imports and ids are not', () => {
  expect(flipsOf('a.ts', source).map(({ line, what }) => `${line}: ${what}`)).toEqual([
    '4: and → flipped.or',
    "4: eq(table.id, 'a') → undefined",
    '4: gt(table.untilMs, atMs) → undefined',
    '4: gt → flipped.gte',
    '5: exists → not exists',
    '5: = → <>',
    '5: and → or',
    '5: is null → is not null',
    '5: 1 → 2',
    '7: guard(db, taken, refusal) → ...[]',
    '7: ...write → ...[]',
    '8: - → +',
    '8: >= → >',
    '8: 90 → 91',
    '8: && → ||',
    '8: === → !==',
    '8: true → false',
  ]);
});

test('an operator that is not imported comes with its library', () => {
  const boundary = flipsOf('a.ts', source).find(({ what }) => what === 'gt → flipped.gte');
  const text = boundary && flipped(source, boundary);
  expect(text).toContain('flipped.gte(table.untilMs, atMs)');
  expect(text).toContain("import * as flipped from 'drizzle-orm';");
});
