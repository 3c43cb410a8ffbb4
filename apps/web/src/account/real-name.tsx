import {
  type DocumentAnswers,
  parseDocumentAnswers,
  printsEarlierNumber,
  shanghaiDate,
} from '@shiming/domain';
import { createSignal, Show, Suspense } from 'solid-js';
import { Navigate, useNavigate, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents } from '../copy/documents.ts';
import { chosenType, whatNumberTells } from '../document-number/tells.ts';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import {
  createDocumentForm,
  type DocumentForm,
  DocumentFields,
} from '../registration/document-fields.tsx';
import { verificationResultPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ownPath } from '../shared/own-path.ts';
import { Facts, Loading, Num } from '../ui/blocks.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Foreign } from '../ui/foreign.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import { zh } from './real-name.zh.ts';

const copy = defineCopy(zh, () => import('./real-name.en.ts'));

const NumberTaken = page(() => import('./number-taken.tsx'), 'NumberTaken');

/** S-NAM-01 to 04: 实名信息 of somebody who registered with a contact. `?next=` is where the person was going. */
export function RealName() {
  const session = useSession();
  const [query] = useSearchParams<{ next: string }>();
  const contact = createRead(() => api.contact.current.query());
  const navigate = useNavigate();
  const [isChecking, setChecking] = createSignal(false);
  const isAsked = () =>
    session.current()?.missing[0] === 'identity' ||
    session.current()?.identityCheck === 'correctable';
  /**
   * S-NAM-03: what was given is checked at once, where the authority can. The page of the check tells what came of it, also where
   * it could not be asked.
   */
  const check = async (typed: DocumentAnswers) => {
    await session.refresh();
    if ((session.current()?.identityCheck ?? null) === null) return;
    setChecking(true);
    const { name, validityStart, validityTerm } = typed;
    await api.verification.verify.mutate({ name, validityStart, validityTerm }).catch(() => {});
    await session.refresh();
    navigate(verificationResultPath(query.next), { replace: true });
  };
  return (
    <Show
      when={!isChecking() && !isAsked() && session.current()?.maskedName}
      fallback={
        <Reading read={contact} title={copy().title}>
          {(data) => (
            <Show
              when={!isChecking()}
              fallback={
                <Page title={copy().checking}>
                  <progress aria-label={copy().checking} />
                  <p role="status">{copy().checkingText}</p>
                </Page>
              }
            >
              <Form maskedMobile={data().maskedMobile} onGiven={check} />
            </Show>
          )}
        </Reading>
      }
    >
      <Navigate href={ownPath(query.next) ?? '/account'} />
    </Show>
  );
}

type Asked = { type: string; name: string; number: string; answer(isRight: boolean): void };

function Form(props: { maskedMobile: string; onGiven(typed: DocumentAnswers): Promise<void> }) {
  const session = useSession();
  const navigate = useNavigate();
  const portal = usePortal();
  const [asked, setAsked] = createSignal<Asked>();
  const [taken, setTaken] = createSignal<{ isInReview?: true }>();
  // Whether the person claims the number of the next answer.
  let claimsNumber = false;
  const form = createDocumentForm({
    saved: null,
    async submit(typed, earlierNumber) {
      const claims = claimsNumber;
      claimsNumber = false;
      setTaken();
      const parsed = parseDocumentAnswers(typed, portal, shanghaiDate(serverNow()));
      if (!parsed.ok) return;
      const { type, name, number } = parsed.value;
      const isRight = await new Promise<boolean>((answer) =>
        setAsked({ type: documents().types[type], name, number, answer }),
      );
      setAsked(undefined);
      if (!isRight) return;
      await api.identity.give.mutate({ ...typed, earlierNumber, claimsNumber: claims });
      if (claims) {
        await session.refresh();
        navigate('/account/number', { replace: true });
      } else await props.onGiven(typed);
    },
    on: {
      ...useSignedIn(),
      'registration.number_taken'(refusal) {
        setTaken(() => refusal);
        scrollTo(0, 0);
      },
    },
  });
  return (
    <Page title={copy().title} lead={copy().lead} backTo="/account" form={form}>
      <Show when={taken()}>
        {(found) => (
          <Suspense fallback={<Loading />}>
            <NumberTaken
              isInReview={found().isInReview === true}
              onClaim={(event) => {
                claimsNumber = true;
                form.submit(event);
              }}
            />
          </Suspense>
        )}
      </Show>
      <FormBody of={form} submit={copy().submit}>
        <DocumentFields form={form} afterNumber={<EarlierNumber form={form} />} />
      </FormBody>
      <Show when={asked()}>
        {(shown) => (
          <Dialog title={copy().confirmTitle} onCancel={() => shown().answer(false)}>
            <Facts
              rows={[
                { term: copy().name, value: <Foreign>{shown().name}</Foreign> },
                { term: shown().type, value: <Num>{shown().number}</Num> },
                {
                  term: copy().mobile,
                  value: <Num>{props.maskedMobile || copy().noMobile}</Num>,
                },
              ]}
            />
            <p>{copy().confirmText}</p>
            <div class="row">
              <button type="button" class="btn" onClick={() => shown().answer(true)}>
                {copy().yes}
              </button>
              <button type="button" class="btn plain" onClick={() => shown().answer(false)}>
                {copy().no}
              </button>
            </div>
          </Dialog>
        )}
      </Show>
    </Page>
  );
}

/** The number of an earlier card, where the card prints one: both are in use, and either is to find this account. */
export function EarlierNumber(props: { form: DocumentForm }) {
  const portal = usePortal();
  const printsOne = () => {
    const { documentType, number } = props.form.values;
    const type = chosenType(documentType, portal);
    const tells = whatNumberTells(type, number, shanghaiDate(serverNow()), portal);
    return typeof tells === 'object' && printsEarlierNumber(tells.document);
  };
  return (
    <Show when={printsOne()}>
      <TextField
        field={props.form.field('earlierNumber')}
        label={copy().earlierNumber}
        hint={copy().earlierHint}
        optional
        numeric
      />
    </Show>
  );
}
