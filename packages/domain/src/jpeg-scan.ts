/** One component of a frame: its sampling factors and how many blocks it has, in whole and beside each other. */
export type Component = {
  id: number;
  across: number;
  down: number;
  columns: number;
  rows: number;
  /** Blocks of a row in scans of several components, which are filled up to whole units. */
  stride: number;
  /** Which coefficients of a progressive picture are not zero, two words of 32 bits a block; `null` in a sequential one. */
  seen: Uint32Array | null;
};

export type Frame = {
  width: number;
  height: number;
  isProgressive: boolean;
  components: readonly Component[];
  units: { across: number; down: number };
};

/** What DHT and DRI have said so far. */
export type Tables = { huffman: Map<number, Huffman>; restartInterval: number };

/** The codes of one length follow each other: the first code, the first value and how many there are, by length. */
type Huffman = { counts: Uint8Array; values: Uint8Array };

/** The data ends before the picture does, or is not what the tables say. */
export class BrokenScan extends Error {
  override readonly name = 'BrokenScan';
}

/** ITU-T T.81 B.2.3: no more blocks in one unit. */
const maxBlocksOfUnit = 10;

const isSampling = (factor: number): boolean => factor >= 1 && factor <= 4;

/** The frame of SOF0, SOF1 or SOF2 without its marker and length; `null` where its sampling is none. */
export function readComponents(body: Uint8Array, isProgressive: boolean): Frame | null {
  const [, heightHigh = 0, heightLow = 0, widthHigh = 0, widthLow = 0, count = 0] = body;
  const [width, height] = [widthHigh * 256 + widthLow, heightHigh * 256 + heightLow];
  const given = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0] = body.subarray(6 + 3 * index);
    return { id, across: sampling >> 4, down: sampling & 15 };
  });
  if (given.some(({ across, down }) => !isSampling(across) || !isSampling(down))) return null;
  const most = {
    across: Math.max(...given.map(({ across }) => across)),
    down: Math.max(...given.map(({ down }) => down)),
  };
  const units = {
    across: Math.ceil(width / (8 * most.across)),
    down: Math.ceil(height / (8 * most.down)),
  };
  const components = given.map((component) => {
    const stride = units.across * component.across;
    return {
      ...component,
      columns: Math.ceil((width * component.across) / most.across / 8),
      rows: Math.ceil((height * component.down) / most.down / 8),
      stride,
      seen: isProgressive ? new Uint32Array(2 * stride * units.down * component.down) : null,
    };
  });
  return { width, height, isProgressive, components, units };
}

/** Takes over the tables of a DHT segment. */
export function readHuffman(body: Uint8Array, { huffman }: Tables): void {
  let at = 0;
  while (at < body.length) {
    const counts = body.slice(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const values = body.slice(at + 17, at + 17 + total);
    if (counts.length < 16 || values.length < total) throw new BrokenScan();
    huffman.set(body[at] ?? 0, { counts, values });
    at += 17 + total;
  }
}

/** The bits of a scan, without stuffed zeros. */
class Bits {
  private readonly data: Uint8Array;
  private byte = 0;
  private left = 0;
  at: number;

  constructor(data: Uint8Array, at: number) {
    this.data = data;
    this.at = at;
  }

  private fetch(): void {
    const byte = this.data[this.at];
    if (byte === undefined) throw new BrokenScan();
    this.at += 1;
    if (byte === 0xff) {
      if (this.data[this.at] !== 0) throw new BrokenScan();
      this.at += 1;
    }
    this.byte = byte;
    this.left = 8;
  }

  next(): number {
    if (this.left === 0) this.fetch();
    this.left -= 1;
    return (this.byte >> this.left) & 1;
  }

  many(count: number): number {
    let bits = 0;
    let missing = count;
    while (missing > 0) {
      if (this.left === 0) this.fetch();
      const taken = Math.min(missing, this.left);
      this.left -= taken;
      missing -= taken;
      bits = (bits << taken) | ((this.byte >> this.left) & ((1 << taken) - 1));
    }
    return bits;
  }

  symbol({ counts, values }: Huffman): number {
    let code = 0;
    let first = 0;
    let at = 0;
    for (let length = 0; length < 16; length += 1) {
      if (this.left === 0) this.fetch();
      this.left -= 1;
      code = (code << 1) | ((this.byte >> this.left) & 1);
      first <<= 1;
      const count = counts[length] ?? 0;
      if (code - first < count) return values[at + code - first] ?? 0;
      first += count;
      at += count;
    }
    throw new BrokenScan();
  }

  /** Restart `number` follows; what is left of the last byte is padding. */
  restart(number: number): void {
    this.left = 0;
    while (this.data[this.at] === 0xff && this.data[this.at + 1] === 0xff) this.at += 1;
    if (this.data[this.at] !== 0xff || this.data[this.at + 1] !== 0xd0 + (number & 7)) {
      throw new BrokenScan();
    }
    this.at += 2;
  }
}

/**
 * Reads a scan as a decoder does, without making a picture of it (ITU-T T.81 annexes F and G): each block of each unit
 * must be there. `head` is SOS without marker and length, `from` where its data begin. Answers where they end; what
 * stands behind shows nothing.
 *
 * @throws BrokenScan
 */
export function readScan(
  file: Uint8Array,
  from: number,
  head: Uint8Array,
  frame: Frame,
  tables: Tables,
): number {
  const [count = 0] = head;
  const [first = 0, last = 0, precision = 0] = head.subarray(1 + 2 * count);
  if (head.length !== 4 + 2 * count || count < 1 || count > 4) throw new BrokenScan();
  const parts = Array.from({ length: count }, (_, index) => {
    const [id = 0, selectors = 0] = head.subarray(1 + 2 * index);
    const component = frame.components.find((each) => each.id === id);
    if (component === undefined) throw new BrokenScan();
    return { component, dc: selectors >> 4, ac: 0x10 | (selectors & 15) };
  });
  const { isProgressive } = frame;
  const isBand = first > 0;
  if (isProgressive && (last > 63 || first > last || (isBand ? count > 1 : last > 0))) {
    throw new BrokenScan();
  }
  const blocks = parts.reduce((sum, { component }) => sum + component.across * component.down, 0);
  if (count > 1 && blocks > maxBlocksOfUnit) throw new BrokenScan();

  const bits = new Bits(file, from);
  const isFirst = precision >> 4 === 0;
  /** Blocks still to come whose band has ended already. */
  let run = 0;
  const table = (id: number): Huffman => {
    const found = tables.huffman.get(id);
    if (found === undefined) throw new BrokenScan();
    return found;
  };
  const endRun = (size: number) => 2 ** size + bits.many(size);

  const readDc = (dc: number) => bits.many(sizeOf(bits.symbol(table(dc))));
  const readSequential = ({ dc, ac }: (typeof parts)[number]) => {
    readDc(dc);
    for (let at = 1; at < 64; at += 1) {
      const symbol = bits.symbol(table(ac));
      if (symbol === 0) return;
      at += symbol >> 4;
      bits.many(symbol & 15);
      if (at > 63) throw new BrokenScan();
    }
  };
  const readBand = ({ ac }: (typeof parts)[number], seen: Uint32Array, block: number) => {
    if (run > 0) return void (run -= 1);
    for (let at = first; at <= last; at += 1) {
      const symbol = bits.symbol(table(ac));
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && zeros < 15) return void (run = endRun(zeros) - 1);
      at += zeros;
      if (at > last) throw new BrokenScan();
      if (size === 0) continue;
      bits.many(size);
      mark(seen, block, at);
    }
  };
  const refineBand = ({ ac }: (typeof parts)[number], seen: Uint32Array, block: number) => {
    let at = first;
    if (run === 0) {
      for (; at <= last; at += 1) {
        const symbol = bits.symbol(table(ac));
        let zeros = symbol >> 4;
        const size = symbol & 15;
        if (size > 1) throw new BrokenScan();
        if (size === 0 && zeros < 15) {
          run = endRun(zeros);
          break;
        }
        if (size === 1) bits.next();
        for (; at <= last; at += 1) {
          if (isMarked(seen, block, at)) bits.next();
          else if (zeros === 0) break;
          else zeros -= 1;
        }
        if (size === 0) continue;
        if (at > last) throw new BrokenScan();
        mark(seen, block, at);
      }
    }
    if (run === 0) return;
    run -= 1;
    if (seen[2 * block] === 0 && seen[2 * block + 1] === 0) return;
    for (; at <= last; at += 1) if (isMarked(seen, block, at)) bits.next();
  };
  const readBlock = (part: (typeof parts)[number], row: number, column: number) => {
    const { seen, stride } = part.component;
    if (seen === null) readSequential(part);
    else if (!isBand) void (isFirst ? readDc(part.dc) : bits.next());
    else (isFirst ? readBand : refineBand)(part, seen, row * stride + column);
  };

  const [only] = count === 1 ? parts : [];
  const across = only?.component.columns ?? frame.units.across;
  const units = across * (only?.component.rows ?? frame.units.down);
  for (let unit = 0; unit < units; unit += 1) {
    if (tables.restartInterval > 0 && unit > 0 && unit % tables.restartInterval === 0) {
      bits.restart(unit / tables.restartInterval - 1);
      run = 0;
    }
    if (isBand && isFirst && run > 0 && tables.restartInterval === 0) {
      const skipped = Math.min(run, units - unit);
      run -= skipped;
      unit += skipped - 1;
      continue;
    }
    const [row, column] = [Math.floor(unit / across), unit % across];
    if (only !== undefined) readBlock(only, row, column);
    else {
      for (const part of parts) {
        const { across: h, down: v } = part.component;
        for (let block = 0; block < h * v; block += 1) {
          readBlock(part, row * v + Math.floor(block / h), column * h + (block % h));
        }
      }
    }
  }
  return bits.at;
}

/** Differences of DC have at most 11 bits where samples have 8. */
function sizeOf(symbol: number): number {
  if (symbol > 11) throw new BrokenScan();
  return symbol;
}

function mark(seen: Uint32Array, block: number, at: number): void {
  const word = 2 * block + (at >> 5);
  seen[word] = (seen[word] ?? 0) | (1 << (at & 31));
}

const isMarked = (seen: Uint32Array, block: number, at: number): boolean =>
  (((seen[2 * block + (at >> 5)] ?? 0) >> (at & 31)) & 1) === 1;
