import { createEffect, createSignal, type JSX, onCleanup, onMount } from 'solid-js';
import { passwordCopy as copy } from '../copy/password.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { fieldId } from '../form/field-id.ts';
import { explainedBy, Field, type FieldProps, isBad } from './field.tsx';
import '../copy/account-problems.ts';

export const rulesId = (field: FieldBinding<string>): string => `${fieldId(field.name)}-rules`;

/**
 * A password with a button that shows it. It is hidden again when the form is sent and when the browser
 * brings the page back from its history. `rules` draws the list of its rules beneath it, under the id `rulesId`.
 */
export function PasswordField(
  props: FieldProps<string> & {
    autocomplete: 'current-password' | 'new-password';
    rules?: (field: FieldBinding<string>) => JSX.Element;
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
            props.rules && rulesId(props.field),
          )}
          aria-invalid={isBad(props.field)}
        />
        <button
          type="button"
          class="btn plain"
          aria-controls={id()}
          aria-label={isShown() ? copy().hideLabel : copy().showLabel}
          onClick={() => {
            setShown(!isShown());
            setToggled(true);
          }}
        >
          {isShown() ? copy().hide : copy().show}
        </button>
      </div>
      <span class="seen-by-readers" role="status">
        {hasToggled() ? (isShown() ? copy().shown : copy().hidden) : ''}
      </span>
      {props.rules?.(props.field)}
    </Field>
  );
}
