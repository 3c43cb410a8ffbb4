import type { Problems } from '../form/create-form.ts';

type Checked = { ok: true } | { ok: false; fields: Problems };

/** Whatever else is refused, the puzzle is asked for as well. */
export function withTicket(checked: Checked, ticket: string): Checked {
  if (ticket !== '') return checked;
  const others = checked.ok ? {} : checked.fields;
  return { ok: false, fields: { ...others, ticket: { code: 'puzzle.not_solved' } } };
}
