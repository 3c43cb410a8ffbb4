import { encode } from 'jpeg-js';
import { newAddress } from './browser.ts';
import type { Call } from './load.ts';

const [width, height] = [1600, 1067];

/** A photo of about the weight that a browser sends after it has made one fit; each `content` is another picture. */
export function photoOf(content: number): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  let seed = content;
  for (let at = 0; at < data.length; at += 4) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const light = 96 + ((at / 4) % width) / 16 + (seed % 13);
    data.fill(light, at, at + 3);
    data[at + 3] = 255;
  }
  return new Uint8Array(encode({ data, width, height }, 75).data);
}

/** The request that puts a photo on a side of the request of whoever holds these cookies. */
export const putPhoto = (cookie: string, side: string, body: Uint8Array): Call => ({
  path: `/photos/${side}`,
  method: 'PUT',
  headers: { cookie, 'cf-connecting-ip': newAddress(), 'content-type': 'image/jpeg' },
  body,
});
