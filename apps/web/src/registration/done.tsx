import { maskNumber } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { Navigate } from '../router/router.tsx';
import { NextStepWays, useNextStep } from '../session/next-step.tsx';
import { useSession } from '../session/session.tsx';
import { Note, Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { useFlow } from './flow.tsx';
import { checkCopy as copy } from './check-copy.ts';
import { portalWord } from '../portal.ts';

/** The account exists and its owner is signed in. */
export function RegistrationDone() {
  const flow = useFlow();
  const session = useSession();
  // After a reload the draft is gone, and with it the number; the page says the same without it.
  const next = useNextStep();
  /** No authority checks some documents: their holders go on with a review. */
  const steps = () => {
    const step = session.current()?.next;
    const { profile, verify, review, services } = copy().next;
    const isReview = step?.step === 'complete_profile' && step.afterwards === 'ask_for_review';
    const last = { ...services, text: services.text(portalWord('services')) };
    return [profile, isReview ? review : verify, last];
  };
  const number = () => flow.registration()?.identity?.number;
  return (
    <Show when={session.current() !== null} fallback={<Navigate href="/login" />}>
      <Page title={copy().doneTitle} lead={copy().doneLead}>
        <Note tone="ok">
          <div class="tight">
            <p>
              {copy().account}
              <Show when={number()}>
                {(own) => (
                  <>
                    {' '}
                    <Num strong>{maskNumber(own())}</Num>
                  </>
                )}
              </Show>
              {copy().accountAfter}
            </p>
            <p>{copy().fixed}</p>
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
