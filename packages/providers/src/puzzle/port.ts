/** A slider puzzle as pictures. Sizes and positions are pixels of a picture `width` wide. */
export type PaintedPuzzle = {
  /** PNG with the hole (and decoy holes) drawn in. */
  background: Uint8Array;
  /** PNG of the piece alone, `pieceSize` square, transparent around its shape. */
  piece: Uint8Array;
  width: number;
  height: number;
  pieceSize: number;
  /** Left edge of the hole: the answer, which never leaves the server. */
  x: number;
  /** Top edge of the hole, told to the browser. */
  y: number;
};

export type PuzzlePlace = Pick<PaintedPuzzle, 'x' | 'y' | 'width'>;

export type PuzzlePainter = {
  /** Where `paint` draws the hole for the same `seed`. It costs next to nothing, so it is known before the picture is painted. */
  place(seed: Uint8Array): PuzzlePlace;
  /** Draws from `seed` (32 unpredictable bytes) alone, so that a test can ask for the same picture twice. */
  paint(seed: Uint8Array): PaintedPuzzle;
};

/** What a painter takes of `node:zlib`: native code on Node and in workerd. */
export type Zlib = {
  crc32(data: Uint8Array): number;
  deflateSync(data: Uint8Array, options: { strategy: number }): Uint8Array;
};
