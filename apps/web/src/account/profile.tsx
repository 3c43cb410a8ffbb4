import { isVerified, parseProfileAnswers, type ProfileField, shanghaiDate } from '@shiming/domain';
import { createSignal, Show, Suspense } from 'solid-js';
import { A, useNavigate, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { createForm } from '../form/create-form.ts';
import { GuardianCodeField, onGuardian } from '../guardian/lazy-code-field.ts';
import { page } from '../lazy-page.ts';
import { signsInByNumber } from '../portal.ts';
import { goOnAfterProof, typedBefore, useProved } from '../proof/with-proof.ts';
import { isProfileFrozen } from '../review/view.ts';
import { entryPath } from '../session/entry.ts';
import { verificationPath } from '../session/next.ts';
import { ownPath } from '../shared/own-path.ts';
import { useSession } from '../session/session.tsx';
import { createRead } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { ActionButton, ActionFailure, createAction } from '../ui/action.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { IdentityFacts } from './identity-facts.tsx';
import { identityRows, type Revealed } from '../shared/identity-rows.ts';
import { missingFields } from './missing-fields.ts';
import {
  askedFields,
  documentOfForm,
  hasMaskedNumbers,
  type KnownProfile,
  profileAnswers,
} from './profile-form.ts';
import { ProfileFields } from './profile-fields.tsx';
import { WithIdentity } from '../session/with-identity.tsx';
import { FollowInWeChat } from '../wechat/follow.tsx';
import { zh } from './profile.zh.ts';

const copy = defineCopy(zh, () => import('./profile.en.ts'));

const UnderReview = page(() => import('../review/under-review.tsx'), 'UnderReview');

/** T-PRO-01 to 03: completes the profile after the first login, and changes it later. */
export function Profile() {
  const view = createRead(() =>
    Promise.all([api.profile.view.query(), api.review.current.query()]),
  );
  return (
    <Reading read={view} title={copy().title}>
      {(data) => (
        <WithIdentity of={data()[0]}>
          {(known) => (
            <Show when={isProfileFrozen(data()[1])} fallback={<Editor view={known()} />}>
              <Page title={copy().title} backTo="/account">
                <Suspense>
                  <UnderReview />
                </Suspense>
                <IdentityFacts rows={identityRows(known())} />
              </Page>
            </Show>
          )}
        </WithIdentity>
      )}
    </Reading>
  );
}

type Typed = ReturnType<typeof profileAnswers> & { guardianCode: string };

function Editor(props: { view: KnownProfile }) {
  const [revealed, setRevealed] = createSignal<Revealed>();
  const before = typedBefore('/account/profile', (typed) => typeof typed === 'object') as
    | Typed
    | undefined;
  return (
    <Show
      when={!hasMaskedNumbers(props.view) || before !== undefined || revealed() !== undefined}
      fallback={<Locked view={props.view} onRevealed={(all) => setRevealed(() => all)} />}
    >
      <ProfileForm view={props.view} revealed={revealed()} before={before} />
    </Show>
  );
}

/** Numbers come back masked, and a form cannot keep what it does not have: they are shown first, on request. */
function Locked(props: { view: KnownProfile; onRevealed(all: Revealed): void }) {
  const reveal = createAction(
    async () => props.onRevealed(await api.profile.reveal.mutate()),
    useProved(() => 'reveal'),
  );
  goOnAfterProof('/account/profile', 'reveal', reveal.run);
  return (
    <Page title={copy().title} lead={copy().revealNote} backTo="/account">
      <IdentityFacts
        rows={identityRows(props.view).filter(({ key }) => isField(key, props.view.fields))}
      />
      <ActionFailure action={reveal} />
      <div class="row">
        <ActionButton action={reveal}>{copy().reveal}</ActionButton>
      </div>
    </Page>
  );
}

const isField = (key: string, fields: readonly ProfileField[]): boolean =>
  (fields as readonly string[]).includes(key);

function ProfileForm(props: {
  view: KnownProfile;
  revealed: Revealed | undefined;
  before: Typed | undefined;
}) {
  const { view, revealed } = props;
  const isFirst = missingFields(view).length > 0;
  const fields = askedFields(view);
  const session = useSession();
  /** The holder of a permit is found to be under 14 by the birth date that is said here. */
  const [isChild, setChild] = createSignal(false);
  const navigate = useNavigate();
  const [query] = useSearchParams<{ next: string }>();

  const form = createForm({
    initial: props.before ?? { ...profileAnswers(view, revealed), guardianCode: '' },
    validate: (typed) =>
      parseProfileAnswers(typed, documentOfForm(view), shanghaiDate(serverNow()), view.fields),
    async submit(typed) {
      await api.profile.save.mutate(typed);
      await session.refresh();
      if (isFirst) navigate(verificationPath(ownPath(query.next) ?? entryPath()));
      else navigate('/account', { state: { isSaved: true } });
    },
    on: {
      ...useProved((typed: Typed) => typed),
      ...onGuardian(() => {
        setChild(true);
        return { at: 'guardianCode' };
      }),
    },
  });
  const fixedRows = () =>
    identityRows(view, revealed).filter(
      ({ key }) => !isField(key, fields) && key !== 'mobile' && key !== 'email',
    );

  return (
    <Page
      title={isFirst ? copy().firstTitle : copy().title}
      lead={isFirst ? copy().firstLead : undefined}
      backTo={isFirst ? undefined : '/account'}
      form={form}
    >
      <FormBody of={form} submit={isFirst ? copy().submitFirst : copy().submit}>
        <ProfileFields fields={fields} region={view.region} field={(field) => form.field(field)} />
        <Show when={isChild()}>
          <Suspense>
            <GuardianCodeField field={form.field('guardianCode')} />
          </Suspense>
        </Show>
      </FormBody>
      <section class="tight">
        <p>
          {copy().weChat}
          <Show when={!isFirst}>
            {' '}
            <A href="/account/wechat">{copy().weChatLink}</A>
          </Show>
        </p>
        <FollowInWeChat />
      </section>
      <section class="stack">
        <h2>{copy().fixed}</h2>
        <IdentityFacts rows={fixedRows()} />
        <div class="tight soft">
          <p>
            {copy().whereName}
            <Show when={!isFirst} fallback={copy().whereNameLink}>
              <A href={verificationPath()}>{copy().whereNameLink}</A>
            </Show>
            {copy().whereNameAfter}
          </p>
          <p>{signsInByNumber() ? copy().whereNumber : copy().whereFixed}</p>
          <Show when={!isFirst && isVerified(view)}>
            <p>{copy().verified}</p>
          </Show>
        </div>
      </section>
    </Page>
  );
}
