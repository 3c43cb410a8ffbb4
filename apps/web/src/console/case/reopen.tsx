import { type ReopenReason, reopenReasons } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { Dialog } from '../../ui/dialog.tsx';
import { caseCopy as copy } from './case-copy.ts';

/** UX-36: asks why a case is opened again, and says what comes of it: the person gets a notice at once. */
export function Reopen(props: {
  isApproved: boolean;
  onReopen(reason: ReopenReason): void;
  onCancel(): void;
}) {
  const [reason, setReason] = createSignal<ReopenReason>();
  const reopen = () => {
    const chosen = reason();
    if (chosen !== undefined) props.onReopen(chosen);
  };
  return (
    <Dialog title={copy().reopenTitle} onCancel={() => props.onCancel()}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          reopen();
        }}
      >
        <ul class="effects">
          <Show when={props.isApproved}>
            <li>{copy().reopenLevel}</li>
          </Show>
          <For each={copy().reopenEffects}>{(effect) => <li>{effect}</li>}</For>
        </ul>
        <fieldset>
          <legend>{copy().reopenWhy}</legend>
          <For each={reopenReasons}>
            {(code) => (
              <label class="choice bare">
                <input
                  type="radio"
                  name="reason"
                  value={code}
                  checked={reason() === code}
                  onChange={() => setReason(code)}
                />
                <span>{copy().reopenReasons[code]}</span>
              </label>
            )}
          </For>
        </fieldset>
        <div class="row">
          <button type="submit" class="btn" aria-disabled={reason() === undefined}>
            {copy().reopenNow}
          </button>
          <button type="button" class="btn plain" onClick={() => props.onCancel()}>
            {copy().cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
