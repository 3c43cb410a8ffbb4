import { contactKinds, groupNumber, provedKindOf } from '@shiming/domain';
import { createSignal, For, Show } from 'solid-js';
import { A, useSearchParams } from '../router/router.tsx';
import { api } from '../api.ts';
import { documents, validityLine } from '../copy/documents.ts';
import { formatDate } from '../copy/format.ts';
import { createForm } from '../form/create-form.ts';
import { nowShows } from '../drawn-from.ts';
import { useSession } from '../session/session.tsx';
import { Chip, type Fact, Facts, Note, Num } from '../ui/blocks.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { groupMobile } from '../shared/mobile.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { Page } from '../ui/page.tsx';
import { AgreementDialog } from './agreement-dialog.tsx';
import { flowCopy, FlowNotice, FlowStep, Step, useFlow } from './flow.tsx';
import { checkCopy as copy } from './check-copy.ts';
import { signsInBy } from './contact-way.ts';
import { donePath, type Registration, pathTo } from './steps.ts';
import { Foreign } from '../ui/foreign.tsx';
import { portalWord, usePortal } from '../portal.ts';

const dayMs = 24 * 3_600_000;

/** Everything once more before it becomes an account (T-REG-14, T-REG-16). */
export function RegistrationCheck() {
  return <Step name="check">{(registration) => <Check registration={registration()} />}</Step>;
}

function Check(props: { registration: Registration }) {
  const flow = useFlow();
  const session = useSession();
  const { objectWorkingDays, restorableMs } = usePortal().numberClaims;
  const [query] = useSearchParams<{ claims: string }>();
  const [isReading, setReading] = createSignal(false);
  const by = () => signsInBy(props.registration.identity, props.registration.contact);
  const form = createForm({
    initial: { hasAgreed: false },
    validate: (typed) =>
      typed.hasAgreed ? { ok: true } : { ok: false, fields: { hasAgreed: 'agreement.missing' } },
    async submit(typed) {
      const claimsNumber = query.claims !== undefined;
      const { isActivated } = await api.registration.submit.mutate({ ...typed, claimsNumber });
      // An earlier sign-in here has ended.
      nowShows('account');
      nowShows('registration', 'none');
      await session.refresh();
      const done = isActivated ? `${donePath}?activated=1` : donePath;
      flow.open(claimsNumber ? '/account/number' : done, undefined, { replace: true });
    },
    on: flow.on,
  });

  return (
    <Page title={copy().title} lead={copy().lead[by()]} step={<FlowStep of="check" />} form={form}>
      <FlowNotice />
      <Show when={query.claims !== undefined}>
        <Note tone="warn">
          <div class="tight">
            <p>
              <b>{copy().claimTitle}</b>
            </p>
            <ul>
              <For each={copy().claimEffects(objectWorkingDays, restorableMs / dayMs)}>
                {(line) => <li>{line}</li>}
              </For>
            </ul>
          </div>
        </Note>
      </Show>
      <Show when={props.registration.identity}>
        {(identity) => (
          <>
            <Show
              when={props.registration.verification}
              fallback={<Note tone="warn">{copy().wrong}</Note>}
            >
              <Note tone="ok">{copy().checked}</Note>
            </Show>
            <Part title={copy().document} edit={copy().editDocument} to={pathTo('document')}>
              {identityFacts(identity())}
            </Part>
          </>
        )}
      </Show>
      <Part title={copy().contact} edit={copy().editContact} to={pathTo('contact')}>
        {contactFacts(props.registration.contact)}
      </Part>
      <Part title={copy().signIn} edit={copy().editPassword} to={pathTo('password')}>
        {[{ term: copy().password, value: copy().passwordSet }]}
      </Part>
      <FormBody of={form} submit={query.claims === undefined ? copy().submit : copy().claimSubmit}>
        <Checkbox
          field={form.field('hasAgreed')}
          label={
            <>
              {copy().agree}
              <button type="button" class="link" onClick={() => setReading(true)}>
                {copy().agreement(portalWord('fullName'))}
              </button>
            </>
          }
        />
      </FormBody>
      <Show when={isReading()}>
        <AgreementDialog
          onAgree={() => {
            form.field('hasAgreed').set(true);
            setReading(false);
          }}
          onClose={() => setReading(false)}
        />
      </Show>
    </Page>
  );
}

/** A part of the answers, with the way to change it, which leads back here. */
function Part(props: { title: string; edit: string; to: string; children: readonly Fact[] }) {
  return (
    <section class="tight">
      <div class="row between links">
        <h2>{props.title}</h2>
        <A href={`${props.to}?back=check`} aria-label={props.edit}>
          {flowCopy().edit}
        </A>
      </div>
      <Facts rows={props.children} />
    </section>
  );
}

function identityFacts(identity: NonNullable<Registration['identity']>): Fact[] {
  const { birthDate, sex } = identity;
  const derived = birthDate !== null && sex !== null;
  return [
    { term: copy().type, value: documents().types[identity.type] },
    {
      term: copy().name,
      value: (
        <b>
          <Foreign>{identity.name}</Foreign>
        </b>
      ),
    },
    { term: copy().number, value: <Num strong>{groupNumber(identity.number)}</Num> },
    ...(derived
      ? [
          {
            term: copy().derived,
            value: documents().sexAndBirth(documents().sexes[sex], formatDate(birthDate)),
          },
        ]
      : []),
    {
      term: copy().validity,
      value: <Num>{validityLine(identity.validity)}</Num>,
    },
  ];
}

function contactFacts(contact: Registration['contact']): Fact[] {
  if (contact === null) return [];
  const proved = provedKindOf(contact);
  const shown = { mobile: groupMobile(contact.mobile), email: contact.email };
  return contactKinds
    .filter((kind) => contact[kind] !== '')
    .map((kind) => ({
      term: copy()[kind],
      value: (
        <>
          <Num>{shown[kind]}</Num>{' '}
          <Show when={kind === proved}>
            <Chip tone="ok">{copy().proved}</Chip>
          </Show>
        </>
      ),
    }));
}
