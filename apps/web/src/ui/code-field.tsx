import { createEffect, onCleanup, onMount } from 'solid-js';
import { fieldId } from '../form/field-id.ts';
import { explainedBy, Field, type FieldProps, isBad } from './field.tsx';

/**
 * A code from a message, in one input. Where the browser can read the message (WebOTP), the code fills
 * itself in; the wait ends when the form is sent or the page is left.
 */
export function CodeField(props: FieldProps<string>) {
  const waiting = new AbortController();
  onMount(() => void readMessage(waiting.signal, (code) => props.field.set(code)));
  createEffect(() => {
    if (props.field.isSubmitting()) waiting.abort();
  });
  onCleanup(() => waiting.abort());
  return (
    <Field {...props}>
      <input
        id={fieldId(props.field.name)}
        name={props.field.name}
        type="text"
        class="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        value={props.field.value()}
        onInput={(event) => props.field.set(event.currentTarget.value)}
        aria-describedby={explainedBy(props.field, props.hint !== undefined)}
        aria-invalid={isBad(props.field)}
      />
    </Field>
  );
}

/** WebOTP (https://wicg.github.io/web-otp/), which TypeScript's DOM library does not describe. */
async function readMessage(signal: AbortSignal, onCode: (code: string) => void): Promise<void> {
  if (!('OTPCredential' in globalThis)) return;
  try {
    const request: CredentialRequestOptions & { otp: { transport: string[] } } = {
      otp: { transport: ['sms'] },
      signal,
    };
    const credential = await navigator.credentials.get(request);
    if (credential !== null && 'code' in credential && typeof credential.code === 'string') {
      onCode(credential.code);
    }
  } catch {
    // Refused, aborted or not possible here: the person types the code.
  }
}
