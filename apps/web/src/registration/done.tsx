import { contactIdentifiers, isVerified, maskNumber } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { Navigate, useSearchParams } from '../router/router.tsx';
import { NextStepWays, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { Note, Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { useFlow } from './flow.tsx';
import { checkCopy as copy } from './check-copy.ts';
import { portalWord, usePortal } from '../portal.ts';
import { signsInBy } from './contact-way.ts';

/** The account exists and its owner is signed in. */
export function RegistrationDone() {
  const flow = useFlow();
  const session = useSession();
  const [query] = useSearchParams<{ activated: string }>();
  // After a reload the draft is gone, and with it the number; the page says the same without it.
  const next = useNextStep();
  /** No authority checks some documents: their holders go on with a review. */
  const steps = () => {
    const step = session.current()?.next;
    const { verify, review, raise, services, ...needs } = copy().next;
    const isReview = step?.step === 'complete_profile' && step.afterwards === 'ask_for_review';
    const { needs: asked, services: behind } = usePortal();
    const isChecked = isVerified({ level: session.current()?.level ?? 0 });
    const isVerifiedFirst = !isChecked && behind.some((service) => isVerified(service));
    const missing = session.current()?.missing ?? asked;
    return [
      ...missing.map((need) => needs[need]),
      ...(isVerifiedFirst ? [isReview ? review : verify] : []),
      ...(step?.step === 'raise_level' ? [raise] : []),
      { ...services, text: services.text(portalWord('services')) },
    ];
  };
  const { contacts } = usePortal();
  const before = flow.registration();
  const by = signsInBy(before?.identity ?? null, before?.contact ?? null);
  const name = () => {
    if (before === null) return undefined;
    const { identity, contact } = before;
    return by === 'number'
      ? maskNumber(identity?.number ?? '')
      : contact && contactIdentifiers[by].mask(contact[by]);
  };
  return (
    <Show when={session.current() !== null} fallback={<Navigate href="/login" />}>
      <Page
        title={query.activated === undefined ? copy().doneTitle : copy().activatedTitle}
        lead={`${copy().doneLead}${contacts.asks === 'all' && contacts.kinds.includes('email') ? copy().proveMail : ''}`}
      >
        <Note tone="ok">
          <div class="tight">
            <p>
              {copy().account[by]}
              <Show when={name()}>
                {(own) => (
                  <>
                    {' '}
                    <Num strong>{own()}</Num>
                  </>
                )}
              </Show>
              {copy().accountAfter}
            </p>
            <Show when={by === 'number'}>
              <p>{copy().fixed}</p>
            </Show>
          </div>
        </Note>
        <section>
          <h2>{copy().nextTitle}</h2>
          <ol class="steps tall">
            <For each={steps()}>
              {(step) => (
                <li>
                  <b>{step.title}</b>
                  <span class="soft">{step.text}</span>
                </li>
              )}
            </For>
          </ol>
          <Show when={next()}>{(told) => <NextStepWays told={told()} />}</Show>
        </section>
      </Page>
    </Show>
  );
}
