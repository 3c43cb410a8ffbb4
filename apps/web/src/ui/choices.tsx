import { For, type JSX, Show } from 'solid-js';
import { ui } from '../copy/ui.ts';
import { fieldId } from '../form/field-id.ts';
import { Explained, explainedBy, Field, FieldGroup, type FieldProps, isBad } from './field.tsx';
import { Foreign } from './foreign.tsx';

export type Option = {
  value: string;
  label: string;
  /** A line beneath the label. */
  note?: string | undefined;
  /** Shown but not offered; the note says why. */
  disabled?: boolean | undefined;
};

/** Radio buttons as cards. */
export function RadioCards(props: FieldProps<string> & { options: readonly Option[] }) {
  // The summary's link leads to the chosen card, or to the first that can be chosen.
  const target = () =>
    props.options.find((option) => option.value === props.field.value()) ??
    props.options.find((option) => option.disabled !== true);
  return (
    <FieldGroup {...props}>
      <For each={props.options}>
        {(option) => (
          <label
            class="choice"
            classList={{
              on: props.field.value() === option.value,
              off: option.disabled === true,
            }}
          >
            <input
              type="radio"
              // By its value: where the options are made each time they are asked for, no two are the same object.
              id={target()?.value === option.value ? fieldId(props.field.name) : undefined}
              name={props.field.name}
              value={option.value}
              checked={props.field.value() === option.value}
              disabled={option.disabled === true}
              onChange={() => props.field.set(option.value)}
            />
            <span>
              <Foreign>{option.label}</Foreign>
              <Show when={option.note}>
                {(note) => (
                  <small>
                    <Foreign>{note()}</Foreign>
                  </small>
                )}
              </Show>
            </span>
          </label>
        )}
      </For>
    </FieldGroup>
  );
}

/** One box to tick. The label may hold links. */
export function Checkbox(props: {
  field: FieldProps<boolean>['field'];
  label: JSX.Element;
  hint?: JSX.Element;
}) {
  return (
    <div class="field" classList={{ bad: props.field.problem() !== undefined }}>
      <Explained name={props.field.name} hint={props.hint} problem={props.field.problem()} />
      <label class="choice bare">
        <input
          type="checkbox"
          id={fieldId(props.field.name)}
          name={props.field.name}
          checked={props.field.value()}
          onChange={(event) => props.field.set(event.currentTarget.checked)}
          aria-describedby={explainedBy(props.field, props.hint !== undefined)}
          aria-invalid={isBad(props.field)}
        />
        <span>{props.label}</span>
      </label>
    </div>
  );
}

/** A native list, for long lists such as 民族. */
export function Select(props: FieldProps<string> & { options: readonly Option[] }) {
  return (
    <Field {...props}>
      <select
        id={fieldId(props.field.name)}
        name={props.field.name}
        onChange={(event) => props.field.set(event.currentTarget.value)}
        aria-describedby={explainedBy(props.field, props.hint !== undefined)}
        aria-invalid={isBad(props.field)}
      >
        <option value="" selected={props.field.value() === ''}>
          {ui().choose}
        </option>
        <For each={props.options}>
          {(option) => (
            <option value={option.value} selected={props.field.value() === option.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
    </Field>
  );
}
