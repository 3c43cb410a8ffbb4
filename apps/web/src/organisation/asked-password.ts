import type { Problems } from '../form/create-form.ts';

type Checked = { ok: true } | { ok: false; fields: Problems };

/** Whatever else is refused, the present password is asked for as well. */
export function withPassword(checked: Checked, password: string, field = 'password'): Checked {
  if (password !== '') return checked;
  const others = checked.ok ? {} : checked.fields;
  return { ok: false, fields: { ...others, [field]: 'password.missing' } };
}
