import { accept, collect, refuse } from '@shiming/domain';
import { Show } from 'solid-js';
import { api } from '../api.ts';
import { CodePage } from '../code/code-page.tsx';
import { createForm } from '../form/create-form.ts';
import { A, useNavigate, useSearchParams } from '../router/router.tsx';
import { authorisationPath, faceFor } from '../session/next.ts';
import { createRead, useCompleteProfile, useSignedIn } from '../session/signed-in.tsx';
import { Note } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import type { FieldProps } from '../ui/field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { Reading } from '../ui/read.tsx';
import { authorisationCopy as copy } from './copy.ts';
import { type Matter, MatterFacts } from './matter-facts.tsx';

const answerOf = (typed: { answer: string }) => (typed.answer === 'yes' ? 'yes' : 'no');
const parsedAnswer = ({ answer }: { answer: string }) =>
  answer === '' ? refuse('matter_answer.missing') : accept(answer);

function AnswerField(props: { field: FieldProps<string>['field'] }) {
  return (
    <RadioCards
      field={props.field}
      label={copy().matter.answer}
      options={(['yes', 'no'] as const).map((value) => ({
        value,
        label: copy().matter.answers[value],
      }))}
    />
  );
}

/** One matter that an office asks the person to confirm (`?id=`), and the answer: under password and code, or a face (`&by=face`). */
export function MatterPage() {
  useCompleteProfile();
  const [query] = useSearchParams<{ id: string; by: string }>();
  const read = createRead(async () => {
    const [view, proof, face] = await Promise.all([
      api.authorisation.view.query(),
      api.proof.current.query(),
      api.face.offer.query(),
    ]);
    const mayAnswer = view?.needsLevel === null && view.needsAge === null;
    const matter = view?.matters.find(({ id, status }) => id === query.id && status === 'waiting');
    return { matter: mayAnswer ? matter : undefined, proof, isFaceOffered: face.isOffered };
  });
  return (
    <Reading read={read} title={copy().matter.title}>
      {(data) => (
        <Show
          when={data().matter}
          keyed
          fallback={
            <Page title={copy().matter.title} backTo={authorisationPath}>
              <Note>{copy().matter.over}</Note>
            </Page>
          }
        >
          {(matter) => (
            <Show
              when={query.by === 'face'}
              fallback={
                <ByCode
                  matter={matter}
                  proof={data().proof}
                  isFaceOffered={data().isFaceOffered}
                  onOver={() => read.again()}
                />
              }
            >
              <ByFace matter={matter} onOver={() => read.again()} />
            </Show>
          )}
        </Show>
      )}
    </Reading>
  );
}

const pathOf = ({ id }: Matter) => `${authorisationPath}/matter?id=${id}`;

/** Back to the list, which says what was answered; what is over, or may no longer be answered, is read again. */
function useAnswered(onOver: () => Promise<void>) {
  const navigate = useNavigate();
  return {
    back: () => navigate(authorisationPath, { replace: true }),
    on: {
      ...useSignedIn(),
      'matter.over': () => onOver(),
      'service.not_verified': () => onOver(),
    } as const,
  };
}

function ByCode(props: {
  matter: Matter;
  proof: Awaited<ReturnType<typeof api.proof.current.query>>;
  isFaceOffered: boolean;
  onOver(): Promise<void>;
}) {
  const { matter, proof } = props;
  const { back, on } = useAnswered(() => props.onOver());
  return (
    <CodePage
      title={copy().matter.title}
      lead={copy().matter.lead}
      backTo={authorisationPath}
      notice={<MatterFacts matter={matter} />}
      channel="sms"
      masked={proof.maskedMobile}
      code={proof.code?.channel === 'sms' ? proof.code : null}
      remainingToday={proof.remainingToday.sms}
      purpose="contact"
      send={(ticket) => api.proof.sendCode.mutate({ channel: 'sms', ticket })}
      besides={{
        initial: { password: '', answer: '' },
        validate: (typed) =>
          collect({
            password: typed.password === '' ? refuse('password.missing') : accept(typed.password),
            answer: parsedAnswer(typed),
          }),
        fields: (form) => (
          <>
            <PasswordField
              field={form.field('password')}
              label={copy().matter.password}
              autocomplete="current-password"
            />
            <AnswerField field={form.field('answer')} />
          </>
        ),
      }}
      enter={async ({ code, password, ...typed }) => {
        await api.authorisation.answerMatter.mutate({
          matterId: matter.id,
          answer: answerOf(typed),
          by: 'password_and_code',
          password,
          code,
        });
        back();
      }}
      on={on}
      button={copy().matter.submit}
      others={
        <Show when={props.isFaceOffered}>
          <p>
            <A href={faceFor('authorise', `${pathOf(matter)}&by=face`, matter.id)}>
              {copy().matter.byFace}
            </A>
          </p>
        </Show>
      }
    />
  );
}

/** After the face was shown: it answers this matter, within ten minutes. */
function ByFace(props: { matter: Matter; onOver(): Promise<void> }) {
  const navigate = useNavigate();
  const { back, on } = useAnswered(() => props.onOver());
  const form = createForm({
    initial: { answer: '' },
    validate: (typed) => collect({ answer: parsedAnswer(typed) }),
    async submit(typed) {
      await api.authorisation.answerMatter.mutate({
        matterId: props.matter.id,
        answer: answerOf(typed),
        by: 'face',
        password: '',
        code: '',
      });
      back();
    },
    on: { ...on, 'proof.required': () => navigate(pathOf(props.matter), { replace: true }) },
  });
  return (
    <Page
      title={copy().matter.title}
      lead={copy().matter.lead}
      backTo={authorisationPath}
      form={form}
    >
      <MatterFacts matter={props.matter} />
      <FormBody of={form} submit={copy().matter.submit}>
        <AnswerField field={form.field('answer')} />
      </FormBody>
    </Page>
  );
}
