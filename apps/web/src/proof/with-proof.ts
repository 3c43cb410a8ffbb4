import { onMount } from 'solid-js';
import { useLocation, useNavigate } from '../router/router.tsx';
import type { Failure } from '../api.ts';
import type { On } from '../form/refusals.ts';
import { proofPath } from '../session/next.ts';
import { useSignedIn } from '../session/signed-in.tsx';

/** What was typed on a page that was left for a proof. In memory only: it is personal. */
let kept: { path: string; typed: unknown; isProved: boolean } | undefined;

/** Says that the proof was given for which a page was left. */
export function noteProof(): void {
  if (kept !== undefined) kept.isProved = true;
}

/**
 * Goes on with what the page at `path` was left for a proof with, as soon as the page is back: the person has asked for
 * it already. Nothing happens where no proof was given. `typed` is what `useProved` was given to keep.
 */
export function goOnAfterProof(path: string, typed: unknown, act: () => Promise<void>): void {
  onMount(() => {
    if (kept?.path !== path || kept.typed !== typed || !kept.isProved) return;
    kept = undefined;
    void act();
  });
}

/** What was typed on the page at `path` before it was left for a proof, once; `isOwn` tells it from what another part kept. */
export function typedBefore(path: string, isOwn?: (typed: unknown) => boolean): unknown {
  if (kept?.path !== path || isOwn?.(kept.typed) === false) return undefined;
  const { typed } = kept;
  kept = undefined;
  return typed;
}

/**
 * What refusals do on a signed-in page that asks for a proof (`proof.required`): without one, the person is led to the
 * page that takes it, and from there back. What `keep` picks of what was sent waits for the page's return, where
 * `typedBefore` or `goOnAfterProof` gives it back.
 *
 *     const bind = createAction(() => api.wechat.begin.mutate(), useProved(() => 'bind'));
 */
export function useProved(keep?: (sent: never) => unknown) {
  const navigate = useNavigate();
  const location = useLocation();
  return {
    ...useSignedIn(),
    'proof.required': (_: Failure, sent: unknown) => {
      kept = { path: location.pathname, typed: keep?.(sent as never), isProved: false };
      navigate(proofPath(location.pathname + location.search));
    },
  } as const satisfies On;
}
