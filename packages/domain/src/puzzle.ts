import type { PuzzlePurpose } from './inputs.ts';

/**
 * How far from the hole, in pixels of a picture 320 wide, the piece may be let go. Other widths scale. Open captchas
 * use 5 px (DOMAIN 7); with the 231 places that a hole can have, a guess is right for 9 of them, 3.9 %.
 */
const tolerance = 4 / 320;

/**
 * How often a ticket can be used: for what one flow sends or tries, so that nobody solves two puzzles in it. A flow of
 * `recover` says whose password it is and sends a code, a link or a QR code; of `login` the password is mistyped twice.
 */
export const ticketUses: Readonly<Record<PuzzlePurpose, number>> = {
  register: 4,
  login: 3,
  recover: 5,
  contact: 5,
  ticket: 2,
};

/** Whether the piece was let go over the hole. All values are pixels of a picture `width` wide. */
export function isPuzzleSolved(answer: { x: number; width: number }, x: number): boolean {
  return Math.abs(answer.x - x) <= tolerance * answer.width;
}
