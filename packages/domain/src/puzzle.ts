/**
 * How far from the hole, in pixels of a picture 320 wide, the piece may be let go. Other widths scale
 * (DOMAIN 7: open captchas use 5 px or 2 %).
 */
const tolerance = 5 / 320;

/** Whether the piece was let go over the hole. All values are pixels of a picture `width` wide. */
export function isPuzzleSolved(answer: { x: number; width: number }, x: number): boolean {
  return Math.abs(answer.x - x) <= tolerance * answer.width;
}
