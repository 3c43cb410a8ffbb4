import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import type { JSX } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryRouter } from './router/memory.tsx';
import { A, Route } from './router/router.tsx';
import { page } from './lazy-page.ts';
import { setLanguage } from './copy/language.ts';
import { SessionProvider } from './session/session.tsx';
import { setTextSize } from './ui/display.ts';
import { Layout } from './layout.tsx';
import { Page } from './ui/page.tsx';
import { waitFor } from './testing-wait.ts';

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ result: { data: null } })));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  setTextSize('normal');
  await setLanguage('zh');
});

const show = () =>
  render(() => (
    <SessionProvider>
      <MemoryRouter root={Layout}>
        <Route path="*" component={() => <Page title="网上办事" />} />
      </MemoryRouter>
    </SessionProvider>
  ));

test('UX-33: 大字版 is one press, has a second step, and is remembered', async () => {
  show();
  const large = await screen.findByRole('button', { name: '大字版' });
  expect(large.getAttribute('aria-pressed')).toBe('false');
  fireEvent.click(large);
  expect(large.getAttribute('aria-pressed')).toBe('true');
  fireEvent.click(screen.getByRole('button', { name: '再大些' }));
  expect([...document.documentElement.classList]).toEqual(['large', 'larger']);
  expect(localStorage.getItem('text-size')).toBe('larger');
  fireEvent.click(large);
  expect(document.documentElement.className).toBe('');
});

test('B2.20: large text brings the button that reads aloud, where the device has a voice', async () => {
  const voices = [{ lang: 'zh-CN', localService: true }];
  vi.stubGlobal(
    'speechSynthesis',
    Object.assign(new EventTarget(), { getVoices: () => voices, cancel: () => {} }),
  );
  show();
  const large = await screen.findByRole('button', { name: '大字版' });
  expect(screen.queryByRole('button', { name: '朗读' })).toBeNull();
  fireEvent.click(large);
  await screen.findByRole('button', { name: '朗读' });
  fireEvent.click(large);
  expect(screen.queryByRole('button', { name: '朗读' })).toBeNull();
});

test('UX F: the title names page and service, in the language of the page', async () => {
  show();
  await screen.findByRole('heading', { name: '网上办事' });
  expect(document.title).toBe('网上办事 - 教师资格网');
  fireEvent.click(screen.getByRole('button', { name: 'English' }));
  await screen.findByRole('button', { name: 'Large text' });
  expect(document.title).toBe('网上办事 - Teacher Qualification');
  expect(document.documentElement.lang).toBe('en');
});

test('UX F: the first link leads to the main content', async () => {
  show();
  await screen.findByRole('heading', { name: '网上办事' });
  const [skip] = screen.getAllByRole('link');
  expect(skip?.textContent).toBe('跳到主要内容');
  fireEvent.click(skip!);
  expect(document.activeElement).toBe(screen.getByRole('main'));
});

const session = {
  maskedName: '*测',
  level: 2,
  missing: [],
  endsAtMs: Date.now() + 1_800_000,
  unread: 2,
  unseen: 0,
};

test('a menu that is opened while a page is on its way stays open when that has come, and its links close it', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ result: { data: session } })));
  const arrivals: ((loaded: { Slow: () => JSX.Element }) => void)[] = [];
  const Slow = page(
    () => new Promise<{ Slow: () => JSX.Element }>((resolve) => void arrivals.push(resolve)),
    'Slow',
  );
  render(() => (
    <SessionProvider>
      <MemoryRouter root={Layout}>
        <Route
          path="/"
          component={() => (
            <Page title="网上办事">
              <A href="/slow">办事</A>
            </Page>
          )}
        />
        <Route path="/slow" component={() => <Slow />} />
        <Route path="*" component={() => <Page title="通知" />} />
      </MemoryRouter>
    </SessionProvider>
  ));
  const menu = await screen.findByRole('button', { name: /^菜单/ });
  fireEvent.click(screen.getByRole('link', { name: '办事' }));
  fireEvent.click(menu);
  await waitFor(() => expect(arrivals).toHaveLength(1));
  arrivals[0]?.({ Slow: () => <Page title="办事页" /> });
  await screen.findByRole('heading', { name: '办事页' });
  expect(menu.getAttribute('aria-expanded')).toBe('true');
  fireEvent.click(screen.getByRole('link', { name: /^通知/ }));
  expect(menu.getAttribute('aria-expanded')).toBe('false');
  await screen.findByRole('heading', { name: '通知' });
});

test('UX-34: on a narrow screen what is the person’s own is behind one button, which says what is unread', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ result: { data: session } })));
  show();
  const button = await screen.findByRole('button', { name: /^菜单\s*，2 条未读$/ });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  const own = document.getElementById(button.getAttribute('aria-controls') ?? '');
  expect([...(own?.children ?? [])].map((each) => each.textContent)).toEqual([
    '通知2，2 条未读',
    '个人信息中心',
    '退出',
  ]);
  fireEvent.keyDown(own!.lastElementChild!, { key: 'Escape' });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  expect(document.activeElement).toBe(button);
});
