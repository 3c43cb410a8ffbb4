import { groupCaseNumber, groupNumber, provedKindOf } from '@shiming/domain';
import { For, Show, untrack } from 'solid-js';
import { A, Navigate, useSearchParams } from '../router/router.tsx';
import { Page } from '../ui/page.tsx';
import { useFlow } from './flow.tsx';
import { checkCopy as copy } from './check-copy.ts';
import { type Registration, pathTo, startPath } from './steps.ts';
import { groupMobile } from '../shared/mobile.tsx';
import { NewTab, Note, Num } from '../ui/blocks.tsx';

/** Told only to a person who has proved a contact: the number, or the contact itself, has an account (T-REG-16, S-REG-03). */
export function RegistrationTaken() {
  const flow = useFlow();
  const [search] = useSearchParams<{ what: string }>();
  const registration = untrack(() => flow.registration());
  if (registration === null) return <Navigate href={startPath} />;
  if (search.what === 'activation') return <Activation registration={registration} />;
  const of = search.what === 'contact' ? contactOf(registration) : numberOf(registration);
  const isInReview = search.what === 'review';
  return (
    <Page
      title={isInReview ? copy().inReviewTitle : copy().takenTitles[of.kind]}
      lead={
        <>
          {copy().takenLeads[of.kind]}
          <br />
          {copy().takenValue}
          <Num strong>{of.value}</Num>
          {copy().takenValueAfter}
        </>
      }
    >
      <Show when={of.kind === 'number' && flow.ownClaim()}>
        {(claimNumber) => (
          <Note>
            <div class="tight">
              <p>
                {copy().ownClaim}
                <Num strong>{groupCaseNumber(claimNumber())}</Num>
                {copy().ownClaimAfter}
              </p>
              <p>{copy().ownClaimText}</p>
            </div>
          </Note>
        )}
      </Show>
      <section class="card stack">
        <div class="tight">
          <h2>{copy().isMine[of.kind]}</h2>
          <p>{copy().isMineText}</p>
        </div>
        <A class="btn" href="/login">
          {copy().toSignIn}
        </A>
        <A href="/recovery">{copy().forgotten}</A>
      </section>
      <section class="card stack">
        <div class="tight">
          <h2>{copy().isWrong[of.kind]}</h2>
          <p>{copy().isWrongText[of.kind]}</p>
        </div>
        <A class="btn quiet" href={pathTo(of.kind === 'number' ? 'document' : 'contact')}>
          {copy().toChange[of.kind]}
        </A>
      </section>
      <Show when={of.kind === 'number' && !isInReview && flow.ownClaim() === undefined}>
        <section class="card stack">
          <div class="tight">
            <h2>{copy().isNotMine}</h2>
            <p>{copy().isNotMineText}</p>
          </div>
          <A class="btn quiet" href={`${pathTo('check')}?claims=1`}>
            {copy().toClaim}
          </A>
        </section>
      </Show>
      <p class="soft">
        {copy().never}
        <NewTab href="/tickets/new">{copy().help}</NewTab>
        {copy().neverAfter}
      </p>
    </Page>
  );
}

/** E-ACT-01a: what is said of an account that a provincial platform has handed over. */
function Activation(props: { registration: Registration }) {
  return (
    <Page title={copy().activationTitle} lead={copy().activationLead}>
      <ol class="steps tall">
        <For each={copy().activationSteps}>
          {(step) => (
            <li>
              <b>{step.title}</b>
              <span class="soft">{step.text}</span>
            </li>
          )}
        </For>
      </ol>
      <div class="row">
        <A class="btn" href={`${pathTo(props.registration.step)}?activate=1`}>
          {copy().activate}
        </A>
      </div>
    </Page>
  );
}

const numberOf = ({ identity }: Registration) => ({
  kind: 'number' as const,
  value: groupNumber(identity?.number ?? ''),
});

function contactOf({ contact }: Registration) {
  const kind = contact === null ? 'mobile' : provedKindOf(contact);
  const value = contact?.[kind] ?? '';
  return { kind, value: kind === 'mobile' ? groupMobile(value) : value };
}
