import { createSignal, Match, Switch } from 'solid-js';
import { api } from '../api.ts';
import { formatInstant } from '../copy/format.ts';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import { careCopy as copy } from './care-copy.ts';
import { type Current, useOrganisation } from './signed-in.tsx';

/** Says that the account of an organisation waits to be deleted, with the button that stops it. */
export function Closing(props: { organisation: Current; onChanged: () => Promise<void> }) {
  const [isKept, setKept] = createSignal(false);
  const stop = createAction(
    async () => {
      await api.organisation.stopClosing.mutate();
      setKept(true);
      await props.onChanged();
    },
    // It may have been stopped elsewhere meanwhile.
    { ...useOrganisation(), 'request.stale': () => props.onChanged() },
  );
  return (
    <Switch>
      <Match when={props.organisation.closesAtMs}>
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
              <ActionButton action={stop}>{copy().keep}</ActionButton>
            </div>
          </div>
        )}
      </Match>
      <Match when={isKept()}>
        <div role="status">
          <Note tone="ok">{copy().kept}</Note>
        </div>
      </Match>
    </Switch>
  );
}
