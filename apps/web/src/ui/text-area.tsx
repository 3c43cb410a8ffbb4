import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { fieldId } from '../form/field-id.ts';
import { explainedBy, Field, type FieldProps, isBad } from './field.tsx';

/** How long nothing is typed before the count is read out. */
const readAfterMs = 1_000;

/** Several lines, with a count of what was typed in characters as people count them (code points). */
export function TextArea(
  props: FieldProps<string> & {
    maxLength: number;
    count(used: number): string;
    over(by: number): string;
  },
) {
  const used = () => Array.from(props.field.value().trim()).length;
  const isOver = () => used() > props.maxLength;
  const said = () => (isOver() ? props.over(used() - props.maxLength) : props.count(used()));
  const [told, setTold] = createSignal('');
  createEffect((isFirst: boolean) => {
    const now = said();
    if (isFirst) return false;
    setTold('');
    const timer = setTimeout(() => setTold(now), readAfterMs);
    onCleanup(() => clearTimeout(timer));
    return false;
  }, true);
  return (
    <Field
      {...props}
      after={
        <>
          <p class="hint" classList={{ err: isOver() }} aria-hidden="true">
            {said()}
          </p>
          <p class="seen-by-readers" role="status">
            <Show when={told()}>{told()}</Show>
          </p>
        </>
      }
    >
      <textarea
        id={fieldId(props.field.name)}
        name={props.field.name}
        rows="4"
        autocomplete="off"
        value={props.field.value()}
        onInput={(event) => props.field.set(event.currentTarget.value)}
        aria-describedby={explainedBy(props.field, props.hint !== undefined)}
        aria-invalid={isBad(props.field)}
      />
    </Field>
  );
}
