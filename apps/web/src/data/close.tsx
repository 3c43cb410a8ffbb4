import { createSignal, For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDay, formatInstant } from '../copy/format.ts';
import { usePortal } from '../portal.ts';
import { goOnAfterProof, useProved } from '../proof/with-proof.ts';
import { useSession } from '../session/session.tsx';
import { createRead } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './close.zh.ts';
import { Closing } from './closing.tsx';

const copy = defineCopy(zh, () => import('./close.en.ts'));

const path = '/account/close';
const dataPath = '/account/data';
const dayMs = 24 * 3_600_000;

/** 注销账号: what follows, when, and the question. Where it was asked for already, how to stop it. */
export function Close() {
  const session = useSession();
  // Asks who is there, and leads whoever is not signed in to the login page.
  const view = createRead(() => api.data.view.query());
  const [isAsking, setAsking] = createSignal(false);
  const [isDone, setDone] = createSignal(false);
  const { waitMs } = usePortal().cancellation;
  const isClosing = () => Boolean(session.current()?.cancellationDueAtMs);
  const request = createAction(
    async () => {
      await api.data.requestCancellation.mutate();
      setDone(true);
      await session.refresh();
    },
    { ...useProved(() => 'close'), 'account.closing': () => session.refresh() },
  );
  goOnAfterProof(path, 'close', request.run);
  return (
    <Reading read={view} title={copy().title}>
      {() => (
        <Show
          when={!isDone()}
          fallback={
            <Page
              title={isClosing() ? copy().doneTitle : copy().stoppedTitle}
              {...(isClosing() ? { lead: copy().doneText } : {})}
              backTo="/account"
            >
              <Closing />
            </Page>
          }
        >
          <Page title={copy().title} lead={copy().lead} backTo={dataPath}>
            <Closing />
            <section class="tight">
              <h2>{copy().whatHappens}</h2>
              <ul>
                <For each={copy().consequences(formatDay(serverNow() + waitMs), waitMs / dayMs)}>
                  {(line) => <li>{line}</li>}
                </For>
              </ul>
            </section>
            <section class="tight">
              <h2>{copy().before}</h2>
              <p>
                <A href={`${dataPath}#download`}>{copy().download}</A>
              </p>
            </section>
            <ActionFailure action={request} />
            <Show when={!isClosing()}>
              <div class="row">
                <button type="button" class="btn" onClick={() => setAsking(true)}>
                  {copy().request}
                </button>
              </div>
            </Show>
            <Show when={isAsking() && !isClosing()}>
              <Confirm
                title={copy().dialogTitle}
                action={request}
                confirm={copy().dialogRequest}
                cancel={copy().dialogBack}
                onClose={() => setAsking(false)}
              >
                <p>{copy().dialogText(formatInstant(serverNow() + waitMs))}</p>
              </Confirm>
            </Show>
          </Page>
        </Show>
      )}
    </Reading>
  );
}
