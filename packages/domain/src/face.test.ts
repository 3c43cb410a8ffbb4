import { expect, test } from 'vitest';
import {
  faceActions,
  faceActionsOf,
  faceOutcomes,
  faceStandsMs,
  isFaceCounted,
  type FaceOutcome,
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
});

test('a challenge has two different actions, and any two can be drawn', () => {
  const drawn = new Set<string>();
  for (let first = 0; first < 256; first += 1) {
    for (const second of [0, 1, 2]) {
      const actions = faceActionsOf(Uint8Array.of(first, second));
      expect(new Set(actions).size).toBe(2);
      drawn.add(actions.join());
    }
  }
  expect(drawn.size).toBe(faceActions.length * (faceActions.length - 1));
});
