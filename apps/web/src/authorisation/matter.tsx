import { accept, collect, refuse } from '@shiming/domain';
import { Show } from 'solid-js';
import { api } from '../api.ts';
import { CodePage } from '../code/code-page.tsx';
import { useNavigate, useSearchParams } from '../router/router.tsx';
import { authorisationPath } from '../session/next.ts';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { Note } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { Reading } from '../ui/read.tsx';
import { authorisationCopy as copy } from './copy.ts';
import { MatterFacts } from './matter-facts.tsx';

/** One matter that an office asks the person to confirm, and the answer, under a password and a code (`?id=`). */
export function MatterPage() {
  useCompleteProfile();
  const [query] = useSearchParams<{ id: string }>();
  const read = createRead(async () => {
    const [view, proof] = await Promise.all([
      api.authorisation.view.query(),
      api.proof.current.query(),
    ]);
    const matter = view?.matters.find(({ id, status }) => id === query.id && status === 'waiting');
    return { view, proof, matter };
  });
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const back = () => navigate(authorisationPath, { replace: true });
  return (
    <Reading read={read} title={copy().matter.title}>
      {(data) => (
        <Show
          when={data().view?.needsLevel === null && data().view?.needsAge === null && data().matter}
          keyed
          fallback={
            <Page title={copy().matter.title} backTo={authorisationPath}>
              <Note>{copy().matter.over}</Note>
            </Page>
          }
        >
          {(matter) => (
            <CodePage
              title={copy().matter.title}
              lead={copy().matter.lead}
              backTo={authorisationPath}
              notice={<MatterFacts matter={matter} />}
              channel="sms"
              masked={data().proof.maskedMobile}
              code={data().proof.code?.channel === 'sms' ? data().proof.code : null}
              remainingToday={data().proof.remainingToday.sms}
              purpose="contact"
              send={(ticket) => api.proof.sendCode.mutate({ channel: 'sms', ticket })}
              besides={{
                initial: { password: '', answer: '' },
                validate: (typed) =>
                  collect({
                    password:
                      typed.password === '' ? refuse('password.missing') : accept(typed.password),
                    answer:
                      typed.answer === '' ? refuse('matter_answer.missing') : accept(typed.answer),
                  }),
                fields: (form) => (
                  <>
                    <PasswordField
                      field={form.field('password')}
                      label={copy().matter.password}
                      autocomplete="current-password"
                    />
                    <RadioCards
                      field={form.field('answer')}
                      label={copy().matter.answer}
                      options={(['yes', 'no'] as const).map((value) => ({
                        value,
                        label: copy().matter.answers[value],
                      }))}
                    />
                  </>
                ),
              }}
              enter={async ({ code, password, answer }) => {
                await api.authorisation.answerMatter.mutate({
                  matterId: matter.id,
                  answer: answer === 'yes' ? 'yes' : 'no',
                  by: 'password_and_code',
                  password,
                  code,
                });
                back();
              }}
              on={{
                ...signedIn,
                'matter.over': () => read.again(),
                'service.not_verified': () => read.again(),
              }}
              button={copy().matter.submit}
            />
          )}
        </Show>
      )}
    </Reading>
  );
}
