import { accountFields, fieldsOfTopic, type TicketTopic } from '@shiming/domain';
import { Show } from 'solid-js';
import type { FieldBinding } from '../form/create-form.ts';
import { bilingual } from '../portal.ts';
import { Select } from '../ui/choices.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ticketCopy as copy } from './copy.ts';

/** T-CON-08a: which field is wrong, and what is right, for the topics that are about fields of an account. */
export function CorrectionFields(props: {
  topic: string;
  wrongField: FieldBinding<string>;
  correction: FieldBinding<string>;
}) {
  return (
    <Show when={fieldsOfTopic[props.topic as TicketTopic]}>
      {(fields) => (
        <>
          <Show when={fields().length > 1}>
            <Select
              field={props.wrongField}
              label={copy().wrongField}
              options={fields().map((value) => ({
                value,
                label: bilingual(accountFields[value].label),
              }))}
            />
          </Show>
          <TextField
            field={props.correction}
            label={copy().correction}
            hint={copy().correctionHint}
          />
        </>
      )}
    </Show>
  );
}
