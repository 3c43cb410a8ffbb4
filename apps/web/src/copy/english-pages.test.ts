import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// As `vite.config.ts` builds the pages for English visits: what is written as Chinese is English there.
vi.mock('./own-language.zh.ts', () => ({ zh: 'en' }));

// What every test starts with has loaded them before.
beforeEach(() => vi.resetModules());
// The next file has this document, too.
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.documentElement.lang = 'zh-CN';
  document.body.replaceChildren();
});

const words = { zh: { title: 'Sign in' }, en: { title: '登录' } };

test('pages that are built for English visits have English words of their own, and fetch the Chinese ones', async () => {
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

test('the sentences of a form come when it is touched, nothing is said before, and what failed comes at the next touch', async () => {
  const { addProblems, hearTouches, problemSentence } = await import('./failures.ts');
  let asked = 0;
  addProblems(
    async () => {
      asked += 1;
      if (asked === 1) throw new Error('offline');
      return { zh: { 'name.missing': 'Enter your name' } };
    },
    async () => ({ en: {} }),
  );
  const { setLanguage } = await import('./language.ts');
  await setLanguage('en');
  hearTouches();
  document.body.innerHTML = '<h1 tabindex="-1"></h1><form><input></form>';
  document.querySelector('h1')?.focus();
  expect(asked).toBe(0);
  document.querySelector('input')?.focus();
  expect(asked).toBe(1);
  expect(problemSentence('name.missing')).toBe('');
  await new Promise((settled) => setTimeout(settled));
  document.querySelector('form')?.dispatchEvent(new Event('pointerdown', { bubbles: true }));
  await vi.waitFor(() => expect(problemSentence('name.missing')).toBe('Enter your name'));
  expect(asked).toBe(2);
});

test('what cannot be fetched is fetched again by itself, and meanwhile a field says that it is wrong, not that one should try again', async () => {
  const { addProblems, fetchProblems, problemSentence } = await import('./failures.ts');
  const askedAtMs: number[] = [];
  let isReachable = false;
  addProblems(
    async () => {
      askedAtMs.push(Date.now());
      if (!isReachable) throw new Error('offline');
      return { zh: { 'name.missing': 'Enter your name' } };
    },
    async () => ({ en: {} }),
  );
  const { setLanguage } = await import('./language.ts');
  const { ui } = await import('./ui.ts');
  await setLanguage('en');
  vi.useFakeTimers({ now: 0 });
  void fetchProblems();
  expect(problemSentence('name.missing')).toBe('');
  await vi.advanceTimersByTimeAsync(200_000);
  expect(askedAtMs).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183].map((second) => second * 1000));
  expect(problemSentence('name.missing')).toBe(ui().check);
  isReachable = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(problemSentence('name.missing')).toBe('Enter your name');
  expect(vi.getTimerCount()).toBe(0);
});

test('nothing is imported while there is no connection, since Chromium would keep the failure, and a browser that is wrong about it loads all', async () => {
  const { addProblems, fetchProblems, problemSentence } = await import('./failures.ts');
  const { defineCopy } = await import('./define-copy.ts');
  const { isOtherMissing, language, setLanguage } = await import('./language.ts');
  const asked: string[] = [];
  addProblems(
    async () => {
      asked.push('sentences');
      return { zh: { 'name.missing': 'Enter your name' } };
    },
    async () => ({ en: {} }),
  );
  const copy = defineCopy(words.zh, async () => {
    asked.push('words');
    return words;
  });
  await setLanguage('en');
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const server = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no connection'));
  await fetchProblems();
  await setLanguage('zh');
  expect([language(), isOtherMissing(), asked]).toEqual(['en', true, []]);
  server.mockResolvedValue(new Response());
  await fetchProblems();
  expect(problemSentence('name.missing')).toBe('Enter your name');
  await setLanguage('zh');
  expect([copy().title, asked]).toEqual(['登录', ['sentences', 'words']]);
});
