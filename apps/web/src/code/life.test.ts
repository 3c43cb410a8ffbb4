import { expect, test } from 'vitest';
import { serverNow } from '../clock.ts';
import { onDeath, whyDead } from './life.ts';

const code = (more: object = {}) => ({
  expiresAtMs: serverNow() + 60_000,
  nextAtMs: 0,
  triesLeft: 5,
  ...more,
});

test('T-REG-12, T-PWD-03: a code lives until its time or its tries are over', () => {
  expect(whyDead(code())).toBeNull();
  expect(whyDead(code({ triesLeft: 0 }))).toBe('code.tries_used_up');
  expect(whyDead(code({ expiresAtMs: serverNow() - 1 }))).toBe('code.expired');
  expect(whyDead(null)).toBe('code.expired');
});

test('T-REG-12, T-PWD-03: only what a new code mends asks for a new code', () => {
  const deaths: string[] = [];
  const on = onDeath((why) => void deaths.push(why));
  on['code.tries_used_up']({ code: 'code.tries_used_up' });
  on['code.expired']({ code: 'code.expired' });
  expect(deaths).toEqual(['code.tries_used_up', 'code.expired']);
  expect(Object.keys(on)).not.toContain('code.wrong');
});
