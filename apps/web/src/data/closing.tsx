import { createSignal, Match, Switch } from 'solid-js';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { useSession } from '../session/session.tsx';
import { useSignedIn } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import { zh } from './closing.zh.ts';

const copy = defineCopy(zh, () => import('./closing.en.ts'));

/** Says that the account waits to be deleted, with the button that stops it; nothing where it does not. */
export function Closing() {
  const session = useSession();
  const [isStopped, setStopped] = createSignal(false);
  const dueAtMs = () => session.current()?.cancellationDueAtMs ?? undefined;
  const stop = createAction(
    async () => {
      await api.data.stopCancellation.mutate();
      setStopped(true);
      await session.refresh();
    },
    // It may have been stopped on another device meanwhile.
    { ...useSignedIn(), 'request.stale': () => session.refresh() },
  );
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
            <ActionFailure action={stop} />
            <div class="row">
              <ActionButton action={stop}>{copy().stop}</ActionButton>
            </div>
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
