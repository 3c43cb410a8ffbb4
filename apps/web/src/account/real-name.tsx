import {
  type Answers,
  byProfileField,
  type DocumentAnswers,
  fieldsAsked,
  parseDocumentAnswers,
  type Portal,
  type ProfileAnswers,
  printsEarlierNumber,
  profileField,
  type ProfileField,
  profileFieldIds,
  shanghaiDate,
  together,
} from '@shiming/domain';
import { createSignal, For, Show, Suspense } from 'solid-js';
import { Navigate, useNavigate, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents } from '../copy/documents.ts';
import { chosenType, whatNumberTells } from '../document-number/tells.ts';
import type { FieldBinding } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import {
  createDocumentForm,
  DocumentFields,
  type DocumentForm,
} from '../registration/document-fields.tsx';
import { verificationResultPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { ownPath } from '../shared/own-path.ts';
import { Loading } from '../ui/blocks.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { Reading } from '../ui/read.tsx';
import type { AskedIdentity } from './confirm-identity.tsx';
import type { EarlierAnswer, EarlierRule } from './earlier-number.tsx';
import { isPlain, PlainField } from './plain-field.tsx';
import { zh } from './real-name.zh.ts';

const copy = defineCopy(zh, () => import('./real-name.en.ts'));

const ConfirmIdentity = page(() => import('./confirm-identity.tsx'), 'ConfirmIdentity');
const Checking = page(() => import('./confirm-identity.tsx'), 'Checking');
const ProfileFields = page(() => import('./profile-fields.tsx'), 'ProfileFields');
const EarlierNumber = page(() => import('./earlier-number.tsx'), 'EarlierNumber');
const NumberTaken = page(() => import('./number-taken.tsx'), 'NumberTaken');

const noRule: EarlierRule = () => ({ ok: true, value: {} });

const noAnswers = byProfileField((field) =>
  profileField(field).asked === 'date' ? { year: '', month: '', day: '' } : '',
) as ProfileAnswers;

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
            <Show when={!isChecking()} fallback={<Checking />}>
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

/** What is asked for beside the document that is chosen (S-NAM-01); a correction asks for what depends on the document alone. */
const fieldsBeside = (documentType: string, portal: Portal, isCorrection: boolean) =>
  fieldsAsked({ profileFields: portal.identityFields }, chosenType(documentType, portal)).filter(
    (field) => !isCorrection || !isPlain(field),
  );

/** The number that is typed, where it is right. */
function numberOf({ documentType, number }: DocumentAnswers, portal: Portal) {
  const type = chosenType(documentType, portal);
  const told = whatNumberTells(type, number, shanghaiDate(serverNow()), portal);
  return typeof told === 'object' ? told.document : undefined;
}

/** What is missing beside the document. The rest is the server's to say. */
function missingBeside(typed: ProfileAnswers, asked: readonly ProfileField[]): Answers<unknown> {
  const isEmpty = (field: ProfileField) => {
    const value = typed[field];
    return typeof value === 'string' ? value === '' : Object.values(value).includes('');
  };
  const missing = asked
    .filter((field) => profileField(field).isOptional !== true && isEmpty(field))
    .map((field) => [field, profileField(field).missing]);
  return missing.length === 0
    ? { ok: true, value: {} }
    : { ok: false, fields: Object.fromEntries(missing) };
}

/** The fields beside the document. What only some documents ask for comes with them. */
function Beside(props: { form: DocumentForm<ProfileAnswers>; fields: readonly ProfileField[] }) {
  const portal = usePortal();
  const { form } = props;
  const fields = () => props.fields;
  const others = () => fields().filter((field) => !isPlain(field));
  const region = () => numberOf(form.values, portal)?.region ?? null;
  return (
    <>
      <Show when={others().length > 0}>
        <Suspense fallback={<Loading />}>
          <ProfileFields fields={others()} region={region()} field={(field) => form.field(field)} />
        </Suspense>
      </Show>
      <For each={fields().filter(isPlain)}>
        {(field) => <PlainField of={field} field={form.field(field) as FieldBinding<string>} />}
      </For>
    </>
  );
}

function Form(props: { maskedMobile: string; onGiven(typed: DocumentAnswers): Promise<void> }) {
  const session = useSession();
  const navigate = useNavigate();
  const portal = usePortal();
  const [asked, setAsked] = createSignal<AskedIdentity>();
  const [taken, setTaken] = createSignal<{ isInReview?: true }>();
  const isCorrection = session.current()?.identityCheck === 'correctable';
  const beside = (documentType: string) => fieldsBeside(documentType, portal, isCorrection);
  // Whether the person claims the number of the next answer.
  let claimsNumber = false;
  // The rule of an earlier number comes with its field.
  let earlierRule = noRule;
  const printsEarlier = () => {
    const number = numberOf(form.values, portal);
    return number !== undefined && printsEarlierNumber(number);
  };
  const form = createDocumentForm<ProfileAnswers & EarlierAnswer>({
    saved: null,
    more: {
      initial: { ...noAnswers, earlierNumber: '' },
      validate: (typed) =>
        together(earlierRule(typed), missingBeside(typed, beside(typed.documentType))),
    },
    async submit(typed) {
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
      const notAsked = profileFieldIds.filter((field) => !beside(type).includes(field));
      await api.identity.give.mutate({
        ...typed,
        ...Object.fromEntries(notAsked.map((field) => [field, undefined])),
        claimsNumber: claims,
      });
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
        <DocumentFields
          form={form}
          afterNumber={
            <Show when={printsEarlier()}>
              <Suspense fallback={<Loading />}>
                <EarlierNumber form={form} onRule={(rule) => (earlierRule = rule)} />
              </Suspense>
            </Show>
          }
        >
          <Beside form={form} fields={beside(form.values.documentType)} />
        </DocumentFields>
      </FormBody>
      <Show when={asked()}>
        {(shown) => (
          <Suspense>
            <ConfirmIdentity of={shown()} maskedMobile={props.maskedMobile} />
          </Suspense>
        )}
      </Show>
    </Page>
  );
}
