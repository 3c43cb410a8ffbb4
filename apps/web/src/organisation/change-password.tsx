import { parsePasswordAnswers, personOf } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../api.ts';
import { createForm } from '../form/create-form.ts';
import { A } from '../router/router.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { withPassword } from './asked-password.ts';
import { careCopy as copy } from './care-copy.ts';
import { organisationCopy } from './copy.ts';
import { SignedIn, useOrganisation } from './signed-in.tsx';

/** An organisation that is signed in changes its password. */
export function ChangeOrganisationPassword() {
  return <SignedIn title={copy().passwordTitle}>{() => <Change />}</SignedIn>;
}

function Change() {
  const [isDone, setDone] = createSignal(false);
  const form = createForm({
    initial: { current: '', password: '', passwordAgain: '' },
    validate: (typed) =>
      withPassword(parsePasswordAnswers(typed, personOf(null, null)), typed.current, 'current'),
    async submit(typed) {
      await api.organisation.changePassword.mutate(typed);
      setDone(true);
      scrollTo(0, 0);
    },
    on: useOrganisation(),
  });
  return (
    <Show
      when={!isDone()}
      fallback={
        <Page title={copy().passwordDone} lead={copy().passwordDoneText}>
          <div class="row">
            <A class="btn" href="/organisation">
              {copy().back}
            </A>
          </div>
        </Page>
      }
    >
      <Page
        title={copy().passwordTitle}
        lead={copy().passwordLead}
        backTo="/organisation"
        form={form}
      >
        <FormBody of={form} submit={copy().passwordTitle}>
          <PasswordField
            field={form.field('current')}
            label={copy().currentPassword}
            autocomplete="current-password"
          />
          <NewPassword form={form} label={copy().newPassword} again={organisationCopy().again} />
        </FormBody>
      </Page>
    </Show>
  );
}
