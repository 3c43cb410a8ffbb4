import type { Answers } from '@shiming/domain';
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RequestFailed } from '../api.ts';
import { createForm } from './create-form.ts';
import { waitFor } from '../testing-wait.ts';

const reload = vi.fn<() => void>();
beforeEach(() => {
  sessionStorage.clear();
  reload.mockClear();
  vi.stubGlobal('location', { pathname: '/register/contact', reload });
});
afterEach(() => vi.unstubAllGlobals());

const initial = { email: '', day: { year: '', month: '' }, password: '', code: '', ticket: '' };

/** A page with a form that an API of the next release refuses; `leave` ends it, as loading it anew does. */
function openPage() {
  return createRoot((leave) => {
    const form = createForm({
      initial,
      validate: (): Answers<null> => ({ ok: true, value: null }),
      submit: () => Promise.reject(new RequestFailed({ code: 'page.outdated' })),
    });
    const send = async () => {
      form.submit(new Event('submit', { cancelable: true }) as SubmitEvent);
      await waitFor(() => expect(form.isSubmitting()).toBe(false));
    };
    return { form, send, leave };
  });
}

async function typeAndSend() {
  const page = openPage();
  page.form.field('email').set('lin@example.com');
  page.form.field('day').set({ year: '1995', month: '8' });
  page.form.field('password').set('Secret-1!pass');
  page.form.field('code').set('123456');
  page.form.field('ticket').set('ticket-1');
  await page.send();
  return page;
}

test('a page of the last release loads anew, and what was typed stands in it again, but for passwords, codes and tickets', async () => {
  const before = await typeAndSend();
  expect(reload).toHaveBeenCalledTimes(1);
  expect(before.form.failure()).toBeUndefined();
  const stored = Object.values(sessionStorage).join();
  for (const secret of ['Secret-1!pass', '123456', 'ticket-1'])
    expect(stored).not.toContain(secret);
  before.leave();

  const after = openPage();
  expect(after.form.values).toEqual({
    ...initial,
    email: 'lin@example.com',
    day: { year: '1995', month: '8' },
  });
  expect(after.form.failure()).toEqual({ code: 'page.outdated' });
  expect(after.form.failedSubmits()).toBe(1);
  expect(Object.values(sessionStorage).join()).not.toContain('lin@example.com');
  after.leave();
});

test('where loading anew has not helped, the page says what is wrong and does not load itself for ever', async () => {
  (await typeAndSend()).leave();
  const after = openPage();
  await after.send();
  expect(reload).toHaveBeenCalledTimes(1);
  expect(after.form.failure()).toEqual({ code: 'page.outdated' });
  after.leave();
});

test('what was typed on one page does not stand on another, nor after five minutes', async () => {
  (await typeAndSend()).leave();
  vi.stubGlobal('location', { pathname: '/account/profile', reload });
  const other = openPage();
  expect(other.form.values.email).toBe('');
  expect(sessionStorage.getItem('typed')).toBeNull();
  other.leave();
});

test('a browser that stores nothing is told what is wrong, and loses nothing', async () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new DOMException('closed');
    },
  });
  const page = await typeAndSend();
  expect(reload).not.toHaveBeenCalled();
  expect(page.form.failure()).toEqual({ code: 'page.outdated' });
  expect(page.form.values.email).toBe('lin@example.com');
  page.leave();
});
