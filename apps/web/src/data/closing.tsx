import { createSignal, Match, Show, Switch } from 'solid-js';
import { api, appErrorOf, type Failure, failureOf } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { useSession } from '../session/session.tsx';
import { useGuard } from '../session/signed-in.tsx';
import { FailureNote, Note } from '../ui/blocks.tsx';
import { zh } from './closing.zh.ts';

const copy = defineCopy(zh, () => import('./closing.en.ts'));

/** Says that the account waits to be deleted, with the button that stops it; nothing where it does not. */
export function Closing() {
  const session = useSession();
  const guard = useGuard();
  const [isStopped, setStopped] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure>();
  const dueAtMs = () => session.current()?.cancellationDueAtMs ?? undefined;
  const stop = async () => {
    if (isBusy()) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await guard(api.data.stopCancellation.mutate());
      setStopped(true);
      await session.refresh();
    } catch (error) {
      // Stopped on another device meanwhile: what is shown is asked for anew.
      if (appErrorOf(error)?.code === 'request.stale') await session.refresh();
      else setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Switch>
      <Match when={dueAtMs()}>
        {(atMs) => (
          <div class="note warn stack">
            <div class="tight">
              <p>
                <b>{copy().closing(formatInstant(atMs()))}</b>
              </p>
              <p>{copy().until}</p>
            </div>
            <Show when={failure()}>
              {(shown) => <FailureNote failure={shown()} onRetry={() => void stop()} />}
            </Show>
            <button
              type="button"
              class="btn"
              classList={{ spin: isBusy() }}
              aria-disabled={isBusy()}
              onClick={() => void stop()}
            >
              {copy().stop}
            </button>
          </div>
        )}
      </Match>
      <Match when={isStopped()}>
        <div role="status">
          <Note tone="ok">{copy().stopped}</Note>
        </div>
      </Match>
    </Switch>
  );
}
