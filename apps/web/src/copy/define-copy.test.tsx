import { cleanup, render, screen } from '@solidjs/testing-library';
import { Suspense } from 'solid-js';
import { afterEach, describe, expect, test } from 'vitest';
import { defineCopy } from './define-copy.ts';
import { formatDate, formatInstant } from './format.ts';
import { formatDuration } from './spans.ts';
import { isOtherMissing, setLanguage } from './language.ts';
import { waitFor } from '../testing-wait.ts';

afterEach(async () => {
  cleanup();
  await setLanguage('zh');
});

describe('copy', () => {
  test('the page switches to English when its words have arrived, and tells the browser and the next visit', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return { en: { title: 'Sign in', left: (n: number) => `${n} left` } };
    };
    const copy = defineCopy({ title: '登录', left: (n: number) => `还剩 ${n} 次` }, load);
    render(() => (
      <Suspense>
        <h1>
          {copy().title} {copy().left(2)}
        </h1>
      </Suspense>
    ));
    expect(screen.getByRole('heading').textContent).toBe('登录 还剩 2 次');
    expect(loads).toBe(0);
    await setLanguage('en');
    await waitFor(() => expect(screen.getByRole('heading').textContent).toBe('Sign in 2 left'));
    expect(document.documentElement.lang).toBe('en');
    expect(document.cookie).toContain('language=en');
  });

  test('where English words do not arrive, the page is Chinese and says that it is; a second try fetches them', async () => {
    let isReachable = false;
    const copy = defineCopy({ title: '登录' }, () =>
      isReachable
        ? Promise.resolve({ en: { title: 'Sign in' } })
        : Promise.reject(new Error('offline')),
    );
    render(() => <Suspense>{copy().title}</Suspense>);
    await setLanguage('en');
    await waitFor(() => expect(isOtherMissing()).toBe(true));
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(document.body.textContent).toBe('登录');
    isReachable = true;
    await setLanguage('en');
    await waitFor(() => expect(document.body.textContent).toBe('Sign in'));
    expect(document.documentElement.lang).toBe('en');
    expect(isOtherMissing()).toBe(false);
  });
});

describe('formats', () => {
  test('instants are told in Shanghai time, dates as they are', async () => {
    const instant = Date.UTC(2026, 10, 21, 16, 5);
    expect(formatInstant(instant)).toBe('2026 年 11 月 22 日 00:05');
    expect(formatDate('2029-12-24')).toBe('2029 年 12 月 24 日');
    await setLanguage('en');
    expect(formatDate('2029-12-24')).toBe('December 24, 2029');
  });

  test('a length of time is told in minutes and seconds', () => {
    expect(formatDuration(252_000)).toBe('4 分 12 秒');
    expect(formatDuration(59_001)).toBe('1 分钟');
    expect(formatDuration(38_000)).toBe('38 秒');
    expect(formatDuration(-1)).toBe('0 秒');
    expect(formatDuration(86_399_000)).toBe('24 小时');
    expect(formatDuration(86_340_000)).toBe('23 小时 59 分');
  });
});
