import { Show } from 'solid-js';
import { problemSentence } from '../copy/failures.ts';
import type { FieldProblem } from '../form/create-form.ts';

type Props = { of: FieldProblem | undefined };

/** Why something that was done has failed. */
export function FailureBox(props: Props) {
  return (
    <Show when={props.of}>
      {(problem) => (
        <div class="note bad" role="alert">
          {problemSentence(problem())}
        </div>
      )}
    </Show>
  );
}

/** The same within a form. */
export function FailureLine(props: Props) {
  return (
    <Show when={props.of}>
      {(problem) => (
        <p class="err" role="alert">
          {problemSentence(problem())}
        </p>
      )}
    </Show>
  );
}
