import { FormBody } from '../../ui/form-body.tsx';
import { type PasswordAnswers, parsePasswordAnswers, parseTotpCode } from '@shiming/domain';
import { createSignal, Show } from 'solid-js';
import { api } from '../../api.ts';
import { createForm } from '../../form/create-form.ts';
import { CodeField } from '../../ui/code-field.tsx';
import { NewPassword } from '../../ui/new-password.tsx';
import { SubmitButton } from '../../ui/submit-button.tsx';
import { FailureLine } from '../failure.tsx';
import { useStaff } from '../session/staff.tsx';
import { signInCopy } from '../sign-in/sign-in-copy.ts';
import { TotpSecret } from '../sign-in/totp-secret.tsx';
import { staffCopy as copy } from './staff-copy.ts';

type Props = { onDone(what: 'passwordChanged' | 'totpChanged'): void };

/** T-CON-01: one's own password and the authenticator that goes with it. Each is changed by itself. */
export function OwnPassword(props: Props) {
  const [open, setOpen] = createSignal<'password' | 'totp'>();
  const done = (what: Parameters<Props['onDone']>[0]) => {
    setOpen(undefined);
    props.onDone(what);
  };
  return (
    <section class="stack">
      <h2>{copy().password}</h2>
      <p class="soft">{copy().passwordNote}</p>
      <Show when={open() === undefined}>
        <div class="row">
          <button type="button" class="btn plain" onClick={() => setOpen('password')}>
            {copy().changePassword}
          </button>
          <button type="button" class="btn plain" onClick={() => setOpen('totp')}>
            {copy().changeTotp}
          </button>
        </div>
      </Show>
      <Show when={open() === 'password'}>
        <ChangePassword
          onDone={() => done('passwordChanged')}
          onCancel={() => setOpen(undefined)}
        />
      </Show>
      <Show when={open() === 'totp'}>
        <ChangeTotp onDone={() => done('totpChanged')} onCancel={() => setOpen(undefined)} />
      </Show>
    </section>
  );
}

type FormProps = { onDone(): void; onCancel(): void };

function ChangePassword(props: FormProps) {
  const staff = useStaff();
  const form = createForm<PasswordAnswers>({
    initial: { password: '', passwordAgain: '' },
    validate: (typed) => parsePasswordAnswers(typed, { number: '' }),
    async submit(typed) {
      await api.staff.password.change.mutate(typed);
      props.onDone();
    },
    on: staff.on,
  });
  return (
    <FormBody of={form} class="card stack">
      <NewPassword form={form} label={copy().newPassword} again={signInCopy().passwordAgain} />
      <Last form={form} label={copy().changePassword} onCancel={() => props.onCancel()} />
    </FormBody>
  );
}

function ChangeTotp(props: FormProps) {
  const staff = useStaff();
  const [secret, setSecret] = createSignal<string>();
  const form = createForm({
    initial: { code: '' },
    validate: ({ code }) => {
      const parsed = parseTotpCode(code);
      return parsed.ok ? { ok: true } : { ok: false, fields: { code: parsed.code } };
    },
    async submit({ code }) {
      const made = secret();
      if (made === undefined) return;
      await api.staff.password.changeTotp.mutate({ secret: made, code });
      props.onDone();
    },
    on: staff.on,
  });
  const ask = async () => {
    const made = await api.staff.password.totpSecret.mutate();
    setSecret(made.secret);
    return made;
  };
  return (
    <FormBody of={form} class="card stack">
      <TotpSecret ask={ask} on={staff.on} />
      <CodeField field={form.field('code')} label={signInCopy().codeAfterScan} />
      <Last form={form} label={copy().changeTotp} onCancel={() => props.onCancel()} />
    </FormBody>
  );
}

function Last(props: {
  form: Pick<ReturnType<typeof createForm>, 'failure' | 'isSubmitting'>;
  label: string;
  onCancel(): void;
}) {
  return (
    <>
      <FailureLine of={props.form.failure()} />
      <div class="row">
        <SubmitButton isBusy={props.form.isSubmitting()}>{props.label}</SubmitButton>
        <button type="button" class="btn plain" onClick={() => props.onCancel()}>
          {copy().cancel}
        </button>
      </div>
    </>
  );
}
