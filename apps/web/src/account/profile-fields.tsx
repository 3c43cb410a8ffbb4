import {
  type DateAnswers,
  optionsOf,
  profileField,
  type ProfileField,
  type Region,
} from '@shiming/domain';
import { For, Show } from 'solid-js';
import '../copy/profile-problems.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { bilingual } from '../portal.ts';
import { RadioCards, Select } from '../ui/choices.tsx';
import { DateParts } from '../ui/date-parts.tsx';
import { isPlain, PlainField } from './plain-field.tsx';

const PermitFields = page(() => import('./permit-fields.tsx'), 'PermitFields');

type Binding = FieldBinding<string | DateAnswers>;

const isOfRegion = (field: ProfileField) => profileField(field).asked === 'number_of_region';

/** What is asked for of the profile: the fields in order, and beside a picture of the cards the numbers of a region. */
export function ProfileFields(props: {
  fields: readonly ProfileField[];
  region: Region | null;
  field(id: ProfileField): Binding;
}) {
  const numbers = () => props.fields.filter(isOfRegion);
  return (
    <>
      <For each={props.fields.filter((field) => !isOfRegion(field))}>
        {(field) => <Asked of={field} field={props.field(field)} />}
      </For>
      <Show when={numbers().length > 0 && props.region}>
        {(region) => (
          <PermitFields
            region={region()}
            numbers={numbers().map((field) => [field, props.field(field) as FieldBinding<string>])}
          />
        )}
      </Show>
    </>
  );
}

/** One field of the profile, by how its value is chosen. */
function Asked(props: { of: ProfileField; field: Binding }) {
  const { asked, label } = profileField(props.of);
  if (asked === 'date') {
    const date = props.field as FieldBinding<DateAnswers>;
    return <DateParts field={date} label={bilingual(label)} autocomplete="bday" />;
  }
  const field = props.field as FieldBinding<string>;
  if (isPlain(props.of)) return <PlainField of={props.of} field={field} />;
  const choices = (optionsOf(props.of) ?? []).map(({ code, ...name }) => ({
    value: code,
    label: bilingual(name),
  }));
  return choices.length <= 3 ? (
    <RadioCards field={field} label={bilingual(label)} options={choices} />
  ) : (
    <Select field={field} label={bilingual(label)} options={choices} />
  );
}
