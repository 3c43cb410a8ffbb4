import { Match, Switch } from 'solid-js';
import { formatInstant } from '../copy/format.ts';
import { type Action, ActionButton, ActionFailure } from './action.tsx';
import { Note } from './blocks.tsx';

/** Says until when an account waits to be deleted, with the button that stops it; `isStopped`, that it was stopped here. */
export function ClosingNote(props: {
  atMs: number | null | undefined;
  isStopped: boolean;
  stop: Action;
  words: { closing(at: string): string; until: string; stop: string; stopped: string };
}) {
  return (
    <Switch>
      <Match when={props.atMs}>
        {(atMs) => (
          <div class="note warn stack">
            <div class="tight">
              <p>
                <b>{props.words.closing(formatInstant(atMs()))}</b>
              </p>
              <p>{props.words.until}</p>
            </div>
            <ActionFailure action={props.stop} />
            <div class="row">
              <ActionButton action={props.stop}>{props.words.stop}</ActionButton>
            </div>
          </div>
        )}
      </Match>
      <Match when={props.isStopped}>
        <div role="status">
          <Note tone="ok">{props.words.stopped}</Note>
        </div>
      </Match>
    </Switch>
  );
}
