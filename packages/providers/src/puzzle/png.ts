import type { Zlib } from './port.ts';

/** PNG, the part of it that a puzzle needs (W3C PNG, third edition): 8 bits a channel, RGB or RGBA, filter Sub. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const COLOUR_TYPE = { 3: 2, 4: 6 } as const;
const FILTER_SUB = 1;

/**
 * Grainy pictures hardly repeat themselves, so Huffman codes alone (Z_HUFFMAN_ONLY): a search for repetitions takes three times
 * as long and saves seven bytes in a hundred.
 */
const HUFFMAN_ONLY = 2;

/** Length, type, data, CRC of type and data. */
function chunk(zlib: Zlib, type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, zlib.crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Encodes rows of pixels, `channels` bytes each, from the top left. */
export function encodePng(
  zlib: Zlib,
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  channels: 3 | 4,
): Uint8Array {
  const stride = width * channels;
  const filtered = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    const from = y * stride;
    const to = y * (stride + 1);
    filtered[to] = FILTER_SUB;
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : (pixels[from + i - channels] ?? 0);
      filtered[to + 1 + i] = (pixels[from + i] ?? 0) - left;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, COLOUR_TYPE[channels]], 8);

  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk(zlib, 'IHDR', header),
    chunk(zlib, 'IDAT', zlib.deflateSync(filtered, { strategy: HUFFMAN_ONLY })),
    chunk(zlib, 'IEND', new Uint8Array()),
  ];
  const png = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    png.set(part, offset);
    offset += part.length;
  }
  return png;
}
