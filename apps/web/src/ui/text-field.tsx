import { createSignal, type JSX } from 'solid-js';
import { fieldId } from '../form/field-id.ts';
import { explainedBy, Field, type FieldProps, isBad } from './field.tsx';

type TextFieldProps = FieldProps<string> & {
  type?: 'text' | 'tel' | 'email';
  inputmode?: 'text' | 'numeric' | 'email' | 'tel';
  autocomplete?: JSX.InputHTMLAttributes<HTMLInputElement>['autocomplete'];
  /** Figures of one width. */
  numeric?: boolean;
  /** A button beside the input. */
  tools?: JSX.Element;
  /** What the value tells, beneath the input, announced politely. */
  after?: JSX.Element;
};

export function TextField(props: TextFieldProps) {
  return (
    <Field {...props} after={<After>{props.after}</After>}>
      <div classList={{ beside: props.tools !== undefined }}>
        <input
          id={fieldId(props.field.name)}
          name={props.field.name}
          type={props.type ?? 'text'}
          class={props.numeric === true ? 'num' : undefined}
          inputmode={props.inputmode}
          autocomplete={props.autocomplete ?? 'off'}
          autocapitalize="off"
          spellcheck={false}
          value={props.field.value()}
          onInput={(event) => props.field.set(event.currentTarget.value)}
          aria-describedby={explainedBy(props.field, props.hint !== undefined)}
          aria-invalid={isBad(props.field)}
        />
        {props.tools}
      </div>
    </Field>
  );
}

/**
 * A number that is shown in groups once the person has left the field: `110199 19950815 0127`. Nothing
 * moves when the field is entered again, so that a selection holds; what is typed may keep the spaces.
 * `group` gives back what it cannot group.
 */
export function NumberGroupedField(
  props: FieldProps<string> & {
    group(value: string): string;
    autocomplete?: TextFieldProps['autocomplete'];
    inputmode?: 'text' | 'numeric' | 'tel';
    after?: JSX.Element;
  },
) {
  const [typing, setTyping] = createSignal<string>();
  return (
    <Field {...props} after={<After>{props.after}</After>}>
      <input
        id={fieldId(props.field.name)}
        name={props.field.name}
        type="text"
        class="num"
        inputmode={props.inputmode ?? 'text'}
        autocomplete={props.autocomplete ?? 'off'}
        autocapitalize="characters"
        spellcheck={false}
        value={typing() ?? props.group(props.field.value())}
        onBlur={() => setTyping(undefined)}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          setTyping(typed);
          props.field.set(typed);
        }}
        aria-describedby={explainedBy(props.field, props.hint !== undefined)}
        aria-invalid={isBad(props.field)}
      />
    </Field>
  );
}

function After(props: { children: JSX.Element }) {
  return (
    <div class="hint" role="status">
      {props.children}
    </div>
  );
}
