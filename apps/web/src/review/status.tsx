import {
  groupCaseNumber,
  isPhotoSide,
  isVerified,
  type CaseItem,
  type TimelineEvent,
} from '@shiming/domain';
import { createSignal, Match, Show, Suspense, Switch } from 'solid-js';
import { A } from '../router/router.tsx';
import { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDate, formatDay } from '../copy/format.ts';
import { page } from '../lazy-page.ts';
import { usePortal } from '../portal.ts';
import { verificationPath } from '../session/next.ts';
import { useSignedIn } from '../session/signed-in.tsx';
import { ActionButton, ActionFailure, Confirm, createAction } from '../ui/action.tsx';
import { Chip, type Fact, Facts, Loading, Note, Num } from '../ui/blocks.tsx';
import { Instant } from '../ui/instant.tsx';
import { Page } from '../ui/page.tsx';
import { reviewCopy } from './copy.ts';
import { useReview } from './flow.tsx';
import { requestRows } from './receipt.tsx';
import { zh } from './status.zh.ts';
import { checkPath, missingOf, receiptPath, type ReviewRequest, taskOf, taskPath } from './view.ts';

const copy = defineCopy(zh, () => import('./status.en.ts'));

const loadReasons = () => import('./reasons.tsx');
const Reasons = page(loadReasons, 'Reasons');
const ReasonLine = page(loadReasons, 'ReasonLine');

/** Where a request stands that has been sent off, or how the last one ended (T-REV-04 to 06). */
export function Status() {
  const { now } = useReview();
  return (
    <Show
      when={now().request}
      fallback={<Show when={now().last}>{(last) => <Ended last={last()} />}</Show>}
    >
      {(request) => (
        <Show when={request().status === 'returned'} fallback={<Waiting request={request()} />}>
          <Returned request={request()} />
        </Show>
      )}
    </Show>
  );
}

function CaseNumber(props: { request: ReviewRequest }) {
  return (
    <>
      {reviewCopy().caseNumber} <Num>{groupCaseNumber(props.request.caseNumber ?? '')}</Num>
    </>
  );
}

function Waiting(props: { request: ReviewRequest }) {
  const { now } = useReview();
  const withdrawing = () => {
    if (now().isOverdue) return copy().overdueText;
    const isUnopened = props.request.events.every(({ kind }) => kind !== 'opened');
    return isUnopened ? copy().withdrawText : copy().giveUpText;
  };
  return (
    <Page
      title={copy().waiting}
      backTo="/account"
      step={
        <p>
          <Chip>{now().place === null ? copy().chips.reviewing : copy().chips.queued}</Chip>
        </p>
      }
    >
      <Facts rows={requestRows(props.request)} />
      <Show when={now().isPaused}>
        <Note tone="warn">
          <p>
            {copy().paused} <A href="/account/data">{copy().toConsent}</A>
          </p>
        </Note>
      </Show>
      <Show when={now().isOverdue}>
        <Note tone="warn">
          <p>{copy().overdue}</p>
        </Note>
      </Show>
      <Note>
        <p>{copy().frozen}</p>
      </Note>
      <Timeline request={props.request} />
      <div class="row">
        <A class="btn plain" href={receiptPath}>
          {copy().receipt}
        </A>
        <Show when={now().canWithdraw}>
          <Withdraw text={withdrawing()} />
        </Show>
      </div>
    </Page>
  );
}

/** T-CON-04: single items are asked for again. */
function Returned(props: { request: ReviewRequest }) {
  const { now } = useReview();
  const items = () => props.request.returned ?? [];
  const photos = () => items().filter(isPhotoSide).length;
  const missing = () => missingOf(now());
  const isReplaced = (item: CaseItem) => isPhotoSide(item) && !missing().includes(item);
  /** What is replaced is not what the marks are on. */
  const marked = () => {
    const { photos: all } = props.request;
    return {
      a: isReplaced('a') ? null : all.a,
      b: isReplaced('b') ? null : all.b,
      holding: isReplaced('holding') ? null : all.holding,
    };
  };
  const action = (item: CaseItem) => {
    const task = taskOf(item);
    return (
      task !== null && (
        <>
          <Show when={isReplaced(item)}>
            <Note tone="ok">
              <p>{copy().reshot}</p>
            </Note>
          </Show>
          <div class="row">
            <A class="btn" classList={{ plain: isReplaced(item) }} href={taskPath(task)}>
              {isPhotoSide(item) ? copy().reshoot : copy().correct}
            </A>
          </div>
        </>
      )
    );
  };
  return (
    <Page
      title={copy().returned(photos(), items().length - photos())}
      backTo="/account"
      step={
        <p>
          <Chip tone="bad">{copy().chips.returned}</Chip>
        </p>
      }
      lead={
        <>
          <CaseNumber request={props.request} /> · {copy().returnedLead}
        </>
      }
    >
      <Suspense fallback={<Loading />}>
        <Reasons reasons={props.request.reasons} photos={marked()} action={action} />
      </Suspense>
      <Show when={missing().length === 0}>
        <div class="row">
          <A class="btn" href={checkPath}>
            {reviewCopy().toCheck}
          </A>
        </div>
      </Show>
      <Show when={props.request.expiresAtMs}>
        {(untilMs) => <p>{copy().returnedUntil(formatDay(untilMs()))}</p>}
      </Show>
      <Timeline request={props.request} />
      <div class="row">
        <Withdraw text={copy().giveUpText} />
      </div>
    </Page>
  );
}

const tones = { approved: 'ok', rejected: 'bad', withdrawn: 'info', expired: 'warn' } as const;
type EndStatus = keyof typeof tones;
const isEnd = (status: string): status is EndStatus => status in tones;

function Ended(props: { last: ReviewRequest }) {
  const { now } = useReview();
  const status = (): EndStatus => (isEnd(props.last.status) ? props.last.status : 'expired');
  return (
    <Page
      title={copy()[status()]}
      backTo="/account"
      step={
        <p>
          <Chip tone={tones[status()]}>{copy().chips[status()]}</Chip>
        </p>
      }
      lead={<CaseNumber request={props.last} />}
    >
      <Switch>
        <Match when={status() === 'approved'}>
          <Note tone="ok">
            <p>{copy().approvedText}</p>
          </Note>
          <div class="row">
            <A class="btn" href="/">
              {copy().toServices}
            </A>
            <A class="btn plain" href={verificationPath()}>
              {reviewCopy().toVerification}
            </A>
          </div>
          <Show when={now().isOffered && now().remaining > 0}>
            <p>
              {copy().renew} <A href={taskPath('answers')}>{copy().applyAgain}</A>
            </p>
          </Show>
        </Match>
        <Match when={status() === 'rejected'}>
          <Suspense fallback={<Loading />}>
            <Note tone="bad">
              <ReasonLine reasons={props.last.reasons} />
            </Note>
            <Reasons reasons={props.last.reasons} photos={props.last.photos} />
          </Suspense>
          <Again label={copy().fixByReasons} />
        </Match>
        <Match when={status() === 'withdrawn' || status() === 'expired'}>
          <div role="status">
            <Note>
              <p>{status() === 'expired' ? copy().expiredText : copy().withdrawnText}</p>
            </Note>
          </div>
          <Again label={copy().applyAgain} />
        </Match>
      </Switch>
      <Timeline request={props.last} />
      <Show when={!isVerified(now()) && now().isOffered}>
        <p>
          <A href={verificationPath()}>{reviewCopy().toVerification}</A>
        </p>
      </Show>
    </Page>
  );
}

/** T-REV-06: goes on from everything that was right. */
function Again(props: { label: string }) {
  const { now, again } = useReview();
  const begin = createAction(async () => {
    await api.review.correct.mutate();
    await again();
    scrollTo(0, 0);
  }, useSignedIn());
  return (
    <Show when={now().isOffered}>
      <ActionFailure action={begin} />
      <Show
        when={now().remaining > 0}
        fallback={<p>{copy().usedUp(formatDay(now().resumesAtMs))}</p>}
      >
        <div class="row">
          <ActionButton action={begin}>{props.label}</ActionButton>
          <span class="soft small">{copy().left(now().remaining)}</span>
        </div>
      </Show>
    </Show>
  );
}

/** What happened, as the person reads it; `isAgain` of an event that happened before. */
function said({ kind, items }: TimelineEvent, isAgain: boolean): string {
  const { events } = copy();
  if (kind === 'opened') return isAgain ? events.openedAgain : events.opened;
  if (kind !== 'returned') return events[kind];
  const tasks = items.flatMap((item) => taskOf(item) ?? []);
  return events.returned([...new Set(tasks)].map((task) => reviewCopy().tasks[task]));
}

/** Everything that has happened to a request, and what comes next. */
function Timeline(props: { request: ReviewRequest }) {
  const { now } = useReview();
  const rows = (): Fact[] => {
    const { status, events, dueDate } = props.request;
    return [
      ...events.map((event, at) => {
        const isAgain = events.slice(0, at).some(({ kind }) => kind === event.kind);
        return { term: <Instant atMs={event.atMs} />, value: said(event, isAgain) };
      }),
      ...(status === 'waiting'
        ? [
            {
              term: copy().now,
              value: (
                <Show when={now().place} fallback={copy().events.reviewing}>
                  {(band) => (
                    <>
                      {copy().events.queued}
                      <br />
                      <span class="soft">{copy().place(band().from, band().to)}</span>
                    </>
                  )}
                </Show>
              ),
            },
            {
              term: copy().latest(formatDate(dueDate ?? '')),
              value: (
                <span class="soft">{copy().events.result(usePortal().review.workingDays)}</span>
              ),
            },
          ]
        : []),
    ];
  };
  return (
    <section class="stack">
      <h2>{copy().timeline}</h2>
      <Facts rows={rows()} />
      <p>
        <A href="/account/security#looks">{copy().whoLooked}</A>
      </p>
    </section>
  );
}

function Withdraw(props: { text: string }) {
  const { again } = useReview();
  const [isAsking, setAsking] = createSignal(false);
  const withdraw = createAction(
    async () => {
      await api.review.withdraw.mutate();
      await again();
      scrollTo(0, 0);
    },
    {
      ...useSignedIn(),
      // A reviewer may have opened it meanwhile: the page shows it.
      async otherwise(failure) {
        await again();
        return failure;
      },
    },
  );
  return (
    <>
      <ActionFailure action={withdraw} />
      <button type="button" class="btn plain" onClick={() => setAsking(true)}>
        {copy().withdraw}
      </button>
      <Show when={isAsking()}>
        <Confirm
          title={copy().withdrawTitle}
          action={withdraw}
          confirm={copy().withdrawConfirm}
          cancel={copy().withdrawBack}
          onClose={() => setAsking(false)}
        >
          <p>{props.text}</p>
        </Confirm>
      </Show>
    </>
  );
}
