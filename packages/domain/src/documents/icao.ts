/**
 * The check digit of ICAO 9303: weights 7, 3, 1 over digits as they are, letters from A = 10, and `<` as nothing.
 */
export function icaoCheck(text: string): string {
  let sum = 0;
  Array.from(text).forEach((character, at) => {
    const value = character === '<' ? 0 : parseInt(character, 36);
    sum += value * ([7, 3, 1][at % 3] ?? 0);
  });
  return String(sum % 10);
}
