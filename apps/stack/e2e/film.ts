import { writeFileSync } from 'node:fs';
import { faceOf, type Shot, shotOf } from '@shiming/sandbox/faces';
import { decode } from 'jpeg-js';

/** As a page takes it: the middle of what a camera shows. */
const [width, height] = [360, 480];
/** Longer than any challenge takes to be photographed: no picture comes twice. */
const pictures = 100;
const picturesPerSecond = 2;
/** Black, as a camera's picture has it: what is below looks the same. */
const black = 16;

/** Somebody of the library's samples in the middle of a camera's picture, in YUV of a quarter of the colours. */
async function pictureOf(name: string, shot: Shot) {
  const whole = decode(await shotOf(faceOf(name), shot), { useTArray: true });
  const left = (whole.width - width) / 2;
  const light = Buffer.alloc(width * height);
  const [blue, red] = [Buffer.alloc(light.length / 4), Buffer.alloc(light.length / 4)];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * whole.width + left + x);
      const [r = 0, g = 0, b = 0] = whole.data.subarray(at, at + 3);
      const luma = 0.299 * r + 0.587 * g + 0.114 * b;
      light[y * width + x] = luma;
      const quarter = (y >> 1) * (width / 2) + (x >> 1);
      blue[quarter] = 128 + (b - luma) * 0.564;
      red[quarter] = 128 + (r - luma) * 0.713;
    }
  }
  return { light, blue, red };
}

/**
 * Writes a film (YUV4MPEG2) of somebody who looks into the camera. Its pictures differ in a corner, and `take` tells the films of one
 * person apart: a picture that was sent before is refused.
 */
export async function film(path: string, name: string, take: number, shot: Shot): Promise<void> {
  const { light, blue, red } = await pictureOf(name, shot);
  const head = `YUV4MPEG2 W${width} H${height} F${picturesPerSecond}:1 Ip A1:1 C420jpeg\n`;
  const parts: Uint8Array[] = [Buffer.from(head)];
  for (let at = 0; at < pictures; at += 1) {
    const own = Buffer.from(light);
    for (let row = 0; row < 16; row += 1)
      own.fill(black + take * 24, row * width, row * width + 16);
    for (let row = 0; row < 16; row += 1)
      own.fill(black + at * 2, row * width + 16, row * width + 32);
    parts.push(Buffer.from('FRAME\n'), own, blue, red);
  }
  writeFileSync(path, Buffer.concat(parts));
}

/** The same as a file of a phone's camera app. */
export const photoOf = async (name: string, shot: Shot) => ({
  name: 'face.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from(await shotOf(faceOf(name), shot)),
});
