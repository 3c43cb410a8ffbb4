import { expect, test } from 'vitest';
import { withTicket } from './with-ticket.ts';

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
