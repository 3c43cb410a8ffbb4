import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import { serverNow } from '../clock.ts';
import { problemSentence } from '../copy/failures.ts';
import { ui } from '../copy/ui.ts';
import type { FieldProblem } from '../form/create-form.ts';

const endOf = (problem: FieldProblem): number | undefined =>
  typeof problem === 'object' && 'retryAtMs' in problem ? problem.retryAtMs : undefined;

/**
 * What is to be said about a problem. A wait that it names counts down for the eye, until one may try again; a screen
 * reader hears the sentence once, and that the wait is over.
 */
export function Saying(props: { problem: FieldProblem }) {
  const [seconds, setSeconds] = createSignal(0);
  createEffect(() => {
    const end = endOf(props.problem);
    if (end === undefined) return;
    const timer = setInterval(() => {
      setSeconds((passed) => passed + 1);
      if (end <= serverNow()) clearInterval(timer);
    }, 1000);
    onCleanup(() => clearInterval(timer));
  });
  const isOver = createMemo(() => {
    seconds();
    return (endOf(props.problem) ?? Infinity) <= serverNow();
  });
  const counting = () => {
    seconds();
    return problemSentence(props.problem);
  };
  return (
    <Show when={!isOver()} fallback={ui().waitOver}>
      <Show when={endOf(props.problem) !== undefined} fallback={problemSentence(props.problem)}>
        <span aria-hidden="true">{counting()}</span>
        <span class="seen-by-readers">{problemSentence(props.problem)}</span>
      </Show>
    </Show>
  );
}
