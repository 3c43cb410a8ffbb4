import { appErrorOf } from '../api.ts';
import type { FieldBinding, Problems } from '../form/create-form.ts';

type Checked = { ok: true } | { ok: false; fields: Problems };

/** Whatever else is refused, the puzzle is asked for as well. */
export function withTicket(checked: Checked, ticket: string): Checked {
  if (ticket !== '') return checked;
  const others = checked.ok ? {} : checked.fields;
  return { ok: false, fields: { ...others, ticket: { code: 'puzzle.not_solved' } } };
}

/** After these the ticket is of no more use: it was none, or it was spent before WeChat was asked. */
const spent = new Set<string | undefined>(['puzzle.ticket_refused', 'wechat.unavailable']);

/** Sends with the ticket. Where it is spent and nothing came of it, the puzzle begins anew. */
export async function spendTicket(
  ticket: FieldBinding<string>,
  send: (ticket: string) => Promise<void>,
): Promise<void> {
  try {
    await send(ticket.value());
  } catch (error) {
    if (spent.has(appErrorOf(error)?.code)) ticket.set('');
    throw error;
  }
}
