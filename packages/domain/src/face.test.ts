import { expect, test } from 'vitest';
import {
  type FaceAction,
  faceActionsOf,
  faceFrame,
  faceFrameKnownMs,
  faceOutcomes,
  faceStandsAtMostMs,
  faceStandsMs,
  shownFaceMs,
  isFaceCounted,
  type FaceOutcome,
  type FaceShape,
  isFaceActionSeen,
} from './face.ts';

test('E-FAC-01: what is said of the person is a try, and what is said of the picture or the source is none', () => {
  const isAboutThePerson: FaceOutcome[] = [
    'matched',
    'not_same',
    'suspected_fake',
    'name_mismatch',
    'no_record',
    'no_photo',
  ];
  expect(faceOutcomes.filter(isFaceCounted)).toEqual(isAboutThePerson);
});

test('what another picture does not change is not asked again for a day', () => {
  const day = 24 * 3_600_000;
  expect(faceOutcomes.filter((outcome) => faceStandsMs(outcome) === day)).toEqual([
    'name_mismatch',
    'no_record',
    'no_photo',
  ]);
  expect(faceStandsMs('suspected_fake')).toBe(3_600_000);
  expect(faceStandsAtMostMs).toBe(day);
});

test('E-FAC-01: a frame is known for 30 days, what a face has proved is used within 10 minutes', () => {
  expect(faceFrameKnownMs).toBe(30 * 24 * 3_600_000);
  expect(shownFaceMs).toBe(600_000);
});

test('a challenge takes a frontal picture and one for each action, each under 200 KB', () => {
  const actions = faceActionsOf(Uint8Array.of(0, 0, 0));
  expect(faceFrame).toEqual({ underBytes: 204_800, count: 1 + actions.length });
});

test.each([
  [0, 0, 0, ['turn_left', 'turn_right']],
  [1, 1, 1, ['blink', 'turn_right']],
  [2, 5, 2, ['turn_left', 'come_closer']],
  [3, 0, 1, ['turn_left', 'turn_right']],
])('the bytes %i, %i and %i stand for %j', (which, other, order, actions) => {
  expect(faceActionsOf(Uint8Array.of(which, other, order))).toEqual(actions);
});

test('a challenge has a turn and another action, and any such pair in any order can be drawn', () => {
  const drawn = new Set<string>();
  for (let first = 0; first < 256; first += 1) {
    for (const second of [0, 1, 2]) {
      for (const third of [0, 1]) {
        const actions = faceActionsOf(Uint8Array.of(first, second, third));
        expect(new Set(actions).size).toBe(2);
        expect(actions.join()).toContain('turn');
        drawn.add(actions.join());
      }
    }
  }
  // All twelve pairs but the two of blinking and coming closer.
  expect(drawn.size).toBe(10);
});

test.each<[FaceAction, Partial<FaceShape>, boolean]>([
  ['turn_left', { nose: 0.63 }, true],
  ['turn_left', { nose: 0.61 }, false],
  ['turn_left', { nose: 0.5 + 0.12 }, false],
  ['turn_left', { nose: 0.3 }, false],
  ['turn_right', { nose: 0.37 }, true],
  ['turn_right', { nose: 0.39 }, false],
  ['turn_right', { nose: 0.5 - 0.12 }, false],
  ['turn_right', { nose: 0.7 }, false],
  ['come_closer', { height: 0.5 }, true],
  ['come_closer', { height: 0.42 }, false],
  ['come_closer', { height: 0.4 * 1.1 }, false],
  ['blink', {}, true],
])('%s with %o is seen: %s', (action, change, isSeen) => {
  const before = { nose: 0.5, height: 0.4 };
  expect(isFaceActionSeen(action, { ...before, ...change }, before)).toBe(isSeen);
});
