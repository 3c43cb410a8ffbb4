import { expect, test } from 'vitest';
import { checkCode } from './code.tsx';
import { withTicket } from './steps.ts';

test('T-REG-12: a code is taken with spaces, hyphens and full-width digits', () => {
  for (const typed of ['402918', ' 402 918 ', '402-918', '４０２９１８']) {
    expect(checkCode(typed, 6)).toEqual({ ok: true });
  }
});

test('T-REG-12: what is no code is refused with what to do', () => {
  expect(checkCode(' ', 6)).toEqual({ ok: false, fields: { code: 'code.missing' } });
  for (const typed of ['40291', '4029180', '40291a']) {
    expect(checkCode(typed, 6)).toEqual({ ok: false, fields: { code: 'code.format' } });
  }
});

test('T-REG-11: without a solved puzzle nothing is sent, and every other refusal is told as well', () => {
  expect(withTicket({ ok: true }, '')).toEqual({
    ok: false,
    fields: { ticket: { code: 'puzzle.not_solved' } },
  });
  expect(withTicket({ ok: false, fields: { mobile: 'mobile.format' } }, '')).toEqual({
    ok: false,
    fields: { mobile: 'mobile.format', ticket: { code: 'puzzle.not_solved' } },
  });
  expect(withTicket({ ok: true }, 'ticket')).toEqual({ ok: true });
});
