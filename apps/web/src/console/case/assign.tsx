import { createResource, createSignal, createUniqueId, For } from 'solid-js';
import { api } from '../../api.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { caseCopy as copy } from './case-copy.ts';

/** T-CON-02: asks to whom a case goes that nobody may take. */
export function Assign(props: { onAssign(staffId: string): void; onCancel(): void }) {
  const id = createUniqueId();
  const [people] = createResource(() => api.desk.reviewers.query());
  const [chosen, setChosen] = createSignal('');
  const assign = () => {
    if (chosen() !== '') props.onAssign(chosen());
  };
  return (
    <Dialog title={copy().assignTitle} onCancel={() => props.onCancel()}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          assign();
        }}
      >
        <p>{copy().assignText}</p>
        <label for={id}>{copy().assignTo}</label>
        <select id={id} value={chosen()} onChange={(event) => setChosen(event.currentTarget.value)}>
          <option value="">{copy().choose}</option>
          <For each={people.error === undefined ? people() : []}>
            {({ staffId, name }) => <option value={staffId}>{name}</option>}
          </For>
        </select>
        <div class="row">
          <button type="submit" class="btn" aria-disabled={chosen() === ''}>
            {copy().assignNow}
          </button>
          <button type="button" class="btn plain" onClick={() => props.onCancel()}>
            {copy().cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
