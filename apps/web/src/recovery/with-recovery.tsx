import { createSignal, type JSX, Match, onMount, Switch, untrack } from 'solid-js';
import { Navigate } from '../router/router.tsx';
import { api, type Failure, failureOf } from '../api.ts';
import { FailureNote, Loading } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { held, hold, type Recovery } from './held.ts';
import { endedPath } from './shared.tsx';

/** A page of a recovery that is on its way; without one it leads to the start, and says so. */
export function WithRecovery(props: {
  title: string;
  /** Where it begins, which says that it has expired. */
  ended?: string;
  children: (recovery: Recovery) => JSX.Element;
}) {
  const [recovery, setRecovery] = createSignal<Recovery | null | undefined>(untrack(held));
  const [failure, setFailure] = createSignal<Failure>();
  const load = async () => {
    setFailure(undefined);
    try {
      const found = await api.recovery.current.query();
      hold(found ?? undefined);
      setRecovery(() => found);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  onMount(() => void (recovery() === undefined && load()));
  return (
    <Switch fallback={<Loading />}>
      <Match when={failure()}>
        {(failed) => (
          <Page title={props.title}>
            <FailureNote failure={failed()} onRetry={() => void load()} />
          </Page>
        )}
      </Match>
      <Match when={recovery() === null}>
        <Navigate href={props.ended ?? endedPath} />
      </Match>
      <Match when={recovery()}>{(found) => props.children(found())}</Match>
    </Switch>
  );
}
