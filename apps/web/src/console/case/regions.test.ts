import { isMark } from '@shiming/domain';
import { describe, expect, it } from 'vitest';
import {
  markBetween,
  middleMark,
  movedMark,
  resizedMark,
  turnedBy,
  type Turns,
  uprightPoint,
  uprightStep,
} from './regions.ts';

const turns = [0, 1, 2, 3] as const;

/** Four quarter turns, one way. */
const round = (quarters: 1 | -1) => turns.reduce<Turns>((turn) => turnedBy(turn, quarters), 0);

/** Where a point of the upright photo is seen after a quarter turn clockwise. */
const seenAfterTurn = ({ x, y }: { x: number; y: number }) => ({ x: 1 - y, y: x });

describe('T-CON-04: a region drawn on a photo', () => {
  it('lies where it was drawn, however the photo is turned', () => {
    let seen = { x: 0.2, y: 0.7 };
    for (const turn of turns) {
      const { x, y } = uprightPoint(seen, turn);
      expect([x, y].map((value) => value.toFixed(6))).toEqual(['0.200000', '0.700000']);
      seen = seenAfterTurn(seen);
    }
  });

  it('is the same from whichever corner it is drawn', () => {
    const [low, high] = [
      { x: 0.1, y: 0.2 },
      { x: 0.4, y: 0.3 },
    ];
    const mark = { x: 0.1, y: 0.2, width: 0.3, height: 0.1 };
    expect(markBetween(low, high, 0)).toEqual(mark);
    expect(markBetween(high, low, 0)).toEqual(mark);
    expect(markBetween({ x: 0.4, y: 0.2 }, { x: 0.1, y: 0.3 }, 0)).toEqual(mark);
  });

  it('ends at the edge of the photo, and has an area even where nothing was drawn', () => {
    for (const turn of turns) {
      const wild = markBetween({ x: -3, y: 0.5 }, { x: 9, y: 4 }, turn);
      const none = markBetween({ x: 1, y: 1 }, { x: 1, y: 1 }, turn);
      expect(isMark(wild)).toBe(true);
      expect(isMark(none)).toBe(true);
    }
  });

  it('moves on the screen the way the arrow points', () => {
    const right = { x: 0.05, y: 0 };
    expect(movedMark(middleMark, right, 0)).toEqual({ ...middleMark, x: 0.4 });
    // Turned clockwise, right on the screen is up on the photo.
    expect(movedMark(middleMark, right, 1)).toEqual({ ...middleMark, y: 0.35 });
    expect(movedMark(middleMark, right, 2)).toEqual({ ...middleMark, x: 0.3 });
    expect(movedMark(middleMark, right, 3)).toEqual({ ...middleMark, y: 0.45 });
  });

  it('never leaves the photo and never vanishes, whatever keys are held', () => {
    const steps = [
      { x: 0.3, y: 0 },
      { x: -0.3, y: 0 },
      { x: 0, y: 0.3 },
      { x: 0, y: -0.3 },
    ];
    for (const turn of turns) {
      for (const step of steps) {
        let mark = middleMark;
        for (let times = 0; times < 9; times++) {
          mark = movedMark(mark, step, turn);
          expect(isMark(mark)).toBe(true);
        }
        for (let times = 0; times < 9; times++) {
          mark = resizedMark(mark, step, turn);
          expect(isMark(mark)).toBe(true);
        }
      }
    }
  });

  it('grows about its middle in the direction that is seen', () => {
    expect(resizedMark(middleMark, { x: 0.1, y: 0 }, 0)).toEqual({
      x: 0.3,
      y: 0.4,
      width: 0.4,
      height: 0.2,
    });
    expect(resizedMark(middleMark, { x: 0.1, y: 0 }, 1)).toEqual({
      x: 0.35,
      y: 0.35,
      width: 0.3,
      height: 0.3,
    });
  });

  it('turns all the way round in four steps, either way', () => {
    expect([round(1), round(-1)]).toEqual([0, 0]);
    expect(turnedBy(0, -1)).toBe(3);
    expect(uprightStep({ x: 1, y: 0 }, 0)).toEqual({ x: 1, y: 0 });
  });
});
