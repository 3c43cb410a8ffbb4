import { parsePasswordAnswers, personOf } from '@shiming/domain';
import { Show } from 'solid-js';
import { useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { Note } from '../ui/blocks.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { NewPassword } from '../ui/new-password.tsx';
import { flowCopy, FlowNotice, FlowStep, Step, useFlow } from './flow.tsx';
import { zh } from './password.zh.ts';
import { signsInBy } from './contact-way.ts';
import { backFrom, type Registration, pathTo } from './steps.ts';

const copy = defineCopy(zh, () => import('./password.en.ts'));

/** T-REG-08. The password is never given back: who returns finds the fields empty. */
export function PasswordPage() {
  return (
    <Step name="password">{(registration) => <PasswordForm registration={registration()} />}</Step>
  );
}

function PasswordForm(props: { registration: Registration }) {
  const flow = useFlow();
  const [search] = useSearchParams();
  const { identity, contact, hasPassword } = props.registration;
  const form = createForm({
    initial: { password: '', passwordAgain: '' },
    validate: (typed) => parsePasswordAnswers(typed, personOf(identity, contact)),
    async submit(typed) {
      flow.goOn(await api.registration.savePassword.mutate(typed));
    },
    on: flow.on,
  });

  return (
    <Page
      title={copy().title}
      lead={copy().lead[signsInBy(identity, contact)]}
      backTo={backFrom('password', search.back)}
      step={<FlowStep of="password" />}
      form={form}
    >
      <FlowNotice />
      <Show when={hasPassword}>
        <Note>
          <div class="tight">
            <p>{copy().hasPassword}</p>
            <button
              type="button"
              class="btn plain"
              onClick={() => flow.open(pathTo(props.registration.step))}
            >
              {copy().keep}
            </button>
          </div>
        </Note>
      </Show>
      <FormBody of={form} submit={flowCopy().continue}>
        {/* For password managers: the account that the password belongs to. */}
        <input
          type="text"
          name="username"
          autocomplete="username"
          value={identity?.number ?? (contact?.mobile || contact?.email)}
          readonly
          hidden
        />
        <NewPassword form={form} label={copy().password} hint={copy().hint} again={copy().again} />
      </FormBody>
    </Page>
  );
}
