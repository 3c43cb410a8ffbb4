import { createHash } from 'node:crypto';

/**
 * Tells whether a text came before, in some bytes a text however long they are: it keeps 64 bits of each one's SHA-256. Of ten million
 * different texts two are taken for the same with a probability of three in a million.
 */
export function createSeenTexts(capacity = 1 << 16) {
  /** Slots of a hash table, two words each; a slot whose words are 0 is empty. It grows before it is two thirds full. */
  let slots = new Uint32Array(capacity * 2);
  let count = 0;

  /** Puts a pair of words in; `false` where it was there. */
  function put(high: number, low: number): boolean {
    const size = slots.length / 2;
    for (let at = low % size; ; at = (at + 1) % size) {
      const [heldHigh = 0, heldLow = 0] = slots.subarray(at * 2, at * 2 + 2);
      if (heldHigh === high && heldLow === low) return false;
      if (heldHigh === 0 && heldLow === 0) {
        slots[at * 2] = high;
        slots[at * 2 + 1] = low;
        count += 1;
        return true;
      }
    }
  }

  function grow() {
    const former = slots;
    slots = new Uint32Array(former.length * 2);
    count = 0;
    for (let at = 0; at < former.length; at += 2) {
      const [high = 0, low = 0] = former.subarray(at, at + 2);
      if (high !== 0 || low !== 0) put(high, low);
    }
  }

  return {
    /** Whether the text is new; from then on it is not. */
    add(text: string): boolean {
      if (count * 3 > slots.length) grow();
      const hash = createHash('sha256').update(text).digest();
      return put(hash.readUInt32LE(0), hash.readUInt32LE(4) || 1);
    },
  };
}
