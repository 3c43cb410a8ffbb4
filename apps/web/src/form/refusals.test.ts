import type { AppErrorData } from '@shiming/domain';
import { expect, test, vi } from 'vitest';
import { RequestFailed } from '../api.ts';
import { at, attempt, type On, onEach } from './refusals.ts';

/** Work that is refused so often, one refusal after the other. */
function refusing(...refusals: AppErrorData[]) {
  return vi.fn<() => Promise<void>>(async () => {
    const next = refusals.shift();
    if (next !== undefined) throw new RequestFailed(next);
  });
}

test('what succeeds leaves nothing to say', async () => {
  expect(await attempt(refusing(), {})).toBeUndefined();
});

test('a refusal that nobody deals with is the message of the page, and so is a network that is gone', async () => {
  const app = { code: 'service.unavailable' } as const;
  expect(await attempt(refusing(app), { 'code.expired': () => {} })).toEqual({ failure: app });
  const offline = await attempt(() => Promise.reject(new TypeError('Failed to fetch')), {});
  expect(offline).toEqual({ failure: { code: 'network.unreachable' } });
});

test('a refusal is shown at its field, is dealt with, or becomes another one', async () => {
  const app = { code: 'code.wrong', triesLeft: 3 } as const;
  expect(await attempt(refusing(app), { 'code.wrong': at('code') })).toEqual({
    failure: app,
    at: 'code',
  });
  const seen = vi.fn<() => void>(() => {});
  expect(await attempt(refusing(app), { 'code.wrong': seen }, 'sent')).toBeUndefined();
  expect(seen).toHaveBeenCalledExactlyOnceWith(app, 'sent');
  const other = { code: 'code.expired' } as const;
  expect(await attempt(refusing(app), { 'code.wrong': () => other })).toEqual({ failure: other });
});

test('what was missing and is there now is sent once more, and no more than once', async () => {
  const missing = { code: 'proof.required' } as const;
  const on: On = { 'proof.required': () => 'again' };
  const once = refusing(missing);
  expect(await attempt(once, on)).toBeUndefined();
  expect(once).toHaveBeenCalledTimes(2);
  const always = refusing(missing, missing, missing);
  expect(await attempt(always, on)).toEqual({ failure: missing });
  expect(always).toHaveBeenCalledTimes(2);
});

test('what a handler cannot do itself is said', async () => {
  const on = {
    'request.stale': () => Promise.reject(new RequestFailed({ code: 'service.unavailable' })),
  };
  expect(await attempt(refusing({ code: 'request.stale' }), on)).toEqual({
    failure: { code: 'service.unavailable' },
  });
});

test('all others have one handler, where it is asked for', async () => {
  const otherwise = vi.fn<() => void>(() => {});
  const on = { ...onEach(['code.expired', 'code.tries_used_up'], at('code')), otherwise };
  expect(await attempt(refusing({ code: 'code.expired' }), on)).toMatchObject({ at: 'code' });
  expect(await attempt(refusing({ code: 'request.stale' }), on)).toBeUndefined();
  expect(otherwise).toHaveBeenCalledTimes(1);
});
