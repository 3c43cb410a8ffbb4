import { letterRule, parsePasswordAnswers, personOf } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { useNavigate } from '../router/router.tsx';
import { Note } from '../ui/blocks.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import { TextField } from '../ui/text-field.tsx';
import { organisationCopy as copy } from './copy.ts';
import '../copy/account-problems.ts';

/** S-USR-02, S-USR-03: sets the password of an organisation by the letter that was approved. */
export function OrganisationPassword() {
  const navigate = useNavigate();
  const [why, setWhy] = createSignal('');
  const form = createForm({
    initial: { number: '', code: '', password: '', passwordAgain: '' },
    validate: (typed) => parsePasswordAnswers(typed, personOf(null, null)),
    async submit(typed) {
      setWhy('');
      await api.organisation.setPassword.mutate(typed);
      navigate('/organisation', { state: { isSet: true } });
    },
    on: {
      'request.not_found': () => void setWhy(copy().notFound),
      'request.stale': () => void setWhy(copy().notNow(letterRule.passwordDays)),
    },
  });
  return (
    <Page
      title={copy().passwordTitle}
      lead={copy().passwordLead(letterRule.passwordDays)}
      backTo="/organisation"
      form={form}
    >
      <div role="status">
        <Show when={why()}>
          <Note tone="warn">{why()}</Note>
        </Show>
      </div>
      <FormBody of={form} submit={copy().save}>
        <TextField field={form.field('number')} label={copy().number} inputmode="numeric" numeric />
        <TextField field={form.field('code')} label={copy().followCode} numeric />
        <NewPassword form={form} label={copy().password} again={copy().again} />
      </FormBody>
    </Page>
  );
}
