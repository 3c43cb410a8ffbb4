// oxlint-disable typescript/no-non-null-assertion -- within its bounds a typed array has a number at each place
import {
  addedUp,
  convolve,
  convolveSeparably,
  type Layer,
  mapped,
  maxPool,
  weight,
  type Weights,
} from './network.ts';

/** Upright pixels, four bytes each, as a canvas gives them. */
export type Pixels = { data: Uint8ClampedArray | Uint8Array; width: number; height: number };

/** A part of a picture, in its pixels. */
export type Box = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };

/** A face in a picture: where it is, how sure that is, and its 68 landmarks in the order of iBUG 300-W. */
export type Face = { box: Box; score: number; landmarks: readonly Point[] };

export type Models = { detector: Weights; landmarks: Weights };

/**
 * The part of a picture as a square of `side` places and three channels; where the picture ends it is black. Each value is the mean of four
 * between pixels, so that a part that is made smaller keeps its edges.
 */
function squareOf(pixels: Pixels, from: Box, side: number, mean: readonly number[]): Layer {
  const values = new Float32Array(side * side * 3);
  const step = Math.max(from.width, from.height) / side;
  const left = from.x;
  const top = from.y;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const to = (y * side + x) * 3;
      for (let c = 0; c < 3; c += 1) values[to + c] = -(mean[c] ?? 0) / 255;
      for (let part = 0; part < 4; part += 1) {
        const column = Math.floor(left + (x + 0.25 + (part & 1) / 2) * step);
        const row = Math.floor(top + (y + 0.25 + (part >> 1) / 2) * step);
        if (column < 0 || row < 0 || column >= pixels.width || row >= pixels.height) continue;
        const at = (row * pixels.width + column) * 4;
        for (let c = 0; c < 3; c += 1) values[to + c]! += pixels.data[at + c]! / 1020;
      }
    }
  }
  return { values, height: side, width: side, channels: 3 };
}

const leaky = (value: number): number => (value > 0 ? value : value * 0.1);
const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * TinyFaceDetector of face-api: the mean of its training, and sizes of faces in cells of 32 places. As a small square it
 * finds the faces that fill the picture, as a larger one those that are far away.
 */
const detectorSides = [128, 224];
const detectorMean = [117.001, 114.697, 97.404];
const anchors = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
const surelyFrom = 0.5;

type Found = { box: Box; score: number };

function runDetector(input: Layer, weights: Weights): Layer {
  const [first, bias] = [weight(weights, 'conv0/filters'), weight(weights, 'conv0/bias')];
  const whole = { size: 3, stride: 1, padding: 'valid' } as const;
  let layer = mapped(convolve(input, first, bias, whole), leaky);
  for (const name of ['conv1', 'conv2', 'conv3', 'conv4', 'conv5']) {
    layer = mapped(convolveSeparably(maxPool(layer, 2), weights, name), leaky);
  }
  const last = weight(weights, 'conv8/filters');
  const point = { size: 1, stride: 1, padding: 'valid' } as const;
  return convolve(maxPool(layer, 1), last, weight(weights, 'conv8/bias'), point);
}

const overlap = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (a.width * a.height + b.width * b.height - both);
};

/** What may be faces in a picture that is looked at as a square of `side` places. */
function detectAt(side: number, pixels: Pixels, weights: Weights): Found[] {
  const longer = Math.max(pixels.width, pixels.height);
  const whole = { x: 0, y: 0, width: longer, height: longer };
  const out = runDetector(squareOf(pixels, whole, side, detectorMean), weights);
  const cell = longer / out.width;
  const found: Found[] = [];
  for (let row = 0; row < out.height; row += 1) {
    for (let column = 0; column < out.width; column += 1) {
      for (const [index, [wide, high]] of anchors.entries()) {
        const at = (row * out.width + column) * out.channels + index * 5;
        const score = sigmoid(out.values[at + 4]!);
        if (score <= surelyFrom) continue;
        const width = Math.exp(out.values[at + 2]!) * wide * cell;
        const height = Math.exp(out.values[at + 3]!) * high * cell;
        const x = (column + sigmoid(out.values[at]!)) * cell - width / 2;
        const y = (row + sigmoid(out.values[at + 1]!)) * cell - height / 2;
        found.push({ box: { x, y, width, height }, score });
      }
    }
  }
  return found;
}

/** The faces of a picture, the largest first. */
function detect(pixels: Pixels, weights: Weights): Found[] {
  const found = detectorSides.flatMap((side) => detectAt(side, pixels, weights));
  const kept: Found[] = [];
  // oxlint-disable-next-line unicorn/no-array-sort -- Chrome 87 and Safari 14 have no toSorted
  for (const each of found.sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(other.box, each.box) < 0.3)) kept.push(each);
  }
  // oxlint-disable-next-line unicorn/no-array-sort -- as above
  return kept.sort((a, b) => b.box.height - a.box.height);
}

/** FaceLandmark68TinyNet of face-api. */
const landmarkSide = 112;
const landmarkMean = [122.782, 117.001, 104.298];

function denseBlock(first: Layer, weights: Weights, name: string): Layer {
  const second = convolveSeparably(first, weights, `${name}/conv1`);
  const third = convolveSeparably(addedUp(first, second), weights, `${name}/conv2`);
  return addedUp(first, second, third);
}

function landmarksOf(pixels: Pixels, box: Box, weights: Weights): Point[] {
  // The part is cut at the edges of the picture, and made a square with it in the middle.
  const left = Math.max(0, box.x);
  const top = Math.max(0, box.y);
  const width = Math.min(pixels.width, box.x + box.width) - left;
  const height = Math.min(pixels.height, box.y + box.height) - top;
  const side = Math.max(width, height);
  const square = {
    x: left - (side - width) / 2,
    y: top - (side - height) / 2,
    width: side,
    height: side,
  };
  const input = squareOf(pixels, square, landmarkSide, landmarkMean);
  const whole = { size: 3, stride: 2, padding: 'same' } as const;
  const filters = weight(weights, 'dense0/conv0/filters');
  const bias = weight(weights, 'dense0/conv0/bias');
  let layer = denseBlock(addedUp(convolve(input, filters, bias, whole)), weights, 'dense0');
  for (const name of ['dense1', 'dense2']) {
    layer = denseBlock(
      addedUp(convolveSeparably(layer, weights, `${name}/conv0`, 2)),
      weights,
      name,
    );
  }
  const { channels, values } = layer;
  const places = values.length / channels;
  const mean = new Float32Array(channels);
  for (let at = 0; at < values.length; at += 1) mean[at % channels]! += values[at]! / places;
  const matrix = weight(weights, 'fc/weights');
  const out = Array.from(weight(weights, 'fc/bias'));
  for (let c = 0; c < channels; c += 1) {
    for (let m = 0; m < out.length; m += 1) out[m]! += mean[c]! * matrix[c * out.length + m]!;
  }
  return Array.from({ length: out.length / 2 }, (_, at) => ({
    x: square.x + out[2 * at]! * side,
    y: square.y + out[2 * at + 1]! * side,
  }));
}

/** The faces of a picture, the largest first: it alone gets landmarks. */
export function findFaces(pixels: Pixels, models: Models): Face[] {
  return detect(pixels, models.detector).map((found, at) => ({
    ...found,
    landmarks: at === 0 ? landmarksOf(pixels, found.box, models.landmarks) : [],
  }));
}
