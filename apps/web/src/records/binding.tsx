import { createSignal, For, Show } from 'solid-js';
import { api } from '../api.ts';
import { useSignedIn } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Note } from '../ui/blocks.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { recordsCopy as copy } from './copy.ts';
import type { FoundRecord } from './sections.tsx';

/** S-REC-04: one or more earlier qualifications bound to a present enrolment (专升本). */
export function Binding(props: {
  enrolment: FoundRecord;
  bound: readonly string[];
  qualifications: readonly FoundRecord[];
  onChanged(): Promise<void>;
}) {
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set(props.bound));
  const [isSaved, setSaved] = createSignal(false);
  const choose = (id: string, isChosen: boolean) => {
    setSaved(false);
    setChosen(
      (before) => new Set([...before].filter((each) => each !== id).concat(isChosen ? id : [])),
    );
  };
  const save = createAction(
    async () => {
      const enrolmentId = props.enrolment.id;
      await api.records.bind.mutate({ enrolmentId, qualificationIds: [...chosen()] });
      setSaved(true);
      await props.onChanged();
    },
    {
      ...useSignedIn(),
      'consent.required': () => props.onChanged(),
      'request.stale': () => props.onChanged(),
    },
  );
  return (
    <fieldset class="stack">
      <legend>
        <Foreign>{copy().bindTitle(props.enrolment.fields.school ?? '')}</Foreign>
      </legend>
      <p class="soft">{copy().bindHint}</p>
      <For each={props.qualifications}>
        {({ id, fields }) => (
          <label class="choice bare">
            <input
              type="checkbox"
              checked={chosen().has(id)}
              onChange={(event) => choose(id, event.currentTarget.checked)}
            />
            <span>
              <Foreign>
                {[fields.school, fields.level, fields.subject].filter(Boolean).join(' · ')}
              </Foreign>
            </span>
          </label>
        )}
      </For>
      <ActionFailure action={save} />
      <div role="status">
        <Show when={isSaved()}>
          <Note tone="ok">{copy().bound}</Note>
        </Show>
      </div>
      <div class="row">
        <ActionButton action={save}>{copy().bind}</ActionButton>
      </div>
    </fieldset>
  );
}
