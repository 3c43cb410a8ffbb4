import { useLocation, useNavigate } from '@solidjs/router';
import { onMount } from 'solid-js';
import { appErrorOf } from '../api.ts';
import { proofPath } from '../session/next.ts';
import { useGuard } from '../session/signed-in.tsx';

/** What was typed on a page that was left for a proof. In memory only: it is personal. */
let kept: { path: string; typed: unknown; isProved: boolean } | undefined;

/** Says that the proof was given for which a page was left. */
export function noteProof(): void {
  if (kept !== undefined) kept.isProved = true;
}

/**
 * Goes on with what the page at `path` was left for a proof with, as soon as the page is back: the person has asked for
 * it already. Nothing happens where no proof was given. `typed` is what `withProof` was told to keep.
 */
export function goOnAfterProof(path: string, typed: unknown, act: () => Promise<void>): void {
  onMount(() => {
    if (kept?.path !== path || kept.typed !== typed || !kept.isProved) return;
    kept = undefined;
    void act();
  });
}

/** What was typed on the page at `path` before it was left for a proof, once. */
export function typedBefore(path: string): unknown {
  if (kept?.path !== path) return undefined;
  const { typed } = kept;
  kept = undefined;
  return typed;
}

/**
 * For requests that need a proof (`proof.required`), under the rules of `useGuard`: whoever has none is led to the
 * page that takes it, and from there back to this page. The refusal is thrown on. `typed` is kept for the page's
 * return, where `typedBefore` gives it back.
 *
 *     const withProof = useProof();
 *     await withProof(api.wechat.begin.mutate());
 */
export function useProof(): <T>(answer: Promise<T>, typed?: unknown) => Promise<T> {
  const guard = useGuard();
  const navigate = useNavigate();
  const location = useLocation();
  return async (answer, typed) => {
    try {
      return await guard(answer);
    } catch (error) {
      if (appErrorOf(error)?.code === 'proof.required') {
        kept = { path: location.pathname, typed, isProved: false };
        navigate(proofPath(location.pathname + location.search));
      }
      throw error;
    }
  };
}
