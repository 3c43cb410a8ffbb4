import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanJpeg } from './jpeg.ts';
import {
  bytes,
  eoi,
  exif,
  frame,
  huffman,
  jfif,
  jpegOf,
  paddedTo,
  scan,
  segment,
  soi,
  textBytes,
} from './testing/jpeg.ts';

const underBytes = 190 * 1024;
const clean = (file: Uint8Array) => cleanJpeg(file, { underBytes });
const hexBytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const taken = (file: Uint8Array) => {
  const result = clean(file);
  if (!result.ok) throw new Error(`refused: ${result.code}`);
  return result.value;
};
const has = (file: Uint8Array, text: string) => Buffer.from(file).includes(text);
const good = jpegOf();
const small = jpegOf({ width: 480, height: 300 });
const smallScan = scan(480, 300);

const progressive = (...scans: Uint8Array[]) =>
  bytes(soi, frame(480, 300, { marker: 0xc2, components: 1 }), huffman, ...scans, eoi);
const head = (first: number, last: number, precision: number) =>
  segment(0xda, [1, 1, 0, first, last, precision]);
const zeros = (bits: number) => new Uint8Array(Math.ceil(bits / 8));
// A restart after each row of units, 30 units of 12 bits.
const rowOfUnits = (number: number) => [...new Uint8Array(45), 0xff, 0xd0 + (number % 8)];
const withRestarts = (restarts: readonly number[]) =>
  bytes(
    soi,
    segment(0xdd, [0, 30]),
    frame(480, 300),
    huffman,
    smallScan.subarray(0, 14),
    restarts,
    eoi,
  );

describe('T-REV-02: what is a photo', () => {
  test('a whole JPEG is taken as it is', () => {
    expect(taken(good)).toEqual({ bytes: good, width: 1920, height: 1280, orientation: 1 });
  });

  test('under 190 KB means under 194,560 bytes; both sizes clean to the same picture', () => {
    const last = paddedTo(194_559, good);
    expect(last).toHaveLength(194_559);
    expect(taken(last).bytes).toEqual(good);
    expect(clean(paddedTo(194_560, good))).toEqual({ ok: false, code: 'too_large' });
    expect(cleanJpeg(paddedTo(194_560, good), { underBytes: 194_561 })).toMatchObject({
      ok: true,
      value: { bytes: good },
    });
  });

  test.each([144_516, 181_758, 166_400])('%i bytes are not too large', (size) => {
    expect(clean(paddedTo(size, good)).ok).toBe(true);
  });

  test.each([221_049, 210_824, 302_445])('%i bytes are', (size) => {
    expect(clean(paddedTo(size, good))).toEqual({ ok: false, code: 'too_large' });
  });

  test.each([
    ['a PNG', bytes([0x89], textBytes('PNG\r\n\u001a\n'), new Uint8Array(100))],
    ['a GIF', textBytes('GIF89a\u0001\u0000\u0001\u0000')],
    ['a HEIC that was named .jpg', bytes([0, 0, 0, 24], textBytes('ftypheic'), new Uint8Array(90))],
    ['an SVG', textBytes('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
    ['HTML with a JPEG behind it', bytes(textBytes('<!doctype html>'), good)],
    ['a PDF with a JPEG in it', bytes(textBytes('%PDF-1.7\n'), good)],
    ['one byte', bytes(0xff)],
    ['half of the beginning', bytes(0xff, 0xd8)],
  ])('%s is no JPEG', (_, file) => {
    expect(clean(file)).toEqual({ ok: false, code: 'not_jpeg' });
  });

  test('nothing at all is said to be nothing', () => {
    expect(clean(bytes())).toEqual({ ok: false, code: 'empty' });
  });

  test.each([
    ['only beginning and end', bytes(soi, eoi)],
    ['without a frame', bytes(soi, jfif, eoi)],
    ['without a scan', bytes(soi, jfif, frame(800, 600), eoi)],
    ['with a scan before the frame', bytes(soi, huffman, smallScan, eoi)],
    ['with two frames', bytes(soi, frame(480, 300), small.subarray(2))],
    ['that begins twice', bytes(soi, small)],
    ['with a restart outside of a scan', bytes(soi, [0xff, 0xd0], small.subarray(2))],
    ['with rubbish between segments', bytes(soi, jfif, 0x00, small.subarray(2))],
    ['with a segment of length 0', bytes(soi, [0xff, 0xe0, 0, 0], small.subarray(2))],
    ['with a segment of length 1', bytes(soi, [0xff, 0xe0, 0, 1], small.subarray(2))],
    ['without the tables of its scan', bytes(soi, frame(480, 300), smallScan, eoi)],
    ['with a table that is cut short', bytes(soi, segment(0xc4, [0, 1]), small.subarray(2))],
    [
      'whose quantiser is no table',
      bytes(soi, segment(0xdb, textBytes('\0made up')), small.subarray(2)),
    ],
    ['whose scan has half of its blocks', bytes(small.subarray(0, -500), eoi)],
    ['whose scan lacks the last block', bytes(small.subarray(0, -3), eoi)],
    ['with a segment longer than the file', bytes(soi, [0xff, 0xe0, 0xff, 0xff], good)],
    ['of no width', jpegOf({ width: 0 })],
    ['of no height', jpegOf({ height: 0 })],
    ['whose frame lacks components', bytes(soi, segment(0xc0, [8, 3, 0, 4, 0, 3, 1, 34, 0]))],
    ['whose frame is cut short', bytes(soi, segment(0xc0, [8, 3]), smallScan, eoi)],
    ['cut off in the middle', good.subarray(0, -10)],
    ['without its end', good.subarray(0, -2)],
    ['cut off after half of the end', good.subarray(0, -1)],
  ])('a file %s is broken', (_, file) => {
    expect(clean(file)).toEqual({ ok: false, code: 'broken' });
  });

  test('every shorter beginning of a picture is refused, never misread', () => {
    for (let length = 0; length < small.length; length += 1) {
      expect(clean(small.subarray(0, length)).ok).toBe(false);
    }
  });

  test.each([
    ['lossless', { marker: 0xc3 }],
    ['differential', { marker: 0xc5 }],
    ['arithmetic', { marker: 0xc9 }],
    ['of 12 bits', { precision: 12, marker: 0xc1 }],
    ['of 4 components', { components: 4 }],
    ['of 2 components', { components: 2 }],
  ])('a picture that is %s is not supported', (_, options) => {
    const file = bytes(soi, frame(1920, 1280, options), smallScan, eoi);
    expect(clean(file)).toEqual({ ok: false, code: 'unsupported' });
  });

  test.each([0xc0, 0xc1])('baseline and extended are (%i)', (marker) => {
    const file = bytes(soi, frame(480, 300, { marker }), huffman, smallScan, eoi);
    expect(taken(file).bytes).toEqual(file);
  });

  test('grey pictures are taken', () => {
    const grey = bytes(soi, frame(800, 600, { components: 1 }), huffman, scan(800, 600, 1), eoi);
    expect(taken(grey).bytes).toEqual(grey);
  });

  test('progressive pictures are taken: DC, a band, and both refined', () => {
    const blocks = 60 * 38;
    const dc = bytes(head(0, 0, 1), zeros(blocks));
    const band = bytes(head(1, 63, 1), zeros(blocks));
    const whole = progressive(
      dc,
      band,
      bytes(head(0, 0, 0x10), zeros(blocks)),
      bytes(head(1, 63, 0x10), zeros(blocks)),
    );
    expect(taken(whole).bytes).toEqual(whole);
    for (const cut of [dc, band]) {
      expect(clean(progressive(dc, cut.subarray(0, -1)))).toEqual({ ok: false, code: 'broken' });
    }
    const scans = (count: number) =>
      progressive(dc, ...Array.from({ length: count - 1 }, () => band));
    expect(clean(scans(100)).ok).toBe(true);
    expect(clean(scans(101))).toEqual({ ok: false, code: 'unsupported' });
  });

  test('restarts stand where they belong', () => {
    const data = Array.from({ length: 19 }, (_, number) => rowOfUnits(number))
      .flat()
      .slice(0, -2);
    expect(taken(withRestarts(data)).bytes).toEqual(withRestarts(data));
    expect(clean(withRestarts(data.map((byte) => (byte === 0xd3 ? 0xd4 : byte)))).ok).toBe(false);
    expect(clean(withRestarts(data.slice(47))).ok).toBe(false);
  });

  test('a bomb of 65500×65500 pixels in 58 bytes is refused before any decoder sees it', () => {
    const bomb = hexBytes(
      'ffd8ffe000104a46494600010100000100010000ffc0001108ffdcffdc03012200021101031101ffda000c03010002110311003f00d2cf20ffd9',
    );
    expect(bomb).toHaveLength(58);
    expect(clean(bomb)).toEqual({ ok: false, code: 'too_many_pixels' });
  });

  test.each([
    [4000, 4000, true],
    [4001, 4000, false],
    [65_535, 244, false],
  ])('%i×%i pixels: at most 16 megapixels', (width, height, isTaken) => {
    expect(clean(jpegOf({ width, height })).ok).toBe(isTaken);
  });

  test.each([
    [480, 300, null],
    [300, 480, null],
    [479, 300, 'too_small'],
    [480, 299, 'too_small'],
    [299, 480, 'too_small'],
    [4000, 299, 'too_small'],
  ])('%i×%i pixels: at least 480×300, upright or not', (width, height, code) => {
    const result = clean(jpegOf({ width, height }));
    expect(result.ok ? null : result.code).toBe(code);
  });
});

describe('X-01: what is kept shows the picture and nothing else', () => {
  test('the place in EXIF is gone, the orientation is known', () => {
    const file = jpegOf({ inserted: exif(6) });
    expect(has(file, 'GPSLatitude')).toBe(true);
    const { bytes: kept, orientation } = taken(file);
    expect(has(kept, 'GPSLatitude')).toBe(false);
    expect(has(kept, 'Exif')).toBe(false);
    expect(orientation).toBe(6);
    expect(kept).toEqual(good);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is read in both byte orders', (value) => {
    for (const isLittle of [true, false]) {
      expect(taken(jpegOf({ inserted: exif(value, { isLittle }) })).orientation).toBe(value);
    }
  });

  test.each([0, 9, 65_535])('orientation %i is none', (value) => {
    expect(taken(jpegOf({ inserted: exif(value) })).orientation).toBe(1);
  });

  test('the first EXIF segment speaks; one that points out of itself says nothing', () => {
    const first = jpegOf({ inserted: bytes(exif(8), exif(3)) });
    expect(taken(first).orientation).toBe(8);
    for (let length = 6; length < exif(6).length - 4; length += 1) {
      const cut = segment(0xe1, exif(6).subarray(4, 4 + length));
      expect([1, 6]).toContain(taken(jpegOf({ inserted: cut })).orientation);
    }
    const wild = bytes(textBytes('Exif\0\0MM\0*'), [0xff, 0xff, 0xff, 0xf0]);
    expect(taken(jpegOf({ inserted: segment(0xe1, wild) })).orientation).toBe(1);
  });

  test.each([0xe1, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xef, 0xfe])(
    'segment %i goes',
    (marker) => {
      const file = jpegOf({ inserted: segment(marker, textBytes('made up: 林知远')) });
      expect(taken(file).bytes).toEqual(good);
    },
  );

  test('of Adobe’s segment stays what it says of colours', () => {
    const colours = bytes(textBytes('Adobe\0\u0064'), [0, 0, 0, 0, 1]);
    const file = jpegOf({ inserted: segment(0xee, bytes(colours, textBytes('made up: 林知远'))) });
    expect(taken(file).bytes).toEqual(jpegOf({ inserted: segment(0xee, colours) }));
  });

  test('what stands in a colour profile or behind the last block goes', () => {
    const profile = segment(0xe2, textBytes('ICC_PROFILE\0\u0001\u0001made up: 林知远'));
    expect(taken(jpegOf({ inserted: profile })).bytes).toEqual(good);
    const behind = bytes(good.subarray(0, -2), textBytes('made up: 林知远'), eoi);
    expect(taken(behind).bytes).toEqual(good);
  });

  test('thumbnails and further pictures go, wherever they hide', () => {
    const thumbnail = bytes(textBytes('JFIF\0'), [1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9]);
    const hiding = bytes(
      segment(0xe0, textBytes('JFXX\0\u0010thumbnail')),
      segment(0xe0, thumbnail),
      segment(0xe2, textBytes('MPF\0second picture')),
      segment(0xee, textBytes('something')),
    );
    expect(taken(jpegOf({ inserted: hiding })).bytes).toEqual(good);
  });

  test.each([
    ['a ZIP', textBytes('PK\u0003\u0004evil')],
    ['a script', textBytes('<script>alert(1)</script>')],
    ['a second JPEG', good],
    ['zeros', new Uint8Array(1000)],
  ])('%s after the end is cut', (_, trailing) => {
    expect(taken(bytes(good, trailing)).bytes).toEqual(good);
  });

  test('a polyglot loses its other half', () => {
    const comment = textBytes('*/=1;alert(document.domain)/*');
    const kept = taken(bytes(jpegOf({ inserted: segment(0xfe, comment) }), textBytes('*/'))).bytes;
    expect(has(kept, 'alert')).toBe(false);
  });

  test('what was cleaned is clean', () => {
    const once = taken(jpegOf({ inserted: exif(3) })).bytes;
    expect(taken(once).bytes).toEqual(once);
  });
});

const check = (file: Uint8Array) => {
  const guarded = new Uint8Array(file.length + 64).fill(0xa5);
  guarded.set(file, 32);
  const view = guarded.subarray(32, 32 + file.length);
  const result = clean(view);
  // What stands around the file in memory is neither read nor kept.
  expect(result).toEqual(clean(file));
  const again = result.ok ? clean(result.value.bytes) : result;
  expect(again.ok).toBe(result.ok);
};

describe('any bytes at all', () => {
  test('are refused or cleaned, never read beyond, never thrown about', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), check), { numRuns: 500 });
  });

  test('with the beginning of a JPEG', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        jfif,
        huffman,
        smallScan,
        eoi,
        exif(6),
        frame(480, 300),
        frame(480, 300, { marker: 0xc2 }),
      ),
      fc
        .tuple(fc.integer({ min: 0xc0, max: 0xfe }), fc.uint8Array({ maxLength: 40 }))
        .map(([marker, body]) => segment(marker, body)),
      fc.uint8Array({ maxLength: 8 }),
    );
    const made = fc.array(piece, { maxLength: 8 }).map((pieces) => bytes(soi, ...pieces));
    fc.assert(fc.property(made, check), { numRuns: 1500 });
  });

  test('of a good picture with some of its bytes changed', () => {
    const file = jpegOf({ width: 480, height: 300, inserted: exif(6) });
    const change = fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = file.slice();
        for (const [at, value] of changes) changed[at] = value;
        check(changed);
      }),
      { numRuns: 1500 },
    );
  });
});
