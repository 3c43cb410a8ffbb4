import { isPhotoSide, type CaseTask } from '@shiming/domain';
import { Show, Suspense } from 'solid-js';
import { A } from '../router/router.tsx';
import { documentPhotos } from '../copy/documents.photos.ts';
import { formatDay } from '../copy/format.ts';
import { GiveConsent } from '../data/lazy-give-consent.ts';
import { page } from '../lazy-page.ts';
import { useSession } from '../session/session.tsx';
import { Chip, Facts, Loading, Note, type Tone } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { reviewCopy } from './copy.ts';
import { useReview } from './flow.tsx';
import { tasksCopy as copy } from './tasks-copy.ts';
import { checkPath, missingOf, taskOf, taskPath, tasks } from './view.ts';

const Reasons = page(() => import('./reasons.tsx'), 'Reasons');

/** T-REV-01: the four tasks with their saved state, and what is left of the period. */
export function Tasks() {
  const { now } = useReview();
  const reasons = () => now().request?.reasons ?? [];
  return (
    <Page title={reviewCopy().title} lead={copy().lead} backTo="/account">
      <Left />
      <Show when={reasons().length > 0}>
        <section class="stack">
          <h2>{copy().corrects}</h2>
          <Suspense fallback={<Loading />}>
            <Reasons reasons={reasons()} photos={now().last?.photos} />
          </Suspense>
        </section>
      </Show>
      <TaskList />
    </Page>
  );
}

function Left() {
  const { now } = useReview();
  const session = useSession();
  return (
    <>
      <Show
        when={now().remaining > 0}
        fallback={
          <Note tone="warn">
            <p>{copy().usedUp(now().perPeriod, formatDay(now().resumesAtMs))}</p>
          </Note>
        }
      >
        <Note>
          <p>{copy().left(now().perPeriod, now().remaining)}</p>
        </Note>
      </Show>
      <Show when={session.current()?.hasConsented === false}>
        <Suspense fallback={<Loading />}>
          <GiveConsent consent={{ kind: 'document_number' }} />
        </Suspense>
      </Show>
    </>
  );
}

/** Each task with its state, and the way on once nothing is missing. */
function TaskList() {
  const { now, uploads } = useReview();
  const missing = () => missingOf(now());
  const hint = (task: CaseTask) =>
    task === 'a' || task === 'b'
      ? documentPhotos().sides[now().documentType][task]
      : copy().hints[task];
  const isWrong = (task: CaseTask) =>
    (now().request?.reasons ?? []).some(({ item }) => taskOf(item) === task);
  const state = (task: CaseTask): { tone: Tone; text: string } => {
    const { states } = copy();
    const upload = isPhotoSide(task) ? uploads.of(task) : undefined;
    switch (upload?.stage) {
      case 'preparing':
        return { tone: 'info', text: states.preparing };
      case 'sending':
        return { tone: 'info', text: states.sending(Math.floor(upload.share * 100)) };
      case 'failed':
        return { tone: 'bad', text: states.failed };
      case 'done':
      case undefined:
        break;
    }
    if (missing().includes(task)) return { tone: 'warn', text: states.todo };
    return task === 'answers' && isWrong(task)
      ? { tone: 'warn', text: states.wrong }
      : { tone: 'ok', text: states.done };
  };
  const rows = () =>
    tasks.map((task) => {
      const name = reviewCopy().tasks[task];
      const { tone, text } = state(task);
      return {
        term: <b>{name}</b>,
        value: (
          <>
            <Chip tone={tone}>{text}</Chip>
            <br />
            <span class="soft small">{hint(task)}</span>
          </>
        ),
        action: (
          <A
            class="link"
            href={taskPath(task)}
            aria-label={
              missing().includes(task) ? copy().startLabel(name) : reviewCopy().changeLabel(name)
            }
          >
            {missing().includes(task) ? copy().start : reviewCopy().change}
          </A>
        ),
      };
    });
  return (
    <section class="stack">
      <h2>{copy().tasks}</h2>
      <div aria-live="polite">
        <Facts rows={rows()} />
      </div>
      <Show
        when={missing().length === 0}
        fallback={
          <Show when={missing().length < tasks.length}>
            <p class="soft">
              {copy().stillMissing(
                missing()
                  .map((task) => reviewCopy().tasks[task])
                  .join(copy().and),
              )}
            </p>
          </Show>
        }
      >
        <Show when={now().remaining > 0}>
          <div class="row">
            <A class="btn" href={checkPath}>
              {reviewCopy().toCheck}
            </A>
          </div>
        </Show>
      </Show>
      <Show when={now().request?.expiresAtMs}>
        {(untilMs) => <p class="soft small">{copy().savedUntil(formatDay(untilMs()))}</p>}
      </Show>
    </section>
  );
}
