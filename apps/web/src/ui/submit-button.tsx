import { createEffect, createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { ui } from '../copy/ui.ts';

const debounceMs = 1000;
const longWaitMs = 15_000;

/**
 * Sends the form, once: a second press within a second is ignored, unless something else in the form was typed or
 * pressed in between, and so is one while it is being sent.
 */
export function SubmitButton(props: { isBusy: boolean; children: JSX.Element }) {
  let pressedAt = Number.NEGATIVE_INFINITY;
  const [isLong, setLong] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  const onElsewhere = ({ target }: Event) => {
    if (target !== button) pressedAt = Number.NEGATIVE_INFINITY;
  };
  onMount(() => {
    const form = button?.form;
    for (const type of ['input', 'click']) {
      form?.addEventListener(type, onElsewhere);
      onCleanup(() => form?.removeEventListener(type, onElsewhere));
    }
  });
  createEffect(() => {
    setLong(false);
    if (!props.isBusy) return;
    const timer = setTimeout(() => setLong(true), longWaitMs);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <div class="submit">
      <button
        ref={(element) => (button = element)}
        type="submit"
        class="btn"
        classList={{ spin: props.isBusy }}
        aria-disabled={props.isBusy}
        onClick={(event) => {
          const isAgain = event.timeStamp - pressedAt < debounceMs;
          if (props.isBusy || isAgain) event.preventDefault();
          else pressedAt = event.timeStamp;
        }}
      >
        {props.children}
      </button>
      <p class="soft" role="status">
        {isLong() ? ui().longWait : ''}
        <Show when={props.isBusy && !isLong()}>
          <span class="seen-by-readers">{ui().busy}</span>
        </Show>
      </p>
    </div>
  );
}
