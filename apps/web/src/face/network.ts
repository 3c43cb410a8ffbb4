// oxlint-disable typescript/no-non-null-assertion -- within its bounds a typed array has a number at each place
/** What a layer makes: a value for each place and channel, row by row. */
export type Layer = { values: Float32Array; height: number; width: number; channels: number };

/** One group of TensorFlow's manifest of weights: each is stored as bytes, `value = byte * scale + min`. */
export type WeightsManifest = readonly {
  weights: readonly { name: string; shape: readonly number[]; quantization: Quantization }[];
}[];
type Quantization = { scale: number; min: number };

export type Weights = ReadonlyMap<string, Float32Array>;

/** Reads the weights of a model as its package ships them. */
export function readWeights(manifest: WeightsManifest, file: ArrayBuffer): Weights {
  const bytes = new Uint8Array(file);
  const read = new Map<string, Float32Array>();
  let from = 0;
  for (const { name, shape, quantization } of manifest.flatMap(({ weights }) => weights)) {
    const length = shape.reduce((product, side) => product * side, 1);
    const { scale, min } = quantization;
    const stored = bytes.subarray(from, from + length);
    read.set(
      name,
      Float32Array.from(stored, (byte) => byte * scale + min),
    );
    from += length;
  }
  if (from !== bytes.length) throw new Error('The weights are not those of the manifest');
  return read;
}

export function weight(weights: Weights, name: string): Float32Array {
  const found = weights.get(name);
  if (found === undefined) throw new Error(`The model has no ${name}`);
  return found;
}

type Window = { size: number; stride: number; padding: 'same' | 'valid' };

/** Where the windows of a layer lie, as TensorFlow pads it: `same` covers every place. */
function placed(side: number, { size, stride, padding }: Window) {
  const count = padding === 'valid' ? side - size + 1 : Math.ceil(side / stride);
  const missing = Math.max((count - 1) * stride + size - side, 0);
  return { count, before: padding === 'valid' ? 0 : missing >> 1 };
}

/** The largest of each two by two places. */
export function maxPool(input: Layer, stride: 1 | 2): Layer {
  const { values, height, width, channels } = input;
  const window = { size: 2, stride, padding: 'same' } as const;
  const rows = placed(height, window).count;
  const columns = placed(width, window).count;
  const out = new Float32Array(rows * columns * channels).fill(-Infinity);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const to = (y * columns + x) * channels;
      for (let dy = 0; dy < 2 && y * stride + dy < height; dy += 1) {
        for (let dx = 0; dx < 2 && x * stride + dx < width; dx += 1) {
          const from = ((y * stride + dy) * width + x * stride + dx) * channels;
          for (let c = 0; c < channels; c += 1) {
            if (values[from + c]! > out[to + c]!) out[to + c] = values[from + c]!;
          }
        }
      }
    }
  }
  return { values: out, height: rows, width: columns, channels };
}

/** A convolution: `filters` has a value for each row, column, channel read and channel made. */
export function convolve(
  { values, height, width, channels }: Layer,
  filters: Float32Array,
  bias: Float32Array,
  window: Window,
): Layer {
  const { size, stride } = window;
  const rows = placed(height, window);
  const columns = placed(width, window);
  const made = bias.length;
  const out = new Float32Array(rows.count * columns.count * made);
  for (let y = 0; y < rows.count; y += 1) {
    for (let x = 0; x < columns.count; x += 1) {
      const to = (y * columns.count + x) * made;
      out.set(bias, to);
      for (let dy = 0; dy < size; dy += 1) {
        const row = y * stride + dy - rows.before;
        if (row < 0 || row >= height) continue;
        for (let dx = 0; dx < size; dx += 1) {
          const column = x * stride + dx - columns.before;
          if (column < 0 || column >= width) continue;
          const from = (row * width + column) * channels;
          for (let c = 0; c < channels; c += 1) {
            const value = values[from + c]!;
            if (value === 0) continue;
            const at = ((dy * size + dx) * channels + c) * made;
            for (let m = 0; m < made; m += 1) out[to + m]! += value * filters[at + m]!;
          }
        }
      }
    }
  }
  return { values: out, height: rows.count, width: columns.count, channels: made };
}

/** A filter of three by three for each channel by itself, padded so that every place is covered. */
function convolveEach(input: Layer, filters: Float32Array, stride: 1 | 2): Layer {
  const { values, height, width, channels } = input;
  const window = { size: 3, stride, padding: 'same' } as const;
  const rows = placed(height, window);
  const columns = placed(width, window);
  const out = new Float32Array(rows.count * columns.count * channels);
  for (let y = 0; y < rows.count; y += 1) {
    for (let x = 0; x < columns.count; x += 1) {
      const to = (y * columns.count + x) * channels;
      for (let dy = 0; dy < 3; dy += 1) {
        const row = y * stride + dy - rows.before;
        if (row < 0 || row >= height) continue;
        for (let dx = 0; dx < 3; dx += 1) {
          const column = x * stride + dx - columns.before;
          if (column < 0 || column >= width) continue;
          const from = (row * width + column) * channels;
          const at = (dy * 3 + dx) * channels;
          for (let c = 0; c < channels; c += 1) {
            out[to + c]! += values[from + c]! * filters[at + c]!;
          }
        }
      }
    }
  }
  return { values: out, height: rows.count, width: columns.count, channels };
}

/** A depthwise separable convolution, whose weights are named so in both models. */
export function convolveSeparably(
  input: Layer,
  weights: Weights,
  name: string,
  stride: 1 | 2 = 1,
): Layer {
  const deep = convolveEach(input, weight(weights, `${name}/depthwise_filter`), stride);
  const filters = weight(weights, `${name}/pointwise_filter`);
  const point = { size: 1, stride: 1, padding: 'valid' } as const;
  return convolve(deep, filters, weight(weights, `${name}/bias`), point);
}

/** The same with every value changed. */
export function mapped(layer: Layer, change: (value: number) => number): Layer {
  return { ...layer, values: layer.values.map(change) };
}

/** The sum of layers of one size, without what is negative. */
export function addedUp(...layers: [Layer, ...Layer[]]): Layer {
  const [first] = layers;
  const values = first.values.map((_, at) => {
    let sum = 0;
    for (const layer of layers) sum += layer.values[at]!;
    return sum > 0 ? sum : 0;
  });
  return { ...first, values };
}
