import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import type { Translated } from '../copy/define-copy.ts';
import type { PuzzleAnswer } from './puzzle.tsx';
import type { zh } from './puzzle.zh.ts';

/** The way without a picture: the device works, the person waits a few seconds. */
export function ProofOfWork(props: {
  copy: Translated<typeof zh>;
  startsAtOnce: boolean;
  load(): Promise<object>;
  solve(solution: string): Promise<PuzzleAnswer>;
  onSolved(ticket: string): void;
  onBack(): void;
}) {
  const [stage, setStage] = createSignal<'idle' | 'working' | 'failed'>('idle');
  const [seconds, setSeconds] = createSignal(0);
  const left = new AbortController();
  let button: HTMLButtonElement | undefined;

  const work = async () => {
    setStage('working');
    setSeconds(0);
    const timer = setInterval(() => setSeconds(seconds() + 1), 1000);
    left.signal.addEventListener('abort', () => clearInterval(timer));
    try {
      const { solveChallenge } = await import('./proof-of-work.ts');
      const solution = await solveChallenge(await props.load(), left.signal);
      const { ticket } = await props.solve(solution);
      if (!left.signal.aborted) props.onSolved(ticket);
    } catch {
      setStage('failed');
    } finally {
      clearInterval(timer);
    }
  };
  onMount(() => {
    if (!props.startsAtOnce) return;
    void work();
    button?.focus();
  });
  onCleanup(() => left.abort());

  return (
    <>
      <p>
        <b>{props.copy.workLabel}</b>
      </p>
      <p class="hint">{props.copy.workHint}</p>
      <Show when={stage() === 'failed'}>
        <p class="err" role="alert">
          {props.copy.workFailed}
        </p>
      </Show>
      <p class="told" role="status">
        {/* Read out every five seconds, not every second. */}
        <Show when={stage() === 'working'}>
          <span aria-hidden="true">{props.copy.working(seconds())}</span>
          <span class="seen-by-readers">{props.copy.working(seconds() - (seconds() % 5))}</span>
        </Show>
      </p>
      <div class="row">
        <Show when={stage() !== 'working'}>
          <button type="button" class="btn quiet" onClick={() => void work()}>
            {props.copy.workStart}
          </button>
        </Show>
        <button
          ref={(element) => (button = element)}
          type="button"
          class="link"
          onClick={() => props.onBack()}
        >
          {props.copy.backToPuzzle}
        </button>
      </div>
    </>
  );
}
