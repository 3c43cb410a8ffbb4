import {
  documentOf,
  type DocumentType,
  type NameNotice,
  nameSeparator,
  parseName,
} from '@shiming/domain';
import { defineCopy } from '../copy/define-copy.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { fieldId } from '../form/field-id.ts';
import { TextField } from '../ui/text-field.tsx';
import { zh } from './identity.zh.ts';
import '../copy/document-problems.ts';

const copy = defineCopy(zh, () => import('./identity.en.ts'));

/** The name as on the document. `·` goes in where the cursor is; what is changed on the way is shown (T-REG-07). */
export function NameField(props: { field: FieldBinding<string>; type: DocumentType }) {
  const script = () => documentOf(props.type).name;
  const insert = () => {
    const input = document.getElementById(fieldId(props.field.name));
    if (!(input instanceof HTMLInputElement)) return;
    const from = input.selectionStart ?? input.value.length;
    const to = input.selectionEnd ?? from;
    props.field.set(input.value.slice(0, from) + nameSeparator + input.value.slice(to));
    input.focus();
    input.setSelectionRange(from + 1, from + 1);
  };
  const notice = () => {
    const name = parseName(props.field.value(), script());
    if (!name.ok) return '';
    const has = (notice: NameNotice) => name.notices.includes(notice);
    if (Array.from(name.value).length === 1) return copy().oneCharacter;
    if (has('characters_replaced')) return copy().charactersReplaced(name.value);
    if (has('capitals')) return copy().capitals(name.value);
    if (has('separator_replaced')) return copy().separatorReplaced(name.value);
    return has('spaces_removed') ? copy().spacesRemoved(name.value) : '';
  };
  return (
    <TextField
      field={props.field}
      label={copy().name}
      hint={script() === 'any' ? copy().anyNameHint : copy().nameHint}
      autocomplete="name"
      tools={
        <button
          type="button"
          class="btn plain"
          aria-label={copy().insertSeparatorLabel}
          // The input keeps the focus and with it the place where the dot goes.
          onMouseDown={(event) => event.preventDefault()}
          onClick={insert}
        >
          {copy().insertSeparator}
        </button>
      }
      after={notice()}
    />
  );
}
