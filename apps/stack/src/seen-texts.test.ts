import { expect, test } from 'vitest';
import { createSeenTexts } from './seen-texts.ts';

test('each text is new once, through several growths of the table', () => {
  const seen = createSeenTexts(8);
  const texts = Array.from({ length: 5_000 }, (_, index) => `110199${index}`);
  expect(texts.filter((text) => !seen.add(text))).toEqual([]);
  expect(texts.filter((text) => seen.add(text))).toEqual([]);
  expect(seen.add('another')).toBe(true);
});
