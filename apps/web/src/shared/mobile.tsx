import { parseMobile } from '@shiming/domain';
import type { JSX } from 'solid-js';
import type { FieldBinding } from '../form/create-form.ts';
import { NumberGroupedField } from '../ui/text-field.tsx';
import '../copy/account-problems.ts';

/** `139 0000 0082`; what is no mobile number stays as typed. */
export function groupMobile(typed: string): string {
  const mobile = parseMobile(typed);
  return mobile.ok ? mobile.value.replace(/^(.{3})(.{4})/, '$1 $2 ') : typed;
}

/** Asks for a mobile number. */
export function MobileField(props: {
  field: FieldBinding<string>;
  label: string;
  hint?: JSX.Element;
  after?: JSX.Element;
}) {
  return <NumberGroupedField {...props} inputmode="tel" autocomplete="tel" group={groupMobile} />;
}
