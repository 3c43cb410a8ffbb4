import { faceActions } from '@shiming/domain';
import { expect, test } from 'vitest';
import { framingOf, isDone, type Look } from './framing.ts';

const straight: Look = {
  faces: 1,
  height: 0.5,
  x: 0.5,
  y: 0.5,
  tilt: 0,
  nose: 0.5,
  eyes: 0.3,
  light: 120,
};

test.each([
  [{}, 'good'],
  [{ faces: 0 }, 'no_face'],
  [{ faces: 0, light: 20 }, 'dark'],
  [{ faces: 2 }, 'several_faces'],
  [{ height: 0.3 }, 'too_far'],
  [{ height: 0.8 }, 'too_close'],
  [{ x: 0.3 }, 'off_centre'],
  [{ y: 0.7 }, 'off_centre'],
  [{ tilt: -12 }, 'tilted'],
  [{ nose: 0.2 }, 'turned'],
  [{ light: 50 }, 'dark'],
  [{ light: 240 }, 'bright'],
] as const)('of a face with %o is said: %s', (change, framing) => {
  expect(framingOf({ ...straight, ...change })).toBe(framing);
});

test.each([
  // In a picture that is not mirrored, the person's left is on the right.
  [{ nose: 0.85 }, ['turn_left']],
  [{ nose: 0.15 }, ['turn_right']],
  [{ eyes: 0.2 }, ['blink']],
  [{ height: 0.7 }, ['come_closer']],
  [{}, []],
  [{ faces: 2, nose: 0.85 }, []],
] as const)('of a face with %o is seen: %o', (change, actions) => {
  const look = { ...straight, ...change };
  expect(faceActions.filter((action) => isDone(action, look, straight))).toEqual(actions);
});

test('a face that was turned already has not turned', () => {
  const turned = { ...straight, nose: 0.75 };
  expect(isDone('turn_left', { ...straight, nose: 0.8 }, turned)).toBe(false);
});
