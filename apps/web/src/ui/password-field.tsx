import { passwordRules } from '@shiming/domain';
import { createEffect, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { ui } from '../copy/ui.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { fieldId } from '../form/field-id.ts';
import { explainedBy, Field, type FieldProps, isBad } from './field.tsx';
import '../copy/account-problems.ts';

/**
 * A password with a button that shows it. It is hidden again when the form is sent and when the browser
 * brings the page back from its history. `withRules` adds the list that is ticked off while typing.
 */
export function PasswordField(
  props: FieldProps<string> & {
    autocomplete: 'current-password' | 'new-password';
    withRules?: boolean;
  },
) {
  const id = () => fieldId(props.field.name);
  const [isShown, setShown] = createSignal(false);
  const [hasToggled, setToggled] = createSignal(false);
  const hide = () => setShown(false);
  createEffect(() => {
    if (props.field.isSubmitting()) hide();
  });
  onMount(() => addEventListener('pageshow', hide));
  onCleanup(() => removeEventListener('pageshow', hide));

  return (
    <Field {...props}>
      <div class="beside">
        <input
          id={id()}
          name={props.field.name}
          type={isShown() ? 'text' : 'password'}
          autocomplete={props.autocomplete}
          autocapitalize="off"
          spellcheck={false}
          value={props.field.value()}
          onInput={(event) => props.field.set(event.currentTarget.value)}
          aria-describedby={explainedBy(
            props.field,
            props.hint !== undefined,
            props.withRules === true ? `${id()}-rules` : undefined,
          )}
          aria-invalid={isBad(props.field)}
        />
        <button
          type="button"
          class="btn plain"
          aria-controls={id()}
          aria-label={isShown() ? ui().hidePassword : ui().showPassword}
          onClick={() => {
            setShown(!isShown());
            setToggled(true);
          }}
        >
          {isShown() ? ui().hide : ui().show}
        </button>
      </div>
      <span class="seen-by-readers" role="status">
        {hasToggled() ? (isShown() ? ui().passwordShown : ui().passwordHidden) : ''}
      </span>
      <Show when={props.withRules}>
        <ul class="rules" id={`${id()}-rules`}>
          <For each={['length', 'letters', 'digits', 'specials'] as const}>
            {(rule) => {
              const isMet = () => passwordRules(props.field.value())[rule];
              return (
                <li classList={{ met: isMet() }}>
                  {ui().passwordRules[rule]}
                  <span class="seen-by-readers">（{isMet() ? ui().met : ui().notMet}）</span>
                </li>
              );
            }}
          </For>
        </ul>
        <p class="hint" role="status">
          {/[^\x20-\x7e]/.test(props.field.value()) ? ui().fullWidthHint : ''}
        </p>
      </Show>
    </Field>
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
        {...(props.hint === undefined ? {} : { hint: props.hint })}
        autocomplete="new-password"
        withRules
      />
      <PasswordField
        field={props.form.field('passwordAgain')}
        label={props.again}
        autocomplete="new-password"
      />
    </>
  );
}
