import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, type JSX, onMount, Show } from 'solid-js';
import { appErrorOf, type Failure, failureOf } from '../api.ts';
import { FailureNote, Loading } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { profilePath, signInPath } from './next.ts';
import { useSession } from './session.tsx';

/**
 * For requests that only somebody who is signed in may make: whoever is not is led to the login page and back,
 * and whoever has not completed the profile is led there first (T-LOG-03). The refusal is thrown on.
 */
export function useGuard(): <T>(answer: Promise<T>) => Promise<T> {
  const session = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  return async (answer) => {
    try {
      return await answer;
    } catch (error) {
      const here = location.pathname + location.search;
      const code = appErrorOf(error)?.code;
      if (code === 'session.required') {
        const hasEnded = Boolean(session.current());
        await session.refresh();
        // Another tab had a new cookie meanwhile: only this request came with the former one.
        if (session.current()) throw error;
        navigate(signInPath(here, hasEnded), { replace: true });
      }
      if (code === 'profile.incomplete') navigate(profilePath(here), { replace: true });
      throw error;
    }
  };
}

/** What a signed-in page shows, once it is here. */
export type Read<T> = {
  data(): T | undefined;
  failure(): Failure | undefined;
  /** Asks again; what is shown stays until the answer is here. */
  again(): Promise<void>;
};

/** Asks when the page opens, under the rules of `useGuard`. */
export function createRead<T>(load: () => Promise<T>): Read<T> {
  const guard = useGuard();
  const session = useSession();
  const [data, setData] = createSignal<T>();
  const [failure, setFailure] = createSignal<Failure>();
  const again = async () => {
    setFailure(undefined);
    try {
      const answer = await guard(load()).catch((error: unknown) => {
        if (appErrorOf(error)?.code === 'session.required' && session.current()) return load();
        throw error;
      });
      setData(() => answer);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  onMount(() => void again());
  return { data, failure, again };
}

/**
 * Whether all of a page's questions have been answered or refused, once: a page that shows its parts as they come pushes
 * away what is being read.
 */
export function createSettled(...reads: readonly Read<unknown>[]): () => boolean {
  return createMemo<boolean>(
    (before) =>
      before || reads.every((read) => read.data() !== undefined || read.failure() !== undefined),
    false,
  );
}

/** Leads a person whose profile is incomplete to it before anything else (T-LOG-03). */
export function useCompleteProfile(): void {
  const session = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  createEffect(() => {
    if (session.current()?.isProfileComplete !== false) return;
    navigate(profilePath(location.pathname + location.search), { replace: true });
  });
}

/** The page for what was read; until then that it is coming, or why it did not come. */
export function Reading<T>(props: {
  read: Read<T>;
  /** Names the page that did not come. */
  title: string;
  children: (data: () => T) => JSX.Element;
}) {
  return (
    <Show
      when={props.read.data()}
      fallback={
        <Show when={props.read.failure()} fallback={<Loading />}>
          {(failure) => (
            <Page title={props.title}>
              <FailureNote failure={failure()} onRetry={() => void props.read.again()} />
            </Page>
          )}
        </Show>
      }
    >
      {(data) => props.children(data)}
    </Show>
  );
}
