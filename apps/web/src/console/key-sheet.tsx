import { For, Show } from 'solid-js';
import { Dialog } from '../ui/dialog.tsx';
import { areKeysOn, keyGroups, setKeysOn } from './keys.ts';
import { shellCopy } from './shell-copy.ts';

const groups = () => keyGroups().filter((group) => group.keys().length > 0);

/** T-CON-03: every key that works now, and the switch for all of them. */
export function KeySheet(props: { onClose(): void }) {
  return (
    <Dialog title={shellCopy().sheetTitle} isForReading onCancel={() => props.onClose()}>
      <div class="scroll key-sheet" tabindex="0">
        <For each={groups()}>
          {(group) => (
            <section>
              <h3>{group.title()}</h3>
              <dl>
                <For each={group.keys()}>
                  {({ key, label }) => (
                    <div>
                      <dt>
                        <For each={key.split(/(?<=.)\+(?=.)/)}>
                          {(part) => <kbd>{part.length === 1 ? part.toUpperCase() : part}</kbd>}
                        </For>
                      </dt>
                      <dd>{label}</dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
        <Show when={groups().length === 0}>
          <p>{shellCopy().sheetNone}</p>
        </Show>
        <p class="soft small">{shellCopy().sheetInputs}</p>
      </div>
      <label class="choice bare">
        <input
          type="checkbox"
          checked={areKeysOn()}
          onChange={(event) => setKeysOn(event.currentTarget.checked)}
        />
        <span>
          {shellCopy().sheetOn}
          <small>{shellCopy().sheetOnNote}</small>
        </span>
      </label>
      <div class="row">
        <button type="button" class="btn" autofocus onClick={() => props.onClose()}>
          {shellCopy().close}
        </button>
      </div>
    </Dialog>
  );
}
