import { expect, test, vi } from 'vitest';

// As `vite.config.ts` builds the pages for English visits: what is written as Chinese is English there.
vi.mock('./own-language.zh.ts', () => ({ zh: 'en' }));

const words = { zh: { title: 'Sign in' }, en: { title: '登录' } };

test('pages that are built for English visits have English words of their own, and fetch the Chinese ones', async () => {
  // What every test starts with has loaded them before.
  vi.resetModules();
  const { defineCopy, fetchCopy } = await import('./define-copy.ts');
  const { isOtherMissing, language, setLanguage } = await import('./language.ts');
  let isReachable = false;
  const copy = defineCopy(words.zh, async () => {
    if (!isReachable) throw new Error('offline');
    return words;
  });
  await setLanguage('en');
  expect(copy().title).toBe('Sign in');
  await setLanguage('zh');
  expect([language(), isOtherMissing()]).toEqual(['en', true]);
  expect(copy().title).toBe('Sign in');
  isReachable = true;
  await setLanguage('zh');
  expect([language(), isOtherMissing()]).toEqual(['zh', false]);
  await vi.waitFor(() => expect(copy().title).toBe('登录'));
  for (const wanted of ['zh', 'en'] as const) {
    const { title } = await fetchCopy(
      wanted,
      async () => words,
      async () => words,
    );
    expect(title).toBe(wanted === 'en' ? 'Sign in' : '登录');
  }
});
