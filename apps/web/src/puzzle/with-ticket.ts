import { createSignal } from 'solid-js';
import type { Problems } from '../form/create-form.ts';
import { at, type On } from '../form/refusals.ts';

type Checked = { ok: true } | { ok: false; fields: Problems };

/** Whatever else is refused, the puzzle is asked for as well. */
export function withTicket(checked: Checked, ticket: string): Checked {
  if (ticket !== '') return checked;
  const others = checked.ok ? {} : checked.fields;
  return { ok: false, fields: { ...others, ticket: { code: 'puzzle.not_solved' } } };
}

/** Whether the server asked for heavy work: strangers have tried the account often. */
export const [isHeavyAsked, setHeavyAsked] = createSignal(false);

/** What refusals of a ticket do in a form that has the puzzle as its field `ticket`. */
export const onTicket = {
  'puzzle.ticket_refused': at('ticket'),
  'puzzle.work_required': () => {
    setHeavyAsked(true);
    return { at: 'ticket' };
  },
} as const satisfies On<'ticket'>;
