import type { Operator } from '@shiming/domain';
import { createSignal, onMount } from 'solid-js';
import { api } from './api.ts';

const [operator, setOperator] = createSignal<Operator>();
let asking: Promise<void> | undefined;

/** Who runs this installation; `undefined` until the server has said so. Asked once for all pages; never suspends. */
export function useOperator(): () => Operator | undefined {
  onMount(() => {
    asking ??= api.operator.current.query().then(
      (said) => void setOperator(() => said ?? undefined),
      () => {
        asking = undefined;
      },
    );
  });
  return operator;
}
