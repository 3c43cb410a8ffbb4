import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { faceOf, type Shot, shotOf } from '@shiming/sandbox/faces';
import { decode } from 'jpeg-js';
import { expect, test } from 'vitest';
import { findFaces, type Models } from '@shiming/web/face/find-faces';
import { framingOf, lookAt } from '@shiming/web/face/framing';
import { readWeights } from '@shiming/web/face/network';

const require = createRequire(import.meta.url);

/** The weights as the device reads them, from the package that ships them. */
function weightsOf(model: string) {
  const path = require.resolve(`@vladmandic/face-api/model/${model}_model.bin`);
  const manifest = readFileSync(path.replace('.bin', '-weights_manifest.json'), 'utf8');
  return readWeights(JSON.parse(manifest), Uint8Array.from(readFileSync(path)).buffer);
}
const models: Models = {
  detector: weightsOf('tiny_face_detector'),
  landmarks: weightsOf('face_landmark_68_tiny'),
};

/** Somebody of the library's samples before the camera, in the part that the page takes. */
async function seen(name: string, shot: Shot) {
  const whole = decode(await shotOf(faceOf(name), shot), { useTArray: true });
  const [width, left] = [360, 140];
  const data = new Uint8Array(width * whole.height * 4);
  for (let row = 0; row < whole.height; row += 1) {
    const from = (row * whole.width + left) * 4;
    data.set(whole.data.subarray(from, from + width * 4), row * width * 4);
  }
  const pixels = { data, width, height: whole.height };
  return lookAt(pixels, findFaces(pixels, models));
}

// All in one sample, which is read once: that takes most of the time.
test.each([
  ['林知远', { height: 600 }, 'good'],
  ['林知远', { height: 300 }, 'too_close'],
  ['林知远', { height: 850 }, 'too_far'],
  ['林知远', { height: 550, aside: 110 }, 'off_centre'],
  ['林知远', { height: 600, tilt: 20 }, 'tilted'],
  ['林知远', { height: 600, light: 0.2 }, 'dark'],
  ['许静姝', { height: 1200 }, 'several_faces'],
] as const)('the device sees of %s, %o: %s', async (name, shot, framing) => {
  const look = await seen(name, shot);
  expect([framingOf(look), look]).toEqual([framing, look]);
});

const grey = (light: number) => ({
  data: new Uint8Array(360 * 480 * 4).fill(light),
  width: 360,
  height: 480,
});

test('a picture without a face is dark, or has none', () => {
  const framings = [0, 128].map((light) => {
    const pixels = grey(light);
    return framingOf(lookAt(pixels, findFaces(pixels, models)));
  });
  expect(framings).toEqual(['dark', 'no_face']);
});
