import { expect, test } from 'vitest';

const sources = import.meta.glob<string>(['./**/*.tsx', '!./**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('no props come and go by a spread: Solid as it is built for the product reads which there are once', () => {
  const spreading = Object.entries(sources).filter(([, text]) => /\{\.\.\.\(?[^}]*\?/.test(text));
  expect(spreading.map(([file]) => file)).toEqual([]);
});
