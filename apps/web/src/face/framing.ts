import type { FaceAction } from '@shiming/domain';
import type { Box, Face, Pixels, Point } from './find-faces.ts';

/** What is to be said of a picture before it is taken; a hint, which stops nobody. */
export const framings = [
  'no_face',
  'several_faces',
  'too_far',
  'too_close',
  'off_centre',
  'tilted',
  'turned',
  'dark',
  'bright',
  'good',
] as const;
export type Framing = (typeof framings)[number];

/** What is seen of a face, in shares of the picture and of the face. */
export type Look = {
  faces: number;
  /** The height of the face, and where its middle is. */
  height: number;
  x: number;
  y: number;
  /** How far the line of the eyes is from level, in degrees. */
  tilt: number;
  /** Where the tip of the nose is between the eyes, from the left of the picture to its right; 0.5 in the middle. */
  nose: number;
  /** How far the eyes are open: their height by their width. */
  eyes: number;
  /** How bright the face is, from 0 to 255. */
  light: number;
};

/** A part of the picture with so much of its height is too small for a comparison, or too near to be whole. */
const farBelow = 0.38;
const closeAbove = 0.68;
const centredWithin = 0.16;
/** The model of the authority takes somebody for another person when the head is tilted by 15 degrees. */
const tiltedAbove = 10;
const straight = { from: 0.3, to: 0.7 };
const darkBelow = 60;
const brightAbove = 225;

const middle = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});
const between = (a: Point | undefined, b: Point | undefined): number =>
  a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);

/** How far an eye is open, by its six points: its height by its width. */
const openOf = (eye: readonly Point[]): number =>
  (between(eye[1], eye[5]) + between(eye[2], eye[4])) / 2 / between(eye[0], eye[3]);

/** The mean luma of a part of a picture, of each fourth pixel (ITU-R BT.601). */
function lightOf({ data, width, height }: Pixels, box: Box): number {
  let sum = 0;
  let count = 0;
  const bottom = Math.min(height, box.y + box.height);
  const right = Math.min(width, box.x + box.width);
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y += 2) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x += 2) {
      const at = 4 * (y * width + x);
      sum += (data[at] ?? 0) * 0.299 + (data[at + 1] ?? 0) * 0.587 + (data[at + 2] ?? 0) * 0.114;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** What is seen of the largest face of a picture; of a picture without one, how bright it is. */
export function lookAt(pixels: Pixels, faces: readonly Face[]): Look {
  const [face] = faces;
  const whole = { x: 0, y: 0, width: pixels.width, height: pixels.height };
  if (face === undefined) {
    const light = lightOf(pixels, whole);
    return { faces: 0, height: 0, x: 0.5, y: 0.5, tilt: 0, nose: 0.5, eyes: 0, light };
  }
  const { box, landmarks } = face;
  // The order of iBUG 300-W: six points around each eye, from 36 and 42 on, and the tip of the nose at 30.
  const [left, right] = [landmarks.slice(36, 42), landmarks.slice(42, 48)];
  const [from, to] = [middle(left), middle(right)];
  const line = { x: to.x - from.x, y: to.y - from.y };
  const tip = landmarks[30] ?? from;
  const along = (tip.x - from.x) * line.x + (tip.y - from.y) * line.y;
  return {
    faces: faces.length,
    height: box.height / pixels.height,
    x: (box.x + box.width / 2) / pixels.width,
    y: (box.y + box.height / 2) / pixels.height,
    tilt: (Math.atan2(line.y, line.x) * 180) / Math.PI,
    nose: along / (line.x ** 2 + line.y ** 2),
    eyes: (openOf(left) + openOf(right)) / 2,
    light: lightOf(pixels, box),
  };
}

/** The first thing to mend before the picture that is compared is taken. */
export function framingOf(look: Look): Framing {
  if (look.faces === 0) return look.light < darkBelow / 2 ? 'dark' : 'no_face';
  if (look.faces > 1) return 'several_faces';
  if (look.height < farBelow) return 'too_far';
  if (look.height > closeAbove) return 'too_close';
  if (Math.abs(look.x - 0.5) > centredWithin || Math.abs(look.y - 0.5) > centredWithin) {
    return 'off_centre';
  }
  if (Math.abs(look.tilt) > tiltedAbove) return 'tilted';
  if (look.nose < straight.from || look.nose > straight.to) return 'turned';
  if (look.light < darkBelow) return 'dark';
  return look.light > brightAbove ? 'bright' : 'good';
}

/**
 * Whether an action is seen, compared with how the face looked before. Pictures are not mirrored, so the person's left
 * is on their right.
 */
export function isDone(action: FaceAction, look: Look, before: Look): boolean {
  if (look.faces !== 1) return false;
  switch (action) {
    case 'turn_left':
      return look.nose > Math.max(straight.to, before.nose + 0.15);
    case 'turn_right':
      return look.nose < Math.min(straight.from, before.nose - 0.15);
    case 'blink':
      return look.eyes < before.eyes * 0.75;
    case 'come_closer':
      return look.height > Math.max(before.height * 1.2, 0.6);
  }
}
