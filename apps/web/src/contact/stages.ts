import { createSignal } from 'solid-js';

/**
 * A page that is at one of several stages. `as(stage)` is its state while it is at that stage, for the `Match` that
 * shows it, and `undefined` otherwise.
 */
export function createStages<State extends { at: string }>(first: State) {
  const [state, setState] = createSignal(first);
  const as = <Stage extends State['at']>(stage: Stage) => {
    const now = state();
    return now.at === stage ? (now as Extract<State, { at: Stage }>) : undefined;
  };
  return [as, setState] as const;
}
