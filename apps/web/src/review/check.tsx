import { dueAfterWorkingDays, photoSides } from '@shiming/domain';
import { createSignal, For, Show, Suspense } from 'solid-js';
import { A, useNavigate } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { validityLine } from '../copy/documents.ts';
import { formatDate, formatDay } from '../copy/format.ts';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import { usePortal } from '../portal.ts';
import { reviewPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { useSignedIn } from '../session/signed-in.tsx';
import { ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Facts, Loading, Note, Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { reviewCopy } from './copy.ts';
import { zh } from './check.zh.ts';
import { useReview } from './flow.tsx';
import { BigPicture } from './photo/picture.tsx';
import { tasksCopy } from './tasks-copy.ts';
import {
  isReturned,
  mayChange,
  missingOf,
  photoAddress,
  receiptPath,
  taskPath,
  tellingChannel,
  toldAt,
} from './view.ts';

const copy = defineCopy(zh, () => import('./check.en.ts'));

const due = () => dueAfterWorkingDays(serverNow(), usePortal().review.workingDays);

/** /account/review/check: everything once more, with the photos large, before what can not be undone (T-REV-03). */
export function ReviewCheck() {
  const { now, again } = useReview();
  const navigate = useNavigate();
  const session = useSession();
  const [isAsking, setAsking] = createSignal(false);
  const request = () => now().request;
  const channel = () => tellingChannel(now(), request()?.channel ?? 'inbox');
  const isAnswer = () => isReturned(now());
  const isComplete = () =>
    missingOf(now()).length === 0 && (request()?.status === 'draft' || isAnswer());
  const missingConsent = (): 'document_number' | 'photos' | undefined => {
    if (session.current()?.hasConsented === false) return 'document_number';
    return now().mayTakePhotos ? undefined : 'photos';
  };
  const maySubmit = () => isComplete() && (isAnswer() || now().remaining > 0);

  const submit = createAction(
    async () => {
      await api.review.submit.mutate();
      await again();
      navigate(receiptPath, { replace: true });
    },
    {
      ...useSignedIn(),
      // It was withdrawn elsewhere: the page asks for it.
      async 'consent.required'() {
        await session.refresh();
        await again();
      },
      // Where another page has changed it, this one shows what it has become.
      async otherwise(failure) {
        await again();
        return failure;
      },
    },
  );
  return (
    <Page
      title={isAnswer() ? copy().titleReturned : copy().title}
      lead={copy().lead}
      backTo={reviewPath}
    >
      <ActionFailure action={submit} />
      <Show when={request()?.answers}>
        {(answers) => (
          <section class="stack">
            <h2>{copy().answers}</h2>
            <Facts
              rows={[
                { term: copy().name, value: answers().name },
                {
                  term: copy().validity,
                  value: <Num>{validityLine(answers().validity)}</Num>,
                },
                { term: reviewCopy().reason, value: answers().reason },
                {
                  term: reviewCopy().channel,
                  value: (
                    <>
                      {reviewCopy().channels[channel()]} <Num>{toldAt(now(), channel())}</Num>
                    </>
                  ),
                },
              ]}
            />
            <Show when={mayChange(now(), 'answers')}>
              <p>
                <A href={taskPath('answers')} aria-label={reviewCopy().changeLabel(copy().answers)}>
                  {reviewCopy().change}
                </A>
              </p>
            </Show>
          </section>
        )}
      </Show>
      <For each={photoSides}>
        {(side) => (
          <section class="stack">
            <h2>{reviewCopy().tasks[side]}</h2>
            <Show when={request()?.photos[side]}>
              {(photo) => (
                <BigPicture
                  photo={{ ...photo(), address: photoAddress(photo()) }}
                  label={reviewCopy().tasks[side]}
                  action={
                    mayChange(now(), side) && (
                      <A
                        href={taskPath(side)}
                        aria-label={reviewCopy().changeLabel(reviewCopy().tasks[side])}
                      >
                        {reviewCopy().change}
                      </A>
                    )
                  }
                />
              )}
            </Show>
          </section>
        )}
      </For>
      <Show
        when={maySubmit()}
        fallback={
          <Note tone="warn">
            <p>
              {now().remaining === 0 && isComplete()
                ? tasksCopy().usedUp(now().perPeriod, formatDay(now().resumesAtMs))
                : copy().incomplete}{' '}
              <A class="whole" href={reviewPath}>
                {reviewCopy().toList}
              </A>
            </p>
          </Note>
        }
      >
        <Note>
          <p>
            {copy().due(formatDate(due().date))}
            <Show when={due().isProvisional}>{reviewCopy().provisional}</Show>
          </p>
          <p>{copy().frozen}</p>
        </Note>
        <Show
          when={missingConsent() === undefined}
          fallback={
            <Suspense fallback={<Loading />}>
              <Show when={missingConsent()} keyed>
                {(kind) => <GiveConsent consent={{ kind }} onGiven={again} />}
              </Show>
            </Suspense>
          }
        >
          <div class="row">
            <button type="button" class="btn" onClick={() => setAsking(true)}>
              {copy().submit}
            </button>
          </div>
        </Show>
      </Show>
      <Show when={isAsking() && maySubmit()}>
        <Confirm
          title={copy().dialogTitle}
          action={submit}
          confirm={copy().confirm}
          cancel={copy().back}
          onClose={() => setAsking(false)}
        >
          <p>
            {isAnswer() ? copy().dialogReturned : copy().dialog(now().perPeriod, now().remaining)}
          </p>
        </Confirm>
      </Show>
    </Page>
  );
}
