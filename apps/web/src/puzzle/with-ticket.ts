import { createSignal } from 'solid-js';
import { appErrorOf } from '../api.ts';
import type { FieldBinding, Problems } from '../form/create-form.ts';

type Checked = { ok: true } | { ok: false; fields: Problems };

/** Whatever else is refused, the puzzle is asked for as well. */
export function withTicket(checked: Checked, ticket: string): Checked {
  if (ticket !== '') return checked;
  const others = checked.ok ? {} : checked.fields;
  return { ok: false, fields: { ...others, ticket: { code: 'puzzle.not_solved' } } };
}

/** Whether the server asked for heavy work: strangers have tried the account often. */
export const [isHeavyAsked, setHeavyAsked] = createSignal(false);

/** The field that a refusal belongs to, where that is the puzzle. */
export const isOfTicket = (code: string): boolean =>
  code === 'puzzle.ticket_refused' || code === 'puzzle.work_required';

/**
 * Sends with the ticket. Whatever the server refuses, the ticket may be used up, so the puzzle asks for it again; where
 * the server was not reached, the ticket still holds.
 */
export async function spendTicket(
  ticket: FieldBinding<string>,
  send: (ticket: string) => Promise<void>,
): Promise<void> {
  try {
    await send(ticket.value());
  } catch (error) {
    const refused = appErrorOf(error)?.code;
    if (refused !== undefined) {
      setHeavyAsked(refused === 'puzzle.work_required');
      ticket.set('');
    }
    throw error;
  }
}
