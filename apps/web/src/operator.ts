import { createSignal, onMount } from 'solid-js';
import { api } from './api.ts';

/** Who runs this installation, and its other portals. */
export type Operator = Awaited<ReturnType<typeof api.operator.current.query>>;

const [operator, setOperator] = createSignal<Operator>();
const [isOperatorAsked, setAsked] = createSignal(false);
let asking: Promise<void> | undefined;

/** Whether an answer is on its way that puts lines into the page. */
export { isOperatorAsked };

/** Who runs this installation; `undefined` until the server has said so. Asked once for all pages; never suspends. */
export function useOperator(): () => Operator | undefined {
  onMount(() => {
    if (asking !== undefined) return;
    setAsked(true);
    asking = api.operator.current
      .query()
      .then(
        (said) => void setOperator(() => said ?? undefined),
        () => {
          asking = undefined;
        },
      )
      .finally(() => setAsked(false));
  });
  return operator;
}
