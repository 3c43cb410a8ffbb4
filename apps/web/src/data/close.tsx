import { isVerified } from '@shiming/domain';
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
  // Asks who is there, and leads people who are not signed in to the login page.
  const view = createRead(() => api.data.view.query());
  const [isAsking, setAsking] = createSignal(false);
  const [isDone, setDone] = createSignal(false);
  const [isAskingNow, setAskingNow] = createSignal(false);
  const [isClosed, setClosed] = createSignal(false);
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
  const closeNow = createAction(
    async () => {
      await api.data.closeAtOnce.mutate();
      setClosed(true);
      await session.refresh();
    },
    useProved(() => 'now'),
  );
  goOnAfterProof(path, 'now', closeNow.run);
  const isUnverified = () => {
    const current = session.current();
    return Boolean(current && !isVerified(current));
  };
  return (
    <Reading read={view} title={copy().title}>
      {() => (
        <Show
          when={!isDone() && !isClosed()}
          fallback={
            <Show
              when={isClosed()}
              fallback={
                <Page
                  title={isClosing() ? copy().doneTitle : copy().stoppedTitle}
                  lead={isClosing() ? copy().doneText : undefined}
                  backTo="/account"
                >
                  <Closing />
                </Page>
              }
            >
              <Page title={copy().closedTitle} lead={copy().closedText}>
                <p>
                  <A href="/registration">{copy().register}</A>
                </p>
              </Page>
            </Show>
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
            <Show when={isUnverified()}>
              <section class="stack">
                <h2>{copy().wrongNumber}</h2>
                <p>{copy().wrongNumberText}</p>
                <ActionFailure action={closeNow} />
                <div class="row">
                  <button type="button" class="btn plain" onClick={() => setAskingNow(true)}>
                    {copy().closeNow}
                  </button>
                </div>
              </section>
              <Show when={isAskingNow()}>
                <Confirm
                  title={copy().nowTitle}
                  action={closeNow}
                  confirm={copy().closeNow}
                  cancel={copy().dialogBack}
                  onClose={() => setAskingNow(false)}
                >
                  <p>{copy().nowText(waitMs / dayMs)}</p>
                </Confirm>
              </Show>
            </Show>
          </Page>
        </Show>
      )}
    </Reading>
  );
}
