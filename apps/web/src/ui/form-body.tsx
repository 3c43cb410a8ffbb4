import { type JSX, Show } from 'solid-js';
import type { FormReport } from '../form/create-form.ts';
import { useIsRouting } from '../router/router.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { SubmitButton } from './submit-button.tsx';

/** A form with its button, which is busy until the page that comes next is here. */
export function FormBody(props: {
  of: FormReport & { submit(event: SubmitEvent): void; isSubmitting(): boolean };
  /** A form that is a part of its page shows its own summary of errors; the page shows that of any other. */
  isPart?: boolean;
  /** `stack` unless it is said. */
  class?: string;
  /** What the button at the end says; without it, the form has its own. */
  submit?: JSX.Element;
  children?: JSX.Element;
}) {
  const isRouting = useIsRouting();
  return (
    <form class={props.class ?? 'stack'} novalidate onSubmit={(event) => props.of.submit(event)}>
      <Show when={props.isPart}>
        <ErrorSummary form={props.of} />
      </Show>
      {props.children}
      <Show when={props.submit}>
        <SubmitButton isBusy={props.of.isSubmitting() || isRouting()}>{props.submit}</SubmitButton>
      </Show>
    </form>
  );
}
