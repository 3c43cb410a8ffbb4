import { expect, test } from 'vitest';
import { filtersIn, isFiltered, questionOf } from './filters.ts';

// 2026-11-20 10:00 in Shanghai.
const nowMs = Date.parse('2026-11-20T02:00:00Z');

test('T-CON-02: the address says what the queue is filtered by; what is not known there does not filter', () => {
  const asked = filtersIn({
    status: 'rejected',
    type: 'driving_licence',
    due: 'today',
    reviewer: 'me',
  });
  expect(asked).toMatchObject({ status: 'rejected', type: undefined, due: 'today' });
  expect(isFiltered(asked)).toBe(true);
  expect(questionOf(asked, 'own-id', nowMs)).toEqual({
    status: 'rejected',
    reviewerId: 'own-id',
    // What is due at the midnight after today counts, what is due later does not.
    dueBeforeMs: Date.parse('2026-11-20T16:00:00Z') + 1,
  });
});

test('a page further on is not a filter', () => {
  const asked = filtersIn({ cursor: '1.2.abc', due: '' });
  expect(isFiltered(asked)).toBe(false);
  expect(questionOf(asked, 'own-id', nowMs)).toEqual({ cursor: '1.2.abc' });
});
