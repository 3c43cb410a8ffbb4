import { expect, test } from 'vitest';
import { afterSending, checkReset } from './by-sms.tsx';

const good = { code: '402 918', password: 'Lanhua-82*river', passwordAgain: 'Lanhua-82*river' };

test('T-PWD-03: code and password are refused together, before anything costs a try', () => {
  expect(checkReset(good, 6)).toEqual({ ok: true });
  expect(checkReset({ ...good, code: '40291' }, 6)).toEqual({
    ok: false,
    fields: { code: 'code.format' },
  });
  const nothing = checkReset({ code: '', password: '', passwordAgain: '' }, 6);
  expect(nothing.ok ? [] : Object.keys(nothing.fields)).toEqual(
    expect.arrayContaining(['code', 'password']),
  );
  const unlike = checkReset({ ...good, passwordAgain: 'Lanhua-82*rivers' }, 6);
  expect(unlike.ok ? [] : Object.keys(unlike.fields)).toEqual(['passwordAgain']);
});

test('T-PWD-03: a message that did not go out leaves no code to enter', () => {
  const sent = {
    outcome: 'sent',
    remainingToday: 2,
    expiresAtMs: 300_000,
    nextAtMs: 60_000,
  } as const;
  expect(afterSending(sent, 5)).toEqual({
    code: { expiresAtMs: 300_000, nextAtMs: 60_000, triesLeft: 5 },
    remainingToday: 2,
  });
  const refused = {
    outcome: 'refused',
    remainingToday: 3,
    expiresAtMs: null,
    nextAtMs: null,
  } as const;
  expect(afterSending(refused, 5)).toEqual({ code: null, remainingToday: 3 });
});
