import { passwordRules } from '@shiming/domain';
import { For } from 'solid-js';
import { passwordCopy as copy } from '../copy/password.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { PasswordField, rulesId } from './password-field.tsx';

/** T-REG-08: the rules, ticked off while the password is typed. */
export function PasswordRules(props: { field: FieldBinding<string> }) {
  return (
    <>
      <ul class="rules" id={rulesId(props.field)}>
        <For each={['length', 'letters', 'digits', 'specials'] as const}>
          {(rule) => {
            const isMet = () => passwordRules(props.field.value())[rule];
            return (
              <li classList={{ met: isMet() }}>
                {copy().rules[rule]}
                <span class="seen-by-readers">（{isMet() ? copy().met : copy().notMet}）</span>
              </li>
            );
          }}
        </For>
      </ul>
      <p class="hint" role="status">
        {/[^\x20-\x7e]/.test(props.field.value()) ? copy().fullWidthHint : ''}
      </p>
    </>
  );
}

/** A new password, which is checked against the rules while it is typed, and the same once more. */
export function NewPassword(props: {
  form: { field(name: 'password' | 'passwordAgain'): FieldBinding<string> };
  label: string;
  hint?: string;
  again: string;
}) {
  return (
    <>
      <PasswordField
        field={props.form.field('password')}
        label={props.label}
        hint={props.hint}
        autocomplete="new-password"
        rules={(field) => <PasswordRules field={field} />}
      />
      <PasswordField
        field={props.form.field('passwordAgain')}
        label={props.again}
        autocomplete="new-password"
      />
    </>
  );
}
