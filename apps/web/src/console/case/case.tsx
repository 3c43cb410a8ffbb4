import { groupCaseNumber, caseRule, shanghaiDate } from '@shiming/domain';
import { createEffect, createSignal, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { A, useParams } from '../../router/router.tsx';
import { serverNow } from '../../clock.ts';
import { failureSentence } from '../../copy/failures.ts';
import { formatInstant, formatTime } from '../../copy/format.ts';
import { ui } from '../../copy/ui.ts';
import { Loading, Num } from '../../ui/blocks.tsx';
import { page } from '../../lazy-page.ts';
import { type KeyBinding, useKeys } from '../keys.ts';
import { useStaff } from '../session/staff.tsx';
import { useWholeScreen } from '../shell.tsx';
import type { CaseView } from './ahead.ts';
import { caseCopy as copy } from './case-copy.ts';
import { Decide } from './decide.tsx';
import { type Desk, secondsLeft, type Undoable, useDesk } from './desk.ts';
import { workingDaysLeft } from './due.ts';
import { CaseFacts, lastReasons } from './facts.tsx';
import { PhotoStage, useStage } from './stage.tsx';

const Closed = page(() => import('./closed.tsx'), 'Closed');

/** T-CON-03, T-CON-04: the screen of a case. Another address is another screen: nothing of a case stays. */
export function Case() {
  const params = useParams<{ caseId: string }>();
  useWholeScreen();
  return (
    <Show when={params.caseId} keyed>
      {(caseId) => <Screen caseId={caseId} />}
    </Show>
  );
}

/** What changes by itself while one looks. */
function useSecond(): () => number {
  const [now, setNow] = createSignal(serverNow());
  const timer = setInterval(() => setNow(serverNow()), 1000);
  onCleanup(() => clearInterval(timer));
  return now;
}

function Screen(props: { caseId: string }) {
  const desk = useDesk(props.caseId);
  const staff = useStaff();
  const stage = useStage();
  const now = useSecond();
  const openedAtMs = serverNow();
  const view = () => desk.file()?.view;
  const caseNumber = () => groupCaseNumber(view()?.caseNumber ?? '');
  const canTake = () => desk.lease() === null && !desk.isSettled() && isOpen();
  const isOpen = () => {
    const status = view()?.status;
    return desk.undoable()?.caseId !== props.caseId && (!status || status === 'waiting');
  };

  createEffect(() => {
    document.title = `${copy().titleOf(caseNumber())} - ${copy().title}`;
  });
  let heading: HTMLElement | undefined;
  onMount(() => heading?.focus({ preventScroll: true }));

  useKeys({
    title: () => copy().keysCase,
    keys: (): KeyBinding[] => [
      ...(view() === undefined
        ? []
        : [{ key: 'v', label: copy().showAll, run: () => void desk.reveal() }]),
      ...(canTake() ? [{ key: 'c', label: copy().take, run: () => void desk.take() }] : []),
      ...(desk.lease() === null
        ? []
        : [{ key: 'u', label: copy().release, run: () => void desk.release() }]),
      ...(desk.undoable() === null
        ? []
        : [{ key: 'z', label: copy().undo, run: () => void desk.undo() }]),
      { key: 'n', label: copy().next, run: () => void desk.next() },
    ],
  });

  return (
    <div class="case" classList={{ deciding: desk.draft().outcome !== null }}>
      <div class="case-bar">
        <h1 tabindex="-1" ref={(element) => (heading = element)}>
          {copy().title} <span class="num soft">{caseNumber()}</span>
        </h1>
        <Show when={view()}>{(shown) => <Standing view={shown()} nowMs={now()} />}</Show>
        <div class="mine">
          <Hold desk={desk} nowMs={now()} canTake={canTake()} />
        </div>
      </div>
      <Messages desk={desk} caseId={props.caseId} canTake={canTake()} nowMs={now()} />
      <Show
        when={view()}
        fallback={
          <div class="no-case">
            <Show when={desk.isBusy()}>
              <Loading />
            </Show>
          </div>
        }
      >
        {(shown) => (
          <>
            <div class="data" tabindex="0" role="region" aria-label={copy().stated}>
              <CaseFacts view={shown()} desk={desk} />
            </div>
            <PhotoStage
              view={shown()}
              desk={desk}
              stage={stage}
              watermark={copy().watermark(
                staff.current()?.name ?? '',
                `${shanghaiDate(openedAtMs).slice(5)} ${formatTime(openedAtMs)}`,
              )}
            />
            <div class="decide" tabindex="0" role="region" aria-label={copy().keysDecision}>
              <Show
                when={desk.isSettled() || desk.undoable()?.caseId === props.caseId}
                fallback={
                  <Show
                    when={shown().status === 'waiting'}
                    fallback={
                      <Suspense>
                        <Closed view={shown()} desk={desk} nowMs={now()} />
                      </Suspense>
                    }
                  >
                    <Decide view={shown()} desk={desk} stage={stage} />
                  </Show>
                }
              >
                <Decided desk={desk} caseId={props.caseId} nowMs={now()} />
              </Show>
            </div>
          </>
        )}
      </Show>
    </div>
  );
}

/** When it is due, and how often it has been here. */
function Standing(props: { view: CaseView; nowMs: number }) {
  const due = () => {
    const days = workingDaysLeft(props.view.dueAtMs, props.nowMs);
    if (days < 0) return { tone: 'bad', text: copy().overdue };
    if (days === 0) return { tone: 'warn', text: copy().dueToday };
    return { tone: days <= 2 ? 'warn' : 'ok', text: copy().dueIn(days) };
  };
  const past = () => {
    const { attempts, round, stage } = props.view;
    const last = lastReasons(props.view);
    return [
      copy().stages[stage],
      ...(attempts > 1 ? [copy().attempt(attempts)] : []),
      ...(round > 1 ? [copy().round(round)] : []),
      ...(last === undefined ? [] : [copy().lastTime(last)]),
    ].join(' · ');
  };
  return (
    <>
      <Show when={props.view.endedAtMs === null}>
        <span class={`chip ${due().tone}`} title={formatInstant(props.view.dueAtMs)}>
          {due().text}
        </span>
      </Show>
      <span class="soft small past-line">{past()}</span>
    </>
  );
}

/** What one has decided. What a second person has yet to decide is not said to be so. */
const verdictOf = ({ outcome, needsSecond }: Undoable): string =>
  needsSecond.length > 0 ? copy().decidedSecond : copy().decided[outcome];

const part = (value: number) => String(value).padStart(2, '0');

/** 08:41. */
const clock = (ms: number): string => {
  const total = Math.max(0, Math.ceil(ms / 1000));
  return `${part(Math.floor(total / 60))}:${part(total % 60)}`;
};

function Hold(props: { desk: Desk; nowMs: number; canTake: boolean }) {
  return (
    <>
      <Show when={props.desk.lease()}>
        {(lease) => (
          <>
            <span class="small soft">
              {copy().held}{' '}
              <b class="num" classList={{ warn: lease().leaseEndsAtMs - props.nowMs < 120_000 }}>
                {clock(Math.min(caseRule.leaseMs, lease().leaseEndsAtMs - props.nowMs))}
              </b>
            </span>
            <button type="button" class="link small" onClick={() => void props.desk.release()}>
              {copy().release} <kbd aria-hidden="true">U</kbd>
            </button>
          </>
        )}
      </Show>
      <button type="button" class="link small" onClick={() => void props.desk.next()}>
        {props.desk.hasNext() ? copy().nextReady : copy().next} <kbd aria-hidden="true">N</kbd>
      </button>
    </>
  );
}

/** What went wrong or was done, above the columns; nothing that was typed is lost by it. */
function Messages(props: { desk: Desk; caseId: string; canTake: boolean; nowMs: number }) {
  const changes = () => {
    const failure = props.desk.failure();
    return failure?.code === 'request.stale' ? (failure.changes ?? []) : undefined;
  };
  const elsewhere = () => {
    const undoable = props.desk.undoable();
    return undoable?.caseId === props.caseId ? null : undoable;
  };
  return (
    <div class="messages">
      <Show when={elsewhere()}>
        {(decided) => (
          <div class="note ok row" role="status">
            <span>
              {copy().decidedOf(verdictOf(decided()), groupCaseNumber(decided().caseNumber))}
            </span>
            <UndoButton desk={props.desk} settlesAtMs={decided().settlesAtMs} nowMs={props.nowMs} />
          </div>
        )}
      </Show>
      <Show when={props.desk.isReopened()}>
        <div class="note ok" role="status">
          {copy().reopened}
        </div>
      </Show>
      <Show when={props.desk.isEmpty()}>
        <div class="note row" role="status">
          <span>{copy().noNext}</span>
          <A href="/queue">{copy().toQueue}</A>
        </div>
      </Show>
      <Show when={props.desk.lost()}>
        {(lost) => (
          <div class="note warn row" role="alert">
            <span>
              {lost().byName === null ? copy().leaseOver : copy().takenBy(lost().byName ?? '')}
            </span>
            <TakeButton desk={props.desk} again />
          </div>
        )}
      </Show>
      <Show when={props.desk.failure()}>
        {(failure) => (
          <div class="note bad row" role="alert">
            <Show when={changes()} fallback={<span>{failureSentence(failure())}</span>}>
              {(list) => (
                <span>
                  {copy().stale}{' '}
                  {list()
                    .map(({ action, atMs }) =>
                      copy().staleAction(
                        formatTime(atMs),
                        copy().actions[action] ?? copy().otherChange,
                      ),
                    )
                    .join('；') || copy().otherChange}
                </span>
              )}
            </Show>
            <Show when={failure().code === 'request.stale'}>
              <button type="button" class="btn plain" onClick={() => void props.desk.reload()}>
                {copy().reload}
              </button>
            </Show>
            <A href="/queue">{copy().toQueue}</A>
          </div>
        )}
      </Show>
      <Show when={props.canTake && !props.desk.lost() && !props.desk.isBusy()}>
        <div class="note row">
          <span>{copy().notHeld}</span>
          <TakeButton desk={props.desk} />
          <A href="/queue">{copy().toQueue}</A>
        </div>
      </Show>
    </div>
  );
}

function TakeButton(props: { desk: Desk; again?: boolean }) {
  return (
    <button type="button" class="btn plain" onClick={() => void props.desk.take()}>
      {props.again === true ? copy().takeAgain : copy().take} <kbd aria-hidden="true">C</kbd>
    </button>
  );
}

function UndoButton(props: { desk: Desk; settlesAtMs: number; nowMs: number }) {
  const left = () => {
    void props.nowMs;
    return secondsLeft(props.settlesAtMs);
  };
  return (
    <button type="button" class="btn plain" onClick={() => void props.desk.undo()}>
      {copy().undo} <kbd aria-hidden="true">Z</kbd>
      <Num>{left()}</Num>
    </button>
  );
}

/** After the decision: ten seconds to take it back, and the way on. */
function Decided(props: { desk: Desk; caseId: string; nowMs: number }) {
  const undoable = () => {
    const decided = props.desk.undoable();
    return decided?.caseId === props.caseId ? decided : null;
  };
  const seconds = () => {
    void props.nowMs;
    return secondsLeft(undoable()?.settlesAtMs ?? 0);
  };
  return (
    <div class="decided">
      <Show when={undoable()} fallback={<p class="ok-line">{copy().effective}</p>}>
        {(decided) => (
          <>
            <p class={`verdict ${decided().outcome}`} role="status">
              {verdictOf(decided())}
            </p>
            <p class="soft" aria-hidden="true">
              {copy().undoLeft(seconds())}
            </p>
            <progress max="10" value={seconds()} aria-label={copy().undo} />
            <button type="button" class="btn plain" onClick={() => void props.desk.undo()}>
              {copy().undo} <kbd aria-hidden="true">Z</kbd>
            </button>
          </>
        )}
      </Show>
      <button type="button" class="btn" onClick={() => void props.desk.next()}>
        {props.desk.hasNext() ? copy().nextReady : copy().next} <kbd aria-hidden="true">N</kbd>
      </button>
      <A href="/queue" class="small">
        {copy().toQueue}
      </A>
      <Show when={props.desk.isBusy()}>
        <p class="soft small" role="status">
          {ui().busy}
        </p>
      </Show>
    </div>
  );
}
