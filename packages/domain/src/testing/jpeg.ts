/** Parts of JPEG files for tests: whole pictures in one grey. */
export const bytes = (...parts: readonly (number | readonly number[] | Uint8Array)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));

export const textBytes = (text: string) => new TextEncoder().encode(text);

export const segment = (marker: number, body: readonly number[] | Uint8Array) =>
  bytes(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff, body);

export const soi = bytes(0xff, 0xd8);
export const eoi = bytes(0xff, 0xd9);
export const jfif = segment(0xe0, bytes(textBytes('JFIF\0'), [1, 1, 0, 0, 1, 0, 1, 0, 0]));

/** One code of one bit each: DC does not change, and the block ends. */
export const huffman = segment(
  0xc4,
  [0x00, 0x10].flatMap((id) => [id, 1, ...Array.from({ length: 15 }, () => 0), 0]),
);

export const quantiser = (content = 0) =>
  segment(0xdb, [0, ...Array.from({ length: 64 }, () => content + 1)]);

/** A scan of all components in a picture of this size: two bits a block, both zero. */
export const scan = (width: number, height: number, components = 3) => {
  // The first component has four blocks in a unit of 16×16, where there are three components.
  const [unit, blocks] = components === 3 ? [16, 6] : [8, 1];
  const units = Math.ceil(width / unit) * Math.ceil(height / unit);
  const ids = Array.from({ length: components }, (_, index) => [index + 1, 0]).flat();
  return bytes(
    segment(0xda, [components, ...ids, 0, 63, 0]),
    new Uint8Array(Math.ceil((units * blocks * 2) / 8)),
  );
};

export const frame = (
  width: number,
  height: number,
  { marker = 0xc0, precision = 8, components = 3 } = {},
) =>
  segment(marker, [
    precision,
    height >> 8,
    height & 0xff,
    width >> 8,
    width & 0xff,
    components,
    ...Array.from({ length: components }, (_, index) => [
      index + 1,
      index === 0 && components > 1 ? 0x22 : 0x11,
      0,
    ]).flat(),
  ]);

const word32 = (value: number, isLittle: boolean) => {
  const big = [value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
  return isLittle ? big.toReversed() : big;
};
const word16 = (value: number, isLittle: boolean) => {
  const big = [value >> 8, value & 0xff];
  return isLittle ? big.toReversed() : big;
};

/** An EXIF segment with a camera's name, an orientation and whatever text follows, such as a place. */
export const exif = (orientation: number, { isLittle = true, text = 'GPSLatitude 39.9042' } = {}) =>
  segment(
    0xe1,
    bytes(
      textBytes('Exif\0\0'),
      textBytes(isLittle ? 'II' : 'MM'),
      word16(42, isLittle),
      word32(8, isLittle),
      word16(2, isLittle),
      [...word16(0x0110, isLittle), ...word16(2, isLittle), ...word32(4, isLittle), 88, 0, 0, 0],
      [...word16(0x0112, isLittle), ...word16(3, isLittle), ...word32(1, isLittle)],
      [...word16(orientation, isLittle), 0, 0],
      word32(0, isLittle),
      textBytes(text),
    ),
  );

/** A whole picture; `inserted` stands before the frame, `content` makes two pictures differ. */
export const jpegOf = ({
  width = 1920,
  height = 1280,
  inserted = bytes(),
  content = 0,
}: {
  width?: number;
  height?: number;
  inserted?: Uint8Array;
  content?: number;
} = {}) =>
  bytes(
    soi,
    jfif,
    inserted,
    quantiser(content),
    frame(width, height),
    huffman,
    scan(width, height),
    eoi,
  );

/** The same picture made exactly so long by comments after its first two bytes. */
export function paddedTo(length: number, picture: Uint8Array): Uint8Array {
  let missing = length - picture.length;
  const comments: Uint8Array[] = [];
  while (missing > 0) {
    const size = missing > 65_000 ? 60_000 : missing;
    comments.push(segment(0xfe, new Uint8Array(size - 4).fill(0x20)));
    missing -= size;
  }
  return bytes(picture.subarray(0, 2), ...comments, picture.subarray(2));
}
