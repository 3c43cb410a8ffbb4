import { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';

type Drawing = {
  width: number;
  height: number;
  /** What stands on the card: pictures with different words differ. */
  words: string;
  blurPx?: number;
  /** Half the width of the noise of each pixel: what makes the files of cameras large. */
  grain?: number;
  /** From 0 (black) to 1. */
  light?: number;
};

/** A JPEG of a made-up card on a table with the noise of a camera, as the browser of a page encodes it. */
export async function drawJpeg(page: Page, drawing: Drawing): Promise<Buffer> {
  const address = await page.evaluate(
    ({ width, height, words, blurPx = 0, grain = 6, light = 1 }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('no canvas');
      const unit = width / 100;
      pen.fillStyle = '#5a6470';
      pen.fillRect(0, 0, width, height);
      pen.filter = blurPx > 0 ? `blur(${blurPx}px)` : 'none';
      pen.fillStyle = '#e9eef3';
      pen.fillRect(8 * unit, 8 * unit, 84 * unit, height - 16 * unit);
      pen.fillStyle = '#1c2430';
      pen.font = `${4 * unit}px sans-serif`;
      for (let line = 0; line < 7; line += 1) {
        pen.fillText(`${words} ${line} 姓名 有效期限 签发机关`, 11 * unit, (18 + 6 * line) * unit);
      }
      pen.filter = 'none';
      const image = pen.getImageData(0, 0, width, height);
      let seed = 1;
      for (let at = 0; at < image.data.length; at += 4) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        const noise = (seed % (2 * grain + 1)) - grain;
        for (let channel = 0; channel < 3; channel += 1) {
          image.data[at + channel] = ((image.data[at + channel] ?? 0) + noise) * light;
        }
      }
      pen.putImageData(image, 0, 0);
      return canvas.toDataURL('image/jpeg', 0.95);
    },
    drawing,
  );
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
}

/**
 * The same JPEG as a phone would have written it: with an EXIF segment that says that it is to be turned by a quarter
 * clockwise, and where on earth it was taken (CIPA DC-008, 4.6).
 */
export function asFromPhone(jpeg: Buffer): Buffer {
  const tiff = Buffer.alloc(0x80);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    if (type === 3) tiff.writeUInt16BE(value, at + 8);
    else tiff.writeUInt32BE(value, at + 8);
  };
  tiff.writeUInt16BE(2, 8);
  entry(10, 0x0112, 3, 1, 6);
  entry(22, 0x8825, 4, 1, 40);
  tiff.writeUInt16BE(1, 40);
  entry(42, 0x0002, 5, 3, 64);
  [39, 1, 54, 1, 20, 1].forEach((value, index) => tiff.writeUInt32BE(value, 64 + 4 * index));
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** The head of a HEIF file, which Chromium does not read, under the name of a JPEG. */
export const heic = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
  Buffer.alloc(64),
]);
