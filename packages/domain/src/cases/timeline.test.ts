import { describe, expect, test } from 'vitest';
import { isQueued, type CaseReturn, timelineOf } from './timeline.ts';

/** Rows of the audit, a second apart from `fromMs` on. */
const rows = (actions: readonly string[], fromMs = 0) =>
  actions.map((action, at) => ({ action, atMs: fromMs + at * 1_000 }));
const kinds = (actions: readonly string[], returns: readonly CaseReturn[] = []) =>
  timelineOf(rows(actions), returns).map(({ kind }) => kind);

describe('T-REV-04 to 06: the timeline of a request', () => {
  test('tells its whole way: sent back for what, answered, opened again, decided, opened again by us', () => {
    const before = rows(['review.submitted', 'desk.taken', 'desk.decided']);
    const after = rows(
      [
        'review.answered',
        'desk.taken',
        'review.approved',
        'review.reopened',
        'desk.taken',
        'review.rejected',
      ],
      20_000,
    );
    const events = timelineOf([...before, ...after], [{ atMs: 12_000, items: ['b', 'name'] }]);
    expect(events.map(({ kind, atMs }) => [kind, atMs])).toEqual([
      ['submitted', 0],
      ['opened', 1_000],
      ['returned', 12_000],
      ['answered', 20_000],
      ['opened', 21_000],
      ['approved', 22_000],
      ['reopened', 23_000],
      ['opened', 24_000],
      ['rejected', 25_000],
    ]);
    expect(events.filter(({ items }) => items.length > 0)).toEqual([
      { kind: 'returned', atMs: 12_000, items: ['b', 'name'] },
    ]);
  });

  test('how often, by how many and with what it was looked at before the outcome is not in it', () => {
    const looks = ['desk.reserved', 'desk.taken', 'desk.released', 'desk.taken', 'desk.revealed'];
    const decisions = ['desk.decided', 'desk.undone', 'desk.decided', 'desk.taken', 'desk.decided'];
    expect(kinds(['review.submitted', ...looks, ...decisions])).toEqual(['submitted', 'opened']);
  });

  test.each([
    ['withdrawn', ['review.submitted', 'review.withdrawn']],
    ['expired', ['review.submitted', 'desk.taken', 'review.expired']],
  ] as const)('%s is its end', (kind, actions) => {
    expect(kinds(actions).at(-1)).toBe(kind);
  });

  test('what is answered in the instant in which it was sent back comes after that', () => {
    const events = timelineOf(rows(['review.answered'], 10_000), [{ atMs: 10_000, items: ['a'] }]);
    expect(events.map(({ kind }) => kind)).toEqual(['returned', 'answered']);
  });
});

test('T-REV-04: a request is in the queue from each time it comes there until it is opened', () => {
  const way = [
    ['review.submitted', true],
    ['desk.reserved', true],
    ['desk.taken', false],
    ['desk.released', false],
    ['review.answered', true],
    ['desk.taken', false],
    ['review.rejected', false],
    ['review.reopened', true],
    ['desk.taken', false],
  ] as const;
  for (const [at, [, expected]] of way.entries()) {
    const sofar = way.slice(0, at + 1).map(([action]) => action);
    expect(isQueued(timelineOf(rows(sofar), []))).toBe(expected);
  }
  expect(isQueued([])).toBe(false);
});
