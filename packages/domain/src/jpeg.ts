import {
  BrokenScan,
  type Frame,
  readComponents,
  readHuffman,
  readScan,
  type Tables,
} from './jpeg-scan.ts';

/** A picture that may be kept: nothing but what is needed to show it. Width and height as stored, in pixels. */
export type Jpeg = {
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8; `bytes` no longer carries it. */
  orientation: number;
};

/** Why a photo is not taken; none of them costs an attempt. `duplicate`: another side has the same picture. */
const photoRefusals = [
  'empty',
  'too_large',
  'not_jpeg',
  'broken',
  'unsupported',
  'too_small',
  'too_many_pixels',
  'duplicate',
] as const;
export type PhotoRefusal = (typeof photoRefusals)[number];
type JpegRefusal = Exclude<PhotoRefusal, 'duplicate'>;

const maxPixels = 16_000_000;
const minLongSide = 480;
const minShortSide = 300;
/** Cameras and browsers write one to ten; each makes decoders draw the whole picture again. */
const maxScans = 100;

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const app0 = 0xe0;
const app1 = 0xe1;
const app14 = 0xee;
/** DHT, DQT, DRI: with frame and scan headers all that a decoder needs. */
const dht = 0xc4;
const dqt = 0xdb;
const dri = 0xdd;

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
/** SOF0 to SOF15, without DHT, JPG and DAC, whose codes lie between them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

class Refused extends Error {
  readonly code: JpegRefusal;
  constructor(code: JpegRefusal) {
    super(code);
    this.code = code;
  }
}

/**
 * Checks a JPEG without decoding it, and cleans it: size; beginning; segments that lie in the file; exactly one
 * frame, baseline, extended or progressive, of 8 bits and 1 or 3 components; 480×300 to 16 megapixels; 1 to 100 scans,
 * each of which has all its blocks; a real end. Whatever does not draw is cut off: EXIF, XMP, comments, thumbnails,
 * colour profiles (which hold any text; the page redraws photos in sRGB), and what follows a table, a scan or the
 * end. JFIF and Adobe segments stay as far as they say how colours are coded. `underBytes` is the size that the file
 * as sent must stay under.
 *
 * Source: ITU-T T.81 annex B, DOMAIN 9.
 */
export function cleanJpeg(
  file: Uint8Array,
  { underBytes }: { underBytes: number },
): { ok: true; value: Jpeg } | { ok: false; code: JpegRefusal } {
  if (file.length === 0) return { ok: false, code: 'empty' };
  if (file.length >= underBytes) return { ok: false, code: 'too_large' };
  if (file[0] !== 0xff || file[1] !== soi || file[2] !== 0xff) {
    return { ok: false, code: 'not_jpeg' };
  }
  try {
    return { ok: true, value: walk(file) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code };
    if (error instanceof BrokenScan) return { ok: false, code: 'broken' };
    throw error;
  }
}

function walk(file: Uint8Array): Jpeg {
  const kept: Uint8Array[] = [file.subarray(0, 2)];
  const tables: Tables = { huffman: new Map(), restartInterval: 0 };
  let frame: Frame | null = null;
  let scans = 0;
  let orientation: number | null = null;
  let at = 2;
  for (;;) {
    if (byteAt(file, at) !== 0xff) throw new Refused('broken');
    // Any number of fill bytes may stand before a marker.
    while (byteAt(file, at + 1) === 0xff) at += 1;
    const marker = byteAt(file, at + 1);
    if (marker === eoi) {
      if (frame === null || scans === 0) throw new Refused('broken');
      kept.push(file.subarray(at, at + 2));
      const { width, height } = frame;
      return { bytes: joined(kept), width, height, orientation: orientation ?? 1 };
    }
    if (marker <= 0x01 || marker === soi || isRestart(marker)) throw new Refused('broken');
    const length = wordAt(file, at + 2);
    const segmentEnd = at + 2 + length;
    if (length < 2 || segmentEnd > file.length) throw new Refused('broken');
    const body = file.subarray(at + 4, segmentEnd);
    let end = segmentEnd;
    if (isFrame(marker)) {
      if (frame !== null) throw new Refused('broken');
      frame = readFrame(marker, body);
    }
    if (marker === app1) orientation ??= readOrientation(body);
    if (marker === dht) readHuffman(body, tables);
    if (marker === dri) {
      if (body.length !== 2) throw new Refused('broken');
      tables.restartInterval = wordAt(body, 0);
    }
    if (marker === sos) {
      if (frame === null) throw new Refused('broken');
      scans += 1;
      if (scans > maxScans) throw new Refused('unsupported');
      kept.push(file.subarray(at, readScan(file, segmentEnd, body, frame, tables)));
      end = endOfScan(file, segmentEnd);
    } else kept.push(keptOf(marker, body, file.subarray(at, end)));
    at = end;
  }
}

function byteAt(data: Uint8Array, at: number): number {
  const byte = data[at];
  if (byte === undefined) throw new Refused('broken');
  return byte;
}

const wordAt = (data: Uint8Array, at: number) => byteAt(data, at) * 256 + byteAt(data, at + 1);

function readFrame(marker: number, body: Uint8Array): Frame {
  // Lossless, hierarchical and arithmetic coding: no browser shows them.
  if (marker > 0xc2) throw new Refused('unsupported');
  const [precision, height, width] = [byteAt(body, 0), wordAt(body, 1), wordAt(body, 3)];
  const components = byteAt(body, 5);
  if (precision !== 8 || (components !== 1 && components !== 3)) {
    throw new Refused('unsupported');
  }
  if (width === 0 || height === 0 || body.length !== 6 + 3 * components) {
    throw new Refused('broken');
  }
  if (width * height > maxPixels) throw new Refused('too_many_pixels');
  if (Math.max(width, height) < minLongSide || Math.min(width, height) < minShortSide) {
    throw new Refused('too_small');
  }
  const frame = readComponents(body, marker === 0xc2);
  if (frame === null) throw new Refused('broken');
  return frame;
}

/** Where the marker after the entropy-coded data stands: stuffed zeros, restarts and fill bytes belong to the data. */
function endOfScan(file: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = file.indexOf(0xff, at);
    if (at < 0) throw new Refused('broken');
    const next = byteAt(file, at + 1);
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at += next === 0xff ? 1 : 2;
  }
}

const beginsWith = (body: Uint8Array, text: string) =>
  Array.from(text).every((character, at) => body[at] === character.charCodeAt(0));

const nothing = new Uint8Array();
/** JFIF without a thumbnail: those would show what was cropped away. */
const jfifBytes = 14;
/** What Adobe's segment says of the colours; whatever follows is no part of it. */
const adobeBytes = 12;

/** What is kept of a segment that is no scan. */
function keptOf(marker: number, body: Uint8Array, segment: Uint8Array): Uint8Array {
  if (isFrame(marker) || marker === dht || marker === dri) return segment;
  if (marker === dqt) {
    if (!areQuantisers(body)) throw new Refused('broken');
    return segment;
  }
  if (marker === app0 && beginsWith(body, 'JFIF\0') && body.length === jfifBytes) return segment;
  if (marker === app14 && beginsWith(body, 'Adobe') && body.length >= adobeBytes) {
    return Uint8Array.of(0xff, app14, 0, adobeBytes + 2, ...body.subarray(0, adobeBytes));
  }
  return nothing;
}

/** Whether a DQT segment is made of tables, each of 64 values of one byte or two. */
function areQuantisers(body: Uint8Array): boolean {
  let at = 0;
  while (at < body.length) at += (body[at] ?? 0) >> 4 === 0 ? 65 : 129;
  return at === body.length;
}

/** The orientation in an EXIF segment (TIFF tag 0x0112 of the first directory); `null` where there is none. */
function readOrientation(body: Uint8Array): number | null {
  if (!beginsWith(body, 'Exif\0\0')) return null;
  const tiff = new DataView(body.buffer, body.byteOffset + 6, body.length - 6);
  try {
    const isLittle = tiff.getUint16(0) === 0x4949;
    const directory = tiff.getUint32(4, isLittle);
    const entries = tiff.getUint16(directory, isLittle);
    for (let index = 0; index < entries; index += 1) {
      const entry = directory + 2 + index * 12;
      if (tiff.getUint16(entry, isLittle) !== 0x0112) continue;
      const orientation = tiff.getUint16(entry + 8, isLittle);
      return orientation >= 1 && orientation <= 8 ? orientation : null;
    }
    return null;
  } catch (error) {
    // A directory that points out of its segment says nothing.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
