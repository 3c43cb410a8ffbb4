import { maskNumber } from '@shiming/domain';
import { A, Navigate } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { useSession } from '../session/session.tsx';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { useFlow } from './flow.tsx';
import { reviewCopy as copy } from './review-copy.ts';

/** The account exists and its owner is signed in. */
export function DonePage() {
  const flow = useFlow();
  const session = useSession();
  // After a reload the draft is gone, and with it the number; the page says the same without it.
  const number = () => flow.registration()?.document?.number;
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
                    <b class="num">{maskNumber(own())}</b>
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
            <For each={copy().next}>
              {(step) => (
                <li>
                  <b>{step.title}</b>
                  <span class="soft">{step.text}</span>
                </li>
              )}
            </For>
          </ol>
          <div class="row">
            <A class="btn" href="/account/profile">
              {copy().toProfile}
            </A>
          </div>
        </section>
      </Page>
    </Show>
  );
}
