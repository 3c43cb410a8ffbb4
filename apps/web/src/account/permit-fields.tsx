import { profileField, type ProfileField, type Region } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { bilingual } from '../portal.ts';
import { Note } from '../ui/blocks.tsx';
import { TextField } from '../ui/text-field.tsx';
import { PermitPicture } from './permit-picture.tsx';
import { zh } from './permit.zh.ts';

const copy = defineCopy(zh, () => import('./permit.en.ts'));

/** The numbers that documents other than the 身份证 ask for besides their own (T-PRO-02). */
export function PermitFields(props: {
  region: Region;
  numbers: readonly (readonly [ProfileField, FieldBinding<string>])[];
}) {
  return (
    <>
      <Show when={props.numbers.some(([field]) => profileField(field).isChecked)}>
        <Note>{copy().permitCheck}</Note>
      </Show>
      <PermitPicture region={props.region} copy={copy()} />
      <For each={props.numbers}>
        {([id, field]) => (
          <TextField
            field={field}
            label={bilingual(profileField(id).label)}
            hint={copy().hints[id as keyof ReturnType<typeof copy>['hints']][props.region]}
            numeric
          />
        )}
      </For>
    </>
  );
}
