import type { Region } from '@shiming/domain';
import { Show } from 'solid-js';
import { defineCopy } from '../copy/define-copy.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { Note } from '../ui/blocks.tsx';
import { TextField } from '../ui/text-field.tsx';
import { PermitPicture } from './permit-picture.tsx';
import { zh } from './permit.zh.ts';

const copy = defineCopy(zh, () => import('./permit.en.ts'));

/** The numbers that documents other than the 身份证 ask for besides their own (T-PRO-02). */
export function PermitFields(props: {
  region: Region;
  /** Only the 居住证 asks for it: it is what its holder is verified by (T-VER-03). */
  travelPermit: FieldBinding<string> | undefined;
  localDocument: FieldBinding<string>;
}) {
  return (
    <>
      <Show when={props.travelPermit}>
        <Note>{copy().permitCheck}</Note>
      </Show>
      <PermitPicture region={props.region} copy={copy()} />
      <Show when={props.travelPermit}>
        {(field) => (
          <TextField
            field={field()}
            label={copy().travelPermitNumber}
            hint={copy().travelPermitHints[props.region]}
            numeric
          />
        )}
      </Show>
      <TextField
        field={props.localDocument}
        label={copy().localDocumentNumber}
        hint={copy().localDocumentHints[props.region]}
        numeric
      />
    </>
  );
}
