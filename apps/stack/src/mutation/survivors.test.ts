import { expect, test } from 'vitest';
import { unexplained } from './survivors.ts';

const survivor = { line: 7, at: 'return 0;', change: '0 → 1' };
const reason = { at: 'return 0;', changes: ['0 → 1'], why: 'it is never read' };

test('a survivor has a reason and a reason a survivor, by the text of its line and wherever that stands', () => {
  expect(unexplained([survivor, { ...survivor, line: 9 }], [reason])).toEqual({
    survivors: [],
    reasons: [],
  });
  const other = { ...survivor, at: 'return 0 + 1;' };
  expect(unexplained([other], [{ ...reason, changes: ['0 → 1', '0 → 2'] }])).toEqual({
    survivors: [other],
    reasons: ['return 0;  0 → 1', 'return 0;  0 → 2'],
  });
});
