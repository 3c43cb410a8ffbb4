import type { OrganisationContactAnswers } from '@shiming/domain';
import type { Form } from '../form/create-form.ts';
import { NewTab } from '../ui/blocks.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { TextField } from '../ui/text-field.tsx';
import { contactCopy as copy } from './contact-copy.ts';

/** Who is to be reached at an organisation, and that this person agrees. */
export function ContactFields(props: {
  form: Pick<Form<OrganisationContactAnswers>, 'field'>;
  emailHint: string;
}) {
  return (
    <>
      <TextField field={props.form.field('person')} label={copy().person} autocomplete="name" />
      <TextField
        field={props.form.field('mobile')}
        label={copy().mobile}
        inputmode="tel"
        autocomplete="tel"
        numeric
      />
      <TextField
        field={props.form.field('email')}
        label={copy().email}
        hint={props.emailHint}
        type="email"
        inputmode="email"
        autocomplete="email"
      />
      <Checkbox
        field={props.form.field('contactAgrees')}
        label={
          <>
            {copy().contactAgrees}
            <NewTab href="/privacy">{copy().privacy}</NewTab>
          </>
        }
      />
    </>
  );
}
