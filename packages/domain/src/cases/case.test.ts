import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canNeedSecond,
  canReopen,
  flagsFor,
  holderAt,
  isEndedCase,
  newCase,
  returnedItems,
  isSampled,
  openCaseStatuses,
  queueBand,
  queueCountLimit,
  type Reviewer,
  caseAfter,
  type CaseEvent,
  type CaseEventName,
  type CaseFlag,
  type CaseOutcome,
  type CaseRefusal,
  caseRule,
  type CaseState,
  type CaseStatus,
  caseStatuses,
  secondCausesOf,
} from './case.ts';
import { mayStaff } from '../staff.ts';
import { caseKinds, caseSpecs } from './kinds.ts';

const draft = newCase('manual_review', 0);
const dueAtMs = 7 * 86_400_000;
const submit: CaseEvent = { type: 'submit', flags: [], rejectionsBefore: 0, dueAtMs, atMs: 0 };
const answer = (atMs: number): CaseEvent => ({ type: 'answer', flags: [], dueAtMs, atMs });
const withdraw = (atMs: number): CaseEvent => ({ type: 'withdraw', hasConsent: true, atMs });
const reopen = (by: Reviewer, atMs: number): CaseEvent => ({ type: 'reopen', by, dueAtMs, atMs });
const anna: Reviewer = { id: 'anna', role: 'reviewer' };
const bo: Reviewer = { id: 'bo', role: 'reviewer' };
const chen: Reviewer = { id: 'chen', role: 'senior' };

/** The state after some events, each of which must be let through. */
function after(state: CaseState, ...events: CaseEvent[]): CaseState {
  return events.reduce((before, event) => {
    const next = caseAfter(before, event);
    if (typeof next === 'string') throw new Error(`${event.type}: ${next}`);
    return next;
  }, state);
}
const refused = (state: CaseState, event: CaseEvent): CaseRefusal | null => {
  const next = caseAfter(state, event);
  return typeof next === 'string' ? next : null;
};
const take = (by: Reviewer, atMs: number): CaseEvent => ({ type: 'take', by, atMs });
const decide = (by: Reviewer, outcome: CaseOutcome, atMs: number): CaseEvent => ({
  type: 'decide',
  by,
  outcome,
  found: [],
  atMs,
});
const settle = (atMs: number, drawn?: 'sampled'): CaseEvent => ({
  type: 'settle',
  isSampled: drawn !== undefined,
  atMs,
});
const waiting = after(draft, submit);
const decided = (by: Reviewer, outcome: CaseOutcome, state = waiting, atMs = 0) =>
  after(state, take(by, atMs), decide(by, outcome, atMs));

describe('T-CON-04: the closed table', () => {
  const edges: Record<CaseStatus, readonly CaseEventName[]> = {
    draft: ['submit', 'expire'],
    waiting: [
      'take',
      'reserve',
      'renew',
      'release',
      'decide',
      'assign',
      'withdraw',
      'pause',
      'expire',
    ],
    deciding: ['undo', 'settle', 'pause'],
    returned: ['answer', 'withdraw', 'expire'],
    approved: ['reopen'],
    rejected: ['reopen'],
    withdrawn: [],
    expired: [],
  };
  const events: readonly CaseEvent[] = [
    submit,
    answer(0),
    reopen(anna, 0),
    withdraw(0),
    ...(['expire', 'pause'] as const).map((type) => ({ type, atMs: 0 })),
    ...(['take', 'reserve', 'renew', 'release', 'undo'] as const).map((type) => ({
      type,
      by: anna,
      atMs: 0,
    })),
    decide(anna, 'approve', 0),
    { type: 'assign', by: chen, to: anna, atMs: 0 },
    settle(0),
  ];

  test.each(caseStatuses)('%s takes these events and no others', (status) => {
    const state = { ...draft, status };
    const known = events.filter((event) => refused(state, event) !== 'status');
    expect(known.map(({ type }) => type).toSorted()).toEqual([...edges[status]].toSorted());
    const onlyReopened = edges[status].every((type) => type === 'reopen');
    expect(isEndedCase(status)).toBe(onlyReopened);
  });

  test('begins as a draft of nobody, which is forgotten in its time', () => {
    const begun = { ...draft, kind: 'ticket', expiresAtMs: 5 + 86_400_000 } as const;
    expect(newCase('ticket', 5)).toEqual(begun);
    expect(draft).toEqual({
      kind: 'manual_review',
      status: 'draft',
      stage: 'first',
      round: 1,
      holderId: null,
      assignedToId: null,
      leaseEndsAtMs: null,
      takenAtMs: null,
      openedAtMs: null,
      settlesAtMs: null,
      endedAtMs: null,
      expiresAtMs: 30 * 86_400_000,
      dueAtMs: null,
      flags: [],
      rejectionsBefore: 0,
      decisions: [],
      earlier: [],
    });
  });

  test('T-REV-04: open is whatever has been sent off and has not ended', () => {
    expect(openCaseStatuses).toEqual(['waiting', 'deciding', 'returned']);
  });
});

describe('T-CON-02: one holder, and a lease that ends by itself', () => {
  const held = after(waiting, take(anna, 1_000));

  test('whoever takes it holds it for ten minutes; until then nobody else can', () => {
    // The verbs count how many one member holds.
    expect(caseRule.heldAtMost).toBe(3);
    expect(held).toMatchObject({ holderId: 'anna', leaseEndsAtMs: 601_000, openedAtMs: 1_000 });
    expect(refused(held, take(bo, 600_999))).toBe('held');
    expect(holderAt(held, 600_999)).toBe('anna');
    expect(holderAt(held, 601_000)).toBeNull();
    expect(after(held, take(bo, 601_000))).toMatchObject({ holderId: 'bo', takenAtMs: 601_000 });
  });

  test('a sign of life makes it last; one that comes too late does not', () => {
    const renewed = after(held, { type: 'renew', by: anna, atMs: 600_000 });
    expect(renewed.leaseEndsAtMs).toBe(1_200_000);
    expect(refused(held, { type: 'renew', by: anna, atMs: 601_000 })).toBe('not_held');
    expect(refused(held, { type: 'renew', by: bo, atMs: 2_000 })).toBe('not_held');
  });

  test('taking it again keeps when it was taken; opened stays as it was first', () => {
    const again = after(held, take(anna, 5_000));
    expect(again).toMatchObject({ takenAtMs: 1_000, leaseEndsAtMs: 605_000, openedAtMs: 1_000 });
    expect(refused(again, { type: 'release', by: bo, atMs: 6_000 })).toBe('not_held');
    const freed = after(again, { type: 'release', by: anna, atMs: 6_000 });
    expect(freed).toMatchObject({ holderId: null, takenAtMs: null, openedAtMs: 1_000 });
  });

  test('deciding without a lease, with one that is over, or with somebody else’s is refused', () => {
    expect(refused(waiting, decide(anna, 'approve', 0))).toBe('not_held');
    expect(refused(held, decide(bo, 'approve', 2_000))).toBe('not_held');
    expect(refused(held, decide(anna, 'approve', 601_000))).toBe('not_held');
  });

  test.each(['administrator', 'auditor'] as const)('an %s takes no case', (role) => {
    expect(refused(waiting, take({ id: 'dong', role }, 0))).toBe('role');
  });
});

describe('T-CON-03: the next case, reserved for loading it ahead', () => {
  const reserved = after(waiting, { type: 'reserve', by: anna, atMs: 1_000 });

  test('nobody else gets it, but it is not opened, and cannot be decided before it is taken', () => {
    expect(reserved).toMatchObject({ holderId: 'anna', takenAtMs: null, openedAtMs: null });
    expect(refused(reserved, take(bo, 2_000))).toBe('held');
    expect(refused(reserved, { type: 'reserve', by: bo, atMs: 2_000 })).toBe('held');
    expect(refused(reserved, decide(anna, 'approve', 2_000))).toBe('not_held');
    const taken = after(reserved, take(anna, 3_000));
    expect(taken).toMatchObject({ takenAtMs: 3_000, openedAtMs: 3_000, leaseEndsAtMs: 603_000 });
  });

  test('it lasts as long as a lease; whoever has it on the screen keeps it there', () => {
    expect(after(reserved, take(bo, 601_000)).holderId).toBe('bo');
    const taken = after(reserved, take(anna, 3_000));
    expect(refused(taken, { type: 'reserve', by: anna, atMs: 4_000 })).toBe('status');
    expect(refused(waiting, { type: 'reserve', by: { id: 'er', role: 'auditor' }, atMs: 0 })).toBe(
      'role',
    );
  });
});

describe('T-CON-04: reopening', () => {
  const rejected = after(decided(chen, 'reject'), settle(10_000));
  const dong: Reviewer = { id: 'dong', role: 'senior' };
  const approving = (state: CaseState) =>
    after(decided(dong, 'approve', after(state, reopen(dong, 20_000)), 30_000), settle(40_000));

  test('a senior opens what was decided again, for a senior to decide; nobody else does', () => {
    expect(refused(rejected, reopen(anna, 20_000))).toBe('role');
    const reopened = after(rejected, { ...reopen(dong, 20_000), dueAtMs: 99_000 } as CaseEvent);
    expect(reopened).toMatchObject({
      status: 'waiting',
      stage: 'senior',
      round: 2,
      openedAtMs: 0,
      endedAtMs: null,
      dueAtMs: 99_000,
      decisions: [],
      earlier: [{ round: 1, reviewerId: 'chen', outcome: 'reject' }],
    });
    expect(refused(reopened, withdraw(20_001))).toBe('opened');
    const last = after(decided(dong, 'approve', reopened, 30_000), settle(40_000, 'sampled'));
    expect(last).toMatchObject({ status: 'approved', endedAtMs: 40_000 });
  });

  test('is of what was decided, of a kind that is reopened, by a senior; another kind refuses it as no edge', () => {
    expect(canReopen(rejected, 'senior', 20_000)).toBe(true);
    expect(canReopen(rejected, 'reviewer', 20_000)).toBe(false);
    expect(canReopen({ ...rejected, status: 'withdrawn' }, 'senior', 20_000)).toBe(false);
    expect(canReopen({ ...rejected, kind: 'ticket' }, 'senior', 20_000)).toBe(false);
    expect(refused({ ...rejected, kind: 'ticket' }, reopen(dong, 20_000))).toBe('status');
  });

  test('once more keeps the decisions of every round before', () => {
    const again = after(approving(rejected), reopen(chen, 50_000));
    expect(again.earlier).toMatchObject([
      { round: 1, reviewerId: 'chen', outcome: 'reject' },
      { round: 2, reviewerId: 'dong', outcome: 'approve' },
    ]);
  });

  test('of what nobody had on the screen, it counts as opened from then on', () => {
    const unopened = { ...rejected, openedAtMs: null };
    expect(after(unopened, reopen(dong, 20_000))).toMatchObject({ openedAtMs: 20_000 });
    const opened = { ...rejected, openedAtMs: 7 };
    expect(after(opened, reopen(dong, 20_000))).toMatchObject({ openedAtMs: 7 });
  });

  test('who only sent it back before approves alone, and an approval before is no rejection', () => {
    const returned = after(
      decided(chen, 'return'),
      settle(10_000),
      answer(20_000),
      take(anna, 30_000),
      decide(anna, 'reject', 30_000),
      settle(40_000),
      reopen(chen, 50_000),
    );
    const last = after(decided(chen, 'approve', returned, 60_000), settle(70_000));
    expect(last.status).toBe('approved');
    const approved = { ...after(decided(bo, 'approve'), settle(10_000)), rejectionsBefore: 1 };
    expect(approving(approved).status).toBe('approved');
  });

  test('goes for 90 days from the end, and not at their end', () => {
    const day = 24 * 3_600_000;
    expect(refused(rejected, reopen(dong, 10_000 + 90 * day - 1))).toBeNull();
    expect(refused(rejected, reopen(dong, 10_000 + 90 * day))).toBe('too_late');
    expect(caseRule).toMatchObject({
      returnedMs: 30 * day,
      photosAfterEndMs: 90 * day,
      settlesAtMostMs: 60_000,
    });
  });

  test('who has decided before does not approve alone; a second person bears it out, or it is rejected', () => {
    const reopened = after(rejected, reopen(chen, 20_000));
    const borne = after(decided(chen, 'approve', reopened, 30_000), settle(40_000));
    expect(borne).toMatchObject({ status: 'waiting', stage: 'second', holderId: null });
    expect(refused(borne, take(chen, 50_000))).toBe('same_person');
    const agreed = after(decided(anna, 'approve', borne, 50_000), settle(60_000));
    expect(agreed.status).toBe('approved');
    const denied = after(decided(anna, 'reject', borne, 50_000), settle(60_000));
    expect(denied.status).toBe('rejected');
    // Rejecting again takes nobody else.
    expect(after(decided(chen, 'reject', reopened, 30_000), settle(40_000)).status).toBe(
      'rejected',
    );
  });

  test('carries flags, doubts and rejections: each takes two, whoever decides', () => {
    expect(approving(rejected).status).toBe('approved');
    for (const flag of ['name_changed', 'face_doubtful', 'face_doubted_before'] as const) {
      expect(approving({ ...rejected, flags: [flag] })).toMatchObject({ stage: 'second' });
    }
    // Its own rejection is the second one.
    expect(approving({ ...rejected, rejectionsBefore: 1 })).toMatchObject({ stage: 'second' });
  });
});

describe('ten seconds to undo', () => {
  const state = decided(anna, 'approve');

  test('nothing takes effect before they are over', () => {
    expect(state).toMatchObject({ status: 'deciding', settlesAtMs: 10_000 });
    expect(refused(state, settle(9_999))).toBe('too_early');
    // By a clock that was hours ahead.
    expect(after(state, settle(-3_600_000)).status).toBe('approved');
    expect(refused(state, settle(10_000 - caseRule.settlesAtMostMs))).toBe('too_early');
    expect(after(state, settle(9_999 - caseRule.settlesAtMostMs)).status).toBe('approved');
    expect(after(state, settle(10_000))).toMatchObject({ status: 'approved', endedAtMs: 10_000 });
  });

  test('undone, it is in the same hands again, as if nothing had been decided', () => {
    const undone = after(state, { type: 'undo', by: anna, atMs: 9_999 });
    expect(undone).toMatchObject({ status: 'waiting', holderId: 'anna', decisions: [] });
    expect(refused(state, { type: 'undo', by: anna, atMs: 10_000 })).toBe('too_late');
    expect(refused(state, { type: 'undo', by: bo, atMs: 1 })).toBe('not_held');
    expect(after(undone, decide(anna, 'reject', 11_000)).decisions).toHaveLength(1);
  });
});

describe('a second person', () => {
  const second = after(decided(anna, 'approve'), settle(10_000, 'sampled'));

  test('decides where there is a cause, and is another one', () => {
    expect(second).toMatchObject({ status: 'waiting', stage: 'second', holderId: null });
    expect(refused(second, take(anna, 20_000))).toBe('same_person');
    const agreed = after(decided(bo, 'approve', second, 20_000), settle(30_000));
    expect(agreed.status).toBe('approved');
  });

  test('who disagrees sends it to a senior, who is neither of them and whose word stands', () => {
    const third = after(decided(bo, 'reject', second, 20_000), settle(30_000));
    expect(third).toMatchObject({ status: 'waiting', stage: 'senior' });
    expect(refused(third, take(bo, 40_000))).toBe('role');
    expect(refused(third, take({ ...bo, role: 'senior' }, 40_000))).toBe('same_person');
    const last = after(decided(chen, 'reject', third, 40_000), settle(50_000, 'sampled'));
    expect(last.status).toBe('rejected');
  });

  test('rejections that agree stand too', () => {
    const rejected = after(decided(anna, 'reject'), settle(10_000, 'sampled'));
    expect(after(decided(bo, 'reject', rejected, 20_000), settle(30_000)).status).toBe('rejected');
  });

  test('a doubt outlives what was sent back; one that was undone does not outlive that', () => {
    const doubt = { ...decide(anna, 'approve', 0), found: ['face_doubtful'] } as CaseEvent;
    const doubted = after(waiting, take(anna, 0), doubt);
    expect(doubted.flags).toEqual(['face_doubtful']);
    const returned = after(
      decided(bo, 'return', after(doubted, settle(10_000)), 20_000),
      settle(30_000),
    );
    const answered = after(returned, answer(40_000));
    expect(answered).toMatchObject({ stage: 'first', flags: ['face_doubted_before'] });
    const again = after(decided(chen, 'approve', answered, 50_000), settle(60_000));
    expect(again).toMatchObject({ status: 'waiting', stage: 'second' });

    const undone = after(doubted, { type: 'undo', by: anna, atMs: 1 }, decide(anna, 'approve', 2));
    expect(after(undone, settle(10_002)).status).toBe('approved');
  });

  test('who undoes what they decided undoes that alone', () => {
    const undo: CaseEvent = { type: 'undo', by: bo, atMs: 20_001 };
    const undone = after(decided(bo, 'reject', second, 20_000), undo);
    expect(undone).toMatchObject({ stage: 'second', decisions: second.decisions });
  });

  test('what is sent back and answered begins anew, with anybody', () => {
    const returned = after(decided(bo, 'return', second, 20_000), settle(30_000));
    expect(returned).toMatchObject({ status: 'returned', stage: 'second' });
    const answered = after(returned, answer(40_000));
    expect(answered).toMatchObject({ stage: 'first', round: 2, decisions: [], expiresAtMs: null });
    expect(after(answered, take(anna, 50_000)).holderId).toBe('anna');
  });

  const clean = {
    kind: 'manual_review',
    rejectionsBefore: 0,
    flags: [],
    hasDecidedBefore: false,
    isSampled: false,
  } as const;
  test.each([
    ['nothing is odd', { outcome: 'approve', ...clean }, []],
    ['the sample says so', { outcome: 'reject', ...clean, isSampled: true }, ['sampled']],
    ['one was rejected before', { outcome: 'approve', ...clean, rejectionsBefore: 1 }, []],
    [
      'two were rejected before',
      { outcome: 'approve', ...clean, rejectionsBefore: 2 },
      ['after_rejections'],
    ],
    ['a third is rejected', { outcome: 'reject', ...clean, rejectionsBefore: 2 }, []],
    [
      'the name is another',
      { outcome: 'approve', ...clean, flags: ['name_changed'] },
      ['identity_disagreement'],
    ],
    [
      'the face is doubtful',
      { outcome: 'approve', ...clean, flags: ['face_doubtful'] },
      ['identity_disagreement'],
    ],
    [
      'only the authority did not know',
      { outcome: 'approve', ...clean, flags: ['authority_mismatched', 'unusual_term'] },
      [],
    ],
    [
      'it is only sent back',
      {
        ...clean,
        outcome: 'return',
        rejectionsBefore: 5,
        flags: ['name_changed'],
        isSampled: true,
      },
      [],
    ],
  ] as const)('%s', (_, made, causes) => {
    expect(secondCausesOf(made)).toEqual(causes);
  });

  test('the blind sample is one in twenty, evenly', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const hashes = Array.from(alphabet).flatMap((a) =>
      Array.from(alphabet).map((b) => `${a}${b}AAAA${'x'.repeat(37)}`),
    );
    expect(hashes.filter(isSampled).length / hashes.length).toBeCloseTo(0.05, 3);
    expect(isSampled(`AAAAAA${'_'.repeat(37)}`)).toBe(true);
    expect(isSampled('_'.repeat(43))).toBe(false);
  });
});

describe('T-REV-04: withdrawing', () => {
  test('goes while nobody has opened it, and not after, even when it was laid back', () => {
    expect(after(waiting, withdraw(5)).status).toBe('withdrawn');
    const laidBack = after(waiting, take(anna, 0), { type: 'release', by: anna, atMs: 1 });
    expect(refused(laidBack, withdraw(5))).toBe('opened');
  });

  test('a kind that may always be taken back goes, opened or not', () => {
    const ticket = { ...waiting, kind: 'ticket', openedAtMs: 1 } as const;
    expect(after(ticket, withdraw(5)).status).toBe('withdrawn');
  });

  test('what is overdue goes, opened or not', () => {
    const laidBack = after(waiting, take(anna, 0), { type: 'release', by: anna, atMs: 1 });
    expect(refused(laidBack, withdraw(dueAtMs - 1))).toBe('opened');
    expect(after(laidBack, withdraw(dueAtMs)).status).toBe('withdrawn');
    expect(refused({ ...laidBack, dueAtMs: null }, withdraw(dueAtMs))).toBe('opened');
  });

  test('what was sent back can be given up, and ends by itself after thirty days', () => {
    const returned = after(decided(anna, 'return'), settle(10_000));
    expect(after(returned, withdraw(20_000)).status).toBe('withdrawn');
    const endMs = 10_000 + caseRule.returnedMs;
    expect(refused(returned, { type: 'expire', atMs: endMs - 1 })).toBe('too_early');
    expect(after(returned, { type: 'expire', atMs: endMs }).status).toBe('expired');
  });

  test('what waits ends by itself only where it was given an end, as without the consent', () => {
    expect(refused(waiting, { type: 'expire', atMs: 1e15 })).toBe('too_early');
    const paused = { ...waiting, expiresAtMs: 5 };
    expect(refused(paused, { type: 'expire', atMs: 4 })).toBe('too_early');
    expect(after(paused, { type: 'expire', atMs: 5 }).status).toBe('expired');
  });
});

describe('T-CON-02: a case that nobody may take', () => {
  const second = after(decided(chen, 'approve'), settle(10_000, 'sampled'));
  const third = after(decided(bo, 'reject', second, 20_000), settle(30_000));
  const assign = (to: Reviewer, by = chen): CaseEvent => ({
    type: 'assign',
    by,
    to,
    atMs: 40_000,
  });

  test('is given by a senior to somebody who has not decided it; their word stands', () => {
    expect(refused(third, take(anna, 40_000))).toBe('role');
    expect(refused(third, assign(anna, bo))).toBe('role');
    expect(refused(third, assign(bo))).toBe('same_person');
    expect(refused(third, assign({ id: 'er', role: 'auditor' }))).toBe('role');
    const given = after(third, assign(anna));
    expect(given).toMatchObject({ assignedToId: 'anna', holderId: null, stage: 'senior' });
    expect(refused(given, take(bo, 50_000))).toBe('role');
    const last = after(decided(anna, 'approve', given, 50_000), settle(60_000));
    expect(last).toMatchObject({ status: 'approved', assignedToId: null });
  });

  test('also to somebody of one stage of the kind, which is another', () => {
    const ticket: CaseState = { ...second, kind: 'ticket', decisions: [] };
    expect(refused(ticket, take(anna, 40_000))).toBe('role');
    expect(after(ticket, assign(anna), take(anna, 50_000)).holderId).toBe('anna');
  });

  test('not while somebody has it on the screen', () => {
    const dong: Reviewer = { id: 'dong', role: 'senior' };
    expect(refused(after(third, take(dong, 39_000)), assign(anna))).toBe('held');
  });
});

describe('X-06a: the consent withdrawn', () => {
  test('nobody has it any more, what could be undone is, and its person may take it back', () => {
    const paused = after(decided(anna, 'approve'), { type: 'pause', atMs: 5 });
    expect(paused).toMatchObject({
      status: 'waiting',
      stage: 'first',
      holderId: null,
      settlesAtMs: null,
      decisions: [],
    });
    const second = after(decided(anna, 'approve'), settle(10_000, 'sampled'));
    const kept = after(second, take(bo, 20_000), { type: 'pause', atMs: 20_001 });
    expect(kept).toMatchObject({ stage: 'second', holderId: null, decisions: second.decisions });
    expect(refused(paused, withdraw(6))).toBe('opened');
    const doubted = after(draft, submit, take(anna, 0), {
      ...decide(anna, 'approve', 0),
      found: ['face_doubtful'],
    } as CaseEvent);
    const again = after(doubted, { type: 'pause', atMs: 5 });
    expect(again.flags).toEqual(['face_doubted_before']);
    const byAnother = after(decided(bo, 'approve', again, 6), settle(20_000));
    expect(byAnother).toMatchObject({ status: 'waiting', stage: 'second' });
    const pause: CaseEvent = { type: 'pause', atMs: 50_000 };
    // The doubt of a decision that stands is the present round's.
    const standing = after({ ...second, flags: ['face_doubtful'] }, pause);
    expect(standing.flags).toEqual(['face_doubtful']);
    const first = after({ ...waiting, flags: ['face_doubtful', 'name_changed'] }, pause);
    expect(first.flags).toEqual(['face_doubtful', 'name_changed']);
    const twice = after({ ...doubted, flags: ['name_changed', 'face_doubtful'] }, pause);
    expect(twice.flags).toEqual(['name_changed', 'face_doubted_before']);
    const known = after({ ...doubted, flags: ['face_doubted_before', 'face_doubtful'] }, pause);
    expect(known.flags).toEqual(['face_doubted_before', 'face_doubtful']);
    const bySecond = after(
      { ...decided(bo, 'approve', second, 20_000), flags: ['face_doubtful'] },
      pause,
    );
    expect(bySecond.flags).toEqual(['face_doubtful']);
    expect(bySecond.decisions).toEqual(second.decisions);
    const gone = after(paused, { type: 'withdraw', hasConsent: false, atMs: 6 });
    expect(gone.status).toBe('withdrawn');
  });
});

describe('what a colleague is shown of the first one', () => {
  const flags: CaseFlag[] = ['face_doubtful', 'name_changed'];
  test('nothing of the doubts of the first one, where the second judges blind', () => {
    const seen = (kind: CaseState['kind'], stage: CaseState['stage']) =>
      flagsFor({ kind, stage, flags });
    expect(seen('manual_review', 'second')).toEqual(['name_changed']);
    expect(seen('manual_review', 'first')).toEqual(flags);
    expect(seen('manual_review', 'senior')).toEqual(flags);
    const frees: CaseFlag[] = ['frees_number'];
    expect(flagsFor({ kind: 'ticket', stage: 'second', flags: frees })).toEqual(frees);
  });

  test('an approval may need a second person while nobody has approved, and not the second’s own', () => {
    const one = { round: 1, stage: 'first', reviewerId: 'anna', outcome: 'approve' } as const;
    const other = { ...one, reviewerId: 'bo', outcome: 'reject' } as const;
    expect(canNeedSecond(draft)).toBe(true);
    expect(canNeedSecond({ ...draft, stage: 'second' })).toBe(false);
    expect(canNeedSecond({ ...draft, stage: 'senior', decisions: [other] })).toBe(true);
    expect(canNeedSecond({ ...draft, stage: 'senior', decisions: [other, one] })).toBe(false);
  });

  test('each item that was sent back once', () => {
    const items = returnedItems([{ item: 'a' }, { item: 'name' }, { item: 'a' }]);
    expect(items).toEqual(['a', 'name']);
  });
});

test('a doubt stays one when the request comes again, also of several flags and a second time', () => {
  const returned = after(decided(anna, 'return'), settle(10_000));
  const again = (before: CaseFlag[], flags: CaseFlag[] = []) =>
    after({ ...returned, flags: before }, { type: 'answer', flags, dueAtMs, atMs: 20_000 }).flags;
  expect(again(['name_changed'])).toEqual([]);
  expect(again(['name_changed', 'face_doubtful'])).toEqual(['face_doubted_before']);
  expect(again(['face_doubted_before'])).toEqual(['face_doubted_before']);
  expect(again(['face_doubtful'], ['name_changed'])).toEqual([
    'name_changed',
    'face_doubted_before',
  ]);
});

describe('the place in the queue', () => {
  test.each([
    [0, 1, 10],
    [9, 1, 10],
    [10, 11, 50],
    [199, 51, 200],
    [499, 201, 500],
    [500, 501, null],
  ])('with %i before it is between %i and %s', (before, from, to) => {
    expect(queueBand(before)).toEqual({ from, to });
  });

  test('is known once one more than the last band’s end is counted', () => {
    expect(queueBand(queueCountLimit - 2)).toEqual({ from: 201, to: 500 });
    expect(queueBand(queueCountLimit - 1)).toEqual({ from: 501, to: null });
  });
});

describe.each(caseKinds)('a walk at random through the table: %s', (kind) => {
  const spec = caseSpecs[kind];
  const people: readonly Reviewer[] = [
    anna,
    bo,
    chen,
    { id: 'dong', role: 'senior' },
    { id: 'gao', role: 'senior' },
    { id: 'er', role: 'auditor' },
    { id: 'fan', role: 'administrator' },
    { id: 'hua', role: 'school' },
    { id: 'jin', role: 'school' },
  ];
  // Without a sample few cases come to a senior, so more of those decide.
  const few = people.filter(({ id, role }) => id !== 'bo' && role !== 'school');
  const ofKind = {
    manual_review: people.filter(({ role }) => role !== 'school'),
    ticket: few,
    number_claim: few,
    organisation_letter: [...few, ...few.filter(({ role }) => role === 'senior')],
  };
  const by = fc.constantFrom(...(kind === 'record_dispute' ? people : ofKind[kind]));
  const outcomes = fc.constantFrom<CaseOutcome>('approve', 'approve', 'reject', 'return');
  const deciding = fc.record({
    type: fc.constant('decide' as const),
    by,
    outcome: outcomes,
    found: fc.constantFrom<readonly CaseFlag[]>(
      [],
      kind === 'ticket' ? spec.found : [],
      spec.found,
    ),
  });
  const settling = fc.record({ type: fc.constant('settle' as const), isSampled: fc.boolean() });
  // A claim on a number always has its flag.
  const isAlwaysTwo = kind === 'number_claim';
  const flags = isAlwaysTwo
    ? fc.constant(spec.needsTwo)
    : fc.subarray<CaseFlag>(
        kind === 'manual_review'
          ? ['name_changed', 'validity_changed']
          : spec.needsTwo.filter((flag) => !spec.found.includes(flag)),
      );
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constantFrom('take' as const, 'reopen' as const),
        by,
        dueAtMs: fc.constant(dueAtMs),
      }),
    },
    { weight: 3, arbitrary: deciding },
    { weight: 3, arbitrary: settling },
    fc.record({
      type: fc.constantFrom(
        'reserve' as const,
        'renew' as const,
        'release' as const,
        'undo' as const,
      ),
      by,
    }),
    fc.record({ type: fc.constant('withdraw' as const), hasConsent: fc.boolean() }),
    fc.record({ type: fc.constantFrom('pause' as const, 'expire' as const) }),
    fc.record({ type: fc.constant('answer' as const), flags, dueAtMs: fc.constant(dueAtMs) }),
  );
  const passing = fc.constantFrom(0, 1, 5_000, 10_000, 300_000, 600_000, caseRule.returnedMs);
  /** Somebody does a case to the end, so that the walk gets far; single steps come in between. */
  const work = fc
    .tuple(deciding, settling)
    .map(([made, end]) => [
      [{ type: 'take' as const, by: made.by }, 0] as const,
      [made, 0] as const,
      [end, 10_000] as const,
    ]);
  const returning = by.map((who) => [
    [{ type: 'take' as const, by: who }, 0] as const,
    [{ type: 'decide' as const, by: who, outcome: 'return' as const, found: [] }, 0] as const,
    [{ type: 'settle' as const, isSampled: false }, 10_000] as const,
    [{ type: 'expire' as const }, caseRule.returnedMs] as const,
  ]);
  const reopening = by.map((who) => [[{ type: 'reopen' as const, by: who, dueAtMs }, 0] as const]);
  const steps = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: work },
        reopening,
        returning,
        fc.tuple(step, passing).map((single) => [single]),
        fc.constantFrom(
          [[{ type: 'expire' }, caseRule.returnedMs] as const],
          [[{ type: 'withdraw', hasConsent: true }, 0] as const],
        ),
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.flat());

  /** Without anybody of the staff: its person takes it back once it is overdue, or time ends it. */
  function endOf(state: CaseState, atMs: number): CaseStatus {
    let [now, laterMs] = [state, Math.max(atMs, dueAtMs) + caseSpecs.manual_review.draftMs];
    for (let steps = 0; steps < 3 && !isEndedCase(now.status); steps += 1) {
      laterMs += caseRule.undoMs;
      const ways: CaseEvent[] = [
        { type: 'settle', isSampled: true, atMs: laterMs },
        withdraw(laterMs),
        { type: 'expire', atMs: laterMs },
      ];
      const next = ways.map((way) => caseAfter(now, way)).find((each) => typeof each !== 'string');
      if (next === undefined) break;
      now = next;
    }
    return now.status;
  }

  test('one holder, one decision a stage by different people, two where two are asked for, and always a way out', () => {
    const reached = new Set<string>();
    const rejectionsBefore =
      kind === 'manual_review' ? fc.constantFrom(0, 0, 1, 2) : fc.constant(0);
    const begun = fc.record({ flags, rejectionsBefore });
    fc.assert(
      fc.property(begun, steps, (found, walk) => {
        let atMs = 0;
        let state = after({ ...draft, kind }, { ...submit, ...found });
        // What asks for two people, kept beside the table.
        let { rejectionsBefore: rejections } = found;
        let isDoubted = false;
        const before: { by: string; outcome: CaseOutcome }[] = [];
        for (const [made, passedMs] of walk) {
          atMs += passedMs;
          const from = state;
          const next = caseAfter(from, { ...made, atMs });
          if (typeof next === 'string') continue;
          state = next;
          reached.add(`${state.status}.${state.stage}`);

          // Ended is ended, until a senior opens it again.
          expect(!isEndedCase(from.status) || made.type === 'reopen').toBe(true);
          expect(state.endedAtMs !== null).toBe(isEndedCase(state.status));
          // One holder: a case changes hands only when it is free.
          const holder = holderAt(from, atMs);
          const nextHolder = holderAt(state, atMs);
          expect(holder === null || nextHolder === null || nextHolder === holder).toBe(true);
          expect(isEndedCase(state.status) && nextHolder !== null).toBe(false);
          // Whoever decides holds it, and has the role.
          const role = people.find(({ id }) => id === nextHolder)?.role;
          const may = role === undefined || mayStaff(role, spec.permissions[state.stage]);
          expect(may).toBe(true);
          // One decision a stage, each by somebody else.
          const stages = state.decisions.map(({ stage }) => stage);
          const deciders = state.decisions.map(({ reviewerId }) => reviewerId);
          expect(new Set(stages).size).toBe(stages.length);
          expect(new Set(deciders).size).toBe(deciders.length);
          // An end by decision is what the last decision said.
          const said = { approved: 'approve', rejected: 'reject' }[state.status as string];
          expect(said === undefined || state.decisions.at(-1)?.outcome === said).toBe(true);
          // From a flag, a doubt, two rejections, or one's own earlier decision, nobody approves alone.
          isDoubted ||=
            (made.type === 'settle' || made.type === 'pause') &&
            from.status === 'deciding' &&
            from.flags.includes('face_doubtful');
          const needsFlag = from.flags.some((flag) => spec.needsTwo.includes(flag));
          const approvers = state.decisions.filter(({ outcome }) => outcome === 'approve');
          const needsTwo =
            isDoubted ||
            rejections >= 2 ||
            needsFlag ||
            before.some(({ by: who }) => who === approvers[0]?.reviewerId);
          const isAlone = needsTwo && approvers.length < 2;
          expect(state.status === 'approved' && isAlone).toBe(false);
          rejections += state.status === 'rejected' ? 1 : 0;
          if (made.type === 'reopen' || made.type === 'answer') {
            for (const { reviewerId, outcome } of from.decisions) {
              if (outcome !== 'return') before.push({ by: reviewerId, outcome });
            }
          }
          // The person may change what is theirs only where it was sent back.
          expect(new Set<CaseStatus>(openCaseStatuses).has(state.status)).toBe(
            !isEndedCase(state.status),
          );
          expect(state.settlesAtMs !== null).toBe(state.status === 'deciding');
          expect(state.expiresAtMs !== null).toBe(state.status === 'returned');
          expect(state.round).toBeGreaterThanOrEqual(from.round);
          expect(isEndedCase(endOf(state, atMs))).toBe(true);
        }
      }),
      // A fixed seed, for the walk has to come everywhere.
      { numRuns: 2_000, seed: 5 },
    );
    expect([...reached].toSorted()).toEqual(
      ['waiting', 'deciding', 'returned', 'approved', 'rejected', 'withdrawn', 'expired']
        .flatMap((status) => ['first', 'second', 'senior'].map((stage) => `${status}.${stage}`))
        // Without a sample a second person comes after an approval alone, and a senior where they disagree.
        .filter((each) => spec.isSampled || each !== 'rejected.second')
        // Nothing in a dispute asks for a second person.
        .filter((each) => kind !== 'record_dispute' || each.endsWith('.first'))
        .filter((each) => !isAlwaysTwo || each !== 'approved.first')
        .toSorted(),
    );
  });
});
