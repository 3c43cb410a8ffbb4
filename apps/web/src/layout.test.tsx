import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryRouter } from './router/memory.tsx';
import { Route } from './router/router.tsx';
import { setLanguage } from './copy/language.ts';
import { SessionProvider } from './session/session.tsx';
import { setTextSize } from './ui/display.ts';
import { Layout } from './layout.tsx';
import { Page } from './ui/page.tsx';

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

test('UX-34: on a narrow screen what is the person’s own is behind one button, which says what is unread', async () => {
  const session = {
    maskedName: '*测',
    level: 2,
    missing: [],
    endsAtMs: Date.now() + 1_800_000,
    unread: 2,
    unseen: 0,
  };
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
