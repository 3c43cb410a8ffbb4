import { type JSX, Show } from 'solid-js';
import { ui } from '../copy/ui.ts';
import type { FieldBinding, FieldProblem } from '../form/create-form.ts';
import { fieldId } from '../form/field-id.ts';
import { Foreign } from './foreign.tsx';
import { Saying } from './saying.tsx';
import '../copy/form-problems.ts';

/** What every field component takes. */
export type FieldProps<T> = {
  field: FieldBinding<T>;
  label: string;
  hint?: JSX.Element;
  optional?: boolean;
};

/** The ids of what explains an input: its error, its hint, and `more`. */
export function explainedBy(
  field: FieldBinding<unknown>,
  hasHint: boolean,
  more?: string,
): string | undefined {
  const id = fieldId(field.name);
  const ids = [isBad(field) && `${id}-error`, hasHint && `${id}-hint`, more];
  return ids.filter(Boolean).join(' ') || undefined;
}

/** For `aria-invalid`. */
export const isBad = (field: FieldBinding<unknown>): true | undefined =>
  field.problem() === undefined ? undefined : true;

/** Hint and error, between the label and the input. */
export function Explained(props: {
  name: string;
  hint?: JSX.Element;
  problem: FieldProblem | undefined;
}) {
  return (
    <>
      <Show when={props.hint}>
        <p class="hint" id={`${fieldId(props.name)}-hint`}>
          <Foreign>{props.hint}</Foreign>
        </p>
      </Show>
      <Show when={props.problem}>
        {(problem) => (
          <p class="err" id={`${fieldId(props.name)}-error`}>
            <Saying problem={problem()} />
          </p>
        )}
      </Show>
    </>
  );
}

/** A label, what explains it, and one input. */
export function Field(props: FieldProps<unknown> & { children: JSX.Element; after?: JSX.Element }) {
  return (
    <div class="field" classList={{ bad: props.field.problem() !== undefined }}>
      <label for={fieldId(props.field.name)}>
        {props.label}
        <Show when={props.optional}>
          <span class="soft">{ui().optional}</span>
        </Show>
      </label>
      <Explained name={props.field.name} hint={props.hint} problem={props.field.problem()} />
      {props.children}
      {props.after}
    </div>
  );
}

/** The same for a group of inputs with one question. */
export function FieldGroup(props: FieldProps<unknown> & { children: JSX.Element }) {
  return (
    <fieldset
      class="field"
      classList={{ bad: props.field.problem() !== undefined }}
      aria-describedby={explainedBy(props.field, props.hint !== undefined)}
    >
      <legend>
        {props.label}
        <Show when={props.optional}>
          <span class="soft">{ui().optional}</span>
        </Show>
      </legend>
      <Explained name={props.field.name} hint={props.hint} problem={props.field.problem()} />
      {props.children}
    </fieldset>
  );
}
