import { describe, expect, test } from 'vitest';
import {
  isFrozen,
  isProfileFrozen,
  mayChange,
  missingOf,
  type ReviewNow,
  type ReviewRequest,
  reviewStage,
  tasks,
} from './view.ts';

const nowMs = Date.UTC(2026, 10, 21, 4);

const request = (changes: Partial<ReviewRequest> = {}): ReviewRequest => ({
  status: 'draft',
  caseNumber: null,
  answers: null,
  channel: 'sms',
  photos: { a: null, b: null, holding: null },
  missing: [...tasks],
  reasons: [],
  returned: null,
  submittedAtMs: null,
  dueDate: null,
  isDueProvisional: false,
  events: [],
  endedAtMs: null,
  expiresAtMs: null,
  ...changes,
});
const ended = (status: ReviewRequest['status']): ReviewRequest =>
  request({ status, caseNumber: '26112148273915', missing: [], endedAtMs: nowMs });
const returned = request({
  status: 'returned',
  caseNumber: '26112148273915',
  missing: ['holding'],
  returned: ['holding', 'name'],
});
const now = (changes: Partial<ReviewNow> = {}): ReviewNow => ({
  level: 2,
  isProfileComplete: true,
  documentType: 'resident_identity_card',
  isOffered: true,
  perPeriod: 3,
  remaining: 3,
  resumesAtMs: nowMs,
  request: null,
  canWithdraw: false,
  isOverdue: false,
  mayTakePhotos: true,
  isPaused: false,
  place: null,
  last: null,
  tellsAt: { sms: '199****0001', mail: 's***@example.com' },
  ...changes,
});

describe('what the page of a review is about', () => {
  test('T-REV-01: the tasks for whom a review is offered, and for nobody else', () => {
    expect(reviewStage(now())).toBe('tasks');
    expect(reviewStage(now({ isOffered: false }))).toBe('not_offered');
    expect(reviewStage(now({ request: request() }))).toBe('tasks');
  });

  test('T-REV-04: where a request stands that was sent off', () => {
    expect(reviewStage(now({ request: request({ status: 'waiting' }) }))).toBe('waiting');
    expect(reviewStage(now({ request: returned }))).toBe('returned');
  });

  test('T-REV-05, T-REV-06: how the last one ended, until there is another', () => {
    for (const status of ['approved', 'rejected', 'withdrawn', 'expired'] as const) {
      expect(reviewStage(now({ last: ended(status) }))).toBe('ended');
    }
    expect(reviewStage(now({ last: ended('rejected'), request: request() }))).toBe('tasks');
  });

  test('a draft that was forgotten is nothing that ended', () => {
    expect(reviewStage(now({ last: request({ status: 'expired' }) }))).toBe('tasks');
  });
});

describe('what may be worked on', () => {
  test('everything of a draft, and everything before there is one', () => {
    expect(missingOf(now())).toEqual(tasks);
    for (const task of tasks) {
      expect(mayChange(now(), task)).toBe(true);
      expect(mayChange(now({ request: request() }), task)).toBe(true);
      expect(mayChange(now({ isOffered: false }), task)).toBe(false);
    }
  });

  test('T-REV-04: nothing of a request that was sent off', () => {
    const waiting = now({ request: request({ status: 'waiting', missing: [] }) });
    expect(tasks.filter((task) => mayChange(waiting, task))).toEqual([]);
  });

  test('T-CON-04: of what was sent back only what was asked for', () => {
    const open = tasks.filter((task) => mayChange(now({ request: returned }), task));
    expect(open).toEqual(['answers', 'holding']);
  });
});

test('T-REV-04: profile and verification are frozen from sending off to the end, and not by a draft', () => {
  expect(isFrozen(now())).toBe(false);
  expect(isFrozen(now({ request: request() }))).toBe(false);
  expect(isFrozen(now({ request: request({ status: 'waiting' }) }))).toBe(true);
  expect(isFrozen(now({ request: returned }))).toBe(true);
  expect(isProfileFrozen(now({ request: returned }))).toBe(true);
  const profile = request({ status: 'returned', returned: ['profile'] });
  expect(isProfileFrozen(now({ request: profile }))).toBe(false);
  expect(isFrozen(now({ last: ended('rejected') }))).toBe(false);
});
