import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { ui } from '../copy/ui.ts';
import type { FormReport } from '../form/create-form.ts';
import { fieldId } from '../form/field-id.ts';
import { Saying } from './saying.tsx';

const [summaries, setSummaries] = createSignal(0);

/** Whether a form of the page, or a part of it, says what has to be changed. */
export const isRefused = () => summaries() > 0;

/**
 * What has to be changed, above the title. Takes the focus after each failed submit; its links show the
 * label first and then focus the input, so that a phone's keyboard does not hide the question.
 */
export function ErrorSummary(props: { form: FormReport }) {
  let box: HTMLDivElement | undefined;
  createEffect(
    on(
      () => props.form.failedSubmits(),
      (count) => {
        if (count === 0) return;
        box?.focus({ preventScroll: true });
        box?.scrollIntoView();
      },
    ),
  );
  const hasAny = createMemo(
    () => props.form.problems().length > 0 || props.form.failure() !== undefined,
  );
  createEffect(() => {
    if (!hasAny()) return;
    setSummaries((count) => count + 1);
    onCleanup(() => setSummaries((count) => count - 1));
  });
  return (
    <Show when={hasAny()}>
      <div ref={(element) => (box = element)} class="summary" role="alert" tabindex="-1">
        <h2>
          {props.form.failure() === undefined
            ? ui().summary(props.form.problems().length)
            : ui().summaryWhole}
        </h2>
        <Show when={props.form.failure()}>
          {(failure) => (
            <p>
              <Saying problem={failure()} />
            </p>
          )}
        </Show>
        <ul>
          <For each={props.form.problems()}>
            {(each) => (
              <li>
                <a
                  href={`#${fieldId(each.name)}`}
                  onClick={(event) => {
                    event.preventDefault();
                    focusField(each.name);
                  }}
                >
                  <Saying problem={each.problem} />
                </a>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}

function focusField(name: string) {
  const input = document.getElementById(fieldId(name));
  if (input === null) return;
  (input.closest('fieldset, .field') ?? input).scrollIntoView();
  input.focus({ preventScroll: true });
}
