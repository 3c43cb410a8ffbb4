import {
  type DocumentType,
  isPhotoSide,
  reasonNoteMaxLength,
  type CaseItem,
  type CaseOutcome,
} from '@shiming/domain';
import {
  createEffect,
  createMemo,
  createUniqueId,
  For,
  type JSX,
  onMount,
  Show,
  Suspense,
} from 'solid-js';
import { page } from '../../lazy-page.ts';
import { type KeyBinding, useKeys } from '../keys.ts';
import { reasonNames } from '../reason-names.ts';
import type { CaseView } from './ahead.ts';
import { caseCopy as copy } from './case-copy.ts';
import type { Desk } from './desk.ts';
import {
  activeReason,
  approvalStep,
  type Check,
  checks,
  nextCheck,
  noted,
  notReturnable,
  ticked,
  toggled,
  unseenFor,
  withItem,
} from './draft.ts';
import { choicesFor, itemsFor, neighbour } from './reason-choices.ts';
import type { StageState } from './stage.tsx';

/** As the applicant's own page shows them. */
const loadReasons = () => import('../../shared/reasons.tsx');
const ReasonList = page(loadReasons, 'ReasonList');

const Stuck = page(() => import('./stuck.tsx'), 'Stuck');

type DecideProps = { view: CaseView; desk: Desk; stage: StageState };

/** The check list, and the decision: approval, or one of the two ways that take reasons. */
export function Decide(props: DecideProps) {
  const desk = () => props.desk;
  const draft = () => props.desk.draft();
  const type = (): DocumentType => props.view.account.documentType;
  const isChoosing = () => draft().outcome === 'reject' || draft().outcome === 'return';
  let note: HTMLTextAreaElement | undefined;
  // So that the first reason is shown without a wait; where it fails, it is tried again then.
  onMount(() => void loadReasons().catch(() => {}));

  const look = (item: CaseItem) => {
    desk().change(withItem(draft(), item));
    if (isPhotoSide(item)) props.stage.choose(item);
  };
  const start = (outcome: CaseOutcome, item?: CaseItem) => {
    if (desk().lease() === null) return;
    const isNew = !isChoosing();
    desk().change({ ...draft(), outcome });
    if (!isNew) return;
    const last = draft().reasons.at(-1)?.item;
    look(item ?? draft().pendingMark?.side ?? last ?? props.stage.side());
  };
  /** Ticks the next check, or brings on the screen what it is about. */
  const agree = () => {
    if (desk().lease() === null) return;
    const { draft: next, look: side } = approvalStep({ ...draft(), outcome: null }, desk().seen());
    desk().change(next);
    if (side !== null) props.stage.choose(side);
  };
  const leave = () => desk().change({ ...draft(), outcome: null });
  const blocked = () =>
    draft().outcome === 'return' && notReturnable(draft()).length > 0
      ? copy().notReturnable(
          notReturnable(draft())
            .map((item) => copy().items[item])
            .join('、'),
        )
      : undefined;
  const isReady = () =>
    (draft().outcome === 'approve' && nextCheck(draft(), desk().seen()) === undefined) ||
    (isChoosing() && draft().reasons.length > 0 && blocked() === undefined);
  const confirm = () => {
    if (isReady() && desk().lease() !== null) void desk().decide();
  };
  const doubt = () => desk().change({ ...draft(), isFaceDoubtful: !draft().isFaceDoubtful });

  useKeys({
    title: () => copy().keysDecision,
    keys: (): KeyBinding[] =>
      desk().lease() === null
        ? []
        : [
            { key: 'a', label: copy().agreesKey, run: agree },
            { key: 'm', label: copy().return, run: () => start('return') },
            { key: 'x', label: copy().reject, run: () => start('reject') },
            ...(props.view.stage === 'first'
              ? [{ key: 'd', label: copy().faceDoubtful, run: doubt }]
              : []),
            { key: 'Ctrl+Enter', label: confirmLabel(), run: confirm },
            ...(draft().outcome === null || props.stage.isDrawing()
              ? []
              : [{ key: 'Escape', label: copy().leaveMode, run: leave }]),
          ],
  });
  const confirmLabel = () => copy().confirm[draft().outcome ?? 'approve'];
  const choices = createMemo(() => choicesFor(draft().item, type()));
  useKeys({
    title: () => copy().keysReasons,
    keys: (): KeyBinding[] =>
      isChoosing() && desk().lease() !== null
        ? [
            ...choices().map(({ key, code }) => ({
              key,
              label: reasonNames()[code],
              run: () => desk().change(toggled(draft(), code)),
            })),
            {
              key: ',',
              label: copy().previousItem,
              run: () => look(neighbour(itemsFor(type()), draft().item, -1)),
            },
            {
              key: '.',
              label: copy().nextItem,
              run: () => look(neighbour(itemsFor(type()), draft().item, 1)),
            },
            { key: 'i', label: copy().writeNote, run: () => note?.focus() },
          ]
        : [],
  });
  // The photo that is pointed at is the one whose reasons are listed.
  createEffect(() => {
    const side = props.stage.side();
    if (isChoosing() && isPhotoSide(draft().item)) desk().change(withItem(draft(), side));
  });

  return (
    <Show
      when={isChoosing()}
      fallback={
        <Checks
          {...props}
          onStart={start}
          onAgree={agree}
          onDoubt={doubt}
          onConfirm={confirm}
          onLeave={leave}
        />
      }
    >
      <div class="choosing">
        <h2>
          {copy().reasonsFor[draft().outcome ?? 'reject']}
          <span class="between-keys" aria-hidden="true">
            <kbd>,</kbd>
            <kbd>.</kbd> {copy().otherItem}
          </span>
        </h2>
        <div class="switch" role="group" aria-label={copy().keysDecision}>
          <For each={['return', 'reject'] as const}>
            {(outcome) => (
              <button
                type="button"
                aria-pressed={draft().outcome === outcome}
                onClick={() => start(outcome)}
              >
                {copy()[outcome]} <kbd aria-hidden="true">{outcome === 'return' ? 'M' : 'X'}</kbd>
              </button>
            )}
          </For>
        </div>
        <ItemTabs {...props} items={itemsFor(type())} onLook={look} />
        <ul class="reasons" aria-label={copy().items[draft().item]}>
          <For each={choices()}>
            {({ code, key }) => {
              const chosen = () =>
                draft().reasons.find((each) => each.code === code && each.item === draft().item);
              return (
                <li>
                  <button
                    type="button"
                    class="reason"
                    aria-pressed={chosen() !== undefined}
                    onClick={() => desk().change(toggled(draft(), code))}
                  >
                    <kbd aria-hidden="true">{key.toUpperCase()}</kbd>
                    <span>{reasonNames()[code]}</span>
                    <Show when={chosen()?.mark}>
                      <span class="tag">{copy().hasRegion}</span>
                    </Show>
                  </button>
                </li>
              );
            }}
          </For>
        </ul>
        <Note {...props} onRef={(element) => (note = element)} />
        <h2>{copy().preview}</h2>
        <div class="preview note" tabindex="0" role="group" aria-label={copy().preview}>
          <Show
            when={draft().reasons.length > 0}
            fallback={<p class="soft small">{copy().previewEmpty}</p>}
          >
            <Suspense>
              <ReasonList reasons={draft().reasons} />
            </Suspense>
          </Show>
        </div>
        <div class="last">
          <p class="err small" role="status">
            {blocked()}
          </p>
          <button
            type="button"
            class="btn"
            classList={{ bad: draft().outcome === 'reject', spin: desk().isBusy() }}
            aria-disabled={!isReady() || desk().isBusy()}
            onClick={confirm}
          >
            {draft().reasons.length === 0 ? copy().noReasons : confirmLabel()}
            <Show when={isReady()}>
              <kbd aria-hidden="true">Ctrl ↵</kbd>
            </Show>
          </button>
          <button type="button" class="btn plain" onClick={leave}>
            {copy().back} <kbd aria-hidden="true">Esc</kbd>
          </button>
        </div>
      </div>
    </Show>
  );
}

function Checks(
  props: DecideProps & {
    onStart(outcome: CaseOutcome, item?: CaseItem): void;
    onAgree(): void;
    onDoubt(): void;
    onConfirm(): void;
    onLeave(): void;
  },
) {
  const draft = () => props.desk.draft();
  const next = () => nextCheck(draft(), props.desk.seen());
  const isArmed = () => draft().outcome === 'approve' && next() === undefined;
  const isHeld = () => props.desk.lease() !== null;
  const isCovered = () => props.desk.revealed() === null;
  // The face that somebody else is to look at does not agree.
  const isTicked = (check: Check) =>
    draft().ticks.includes(check) && !(check === 'holding' && draft().isFaceDoubtful);
  /** What has not been on the screen is brought there, and ticked after that. */
  const tick = (check: Check, box: HTMLInputElement) => {
    const unseen = unseenFor(check, props.desk.seen());
    if (unseen === undefined) return props.desk.change(ticked(draft(), check));
    box.checked = isTicked(check);
    return props.stage.choose(unseen);
  };
  return (
    <div class="checks" classList={{ armed: isArmed() }}>
      <h2>{copy().check}</h2>
      <ul>
        <For each={checks}>
          {(check) => (
            <li aria-current={isHeld() && !isCovered() && next() === check ? 'step' : undefined}>
              <label>
                <input
                  type="checkbox"
                  checked={isTicked(check)}
                  onChange={(event) => tick(check, event.currentTarget)}
                />
                {copy().checks[check]}
              </label>
              <Show when={isHeld()}>
                <button
                  type="button"
                  class="link small"
                  onClick={() => props.onStart('reject', check)}
                >
                  {copy().differs}
                  <span class="seen-by-readers">{copy().differsOf(copy().checks[check])}</span>
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.view.stage === 'first' && isHeld()}>
        <label class="doubt">
          <input
            type="checkbox"
            checked={draft().isFaceDoubtful}
            onChange={() => props.onDoubt()}
          />
          <span>
            {copy().faceDoubtful} <kbd aria-hidden="true">D</kbd>
          </span>
        </label>
      </Show>
      <Show when={props.view.needsSecond.length > 0}>
        <p class="note warn small">
          {copy().needsSecond}
          {props.view.needsSecond.map((cause) => copy().secondCauses[cause]).join('、')}
        </p>
      </Show>
      <Show
        when={isHeld()}
        fallback={
          <Show when={props.view.isStuck} fallback={<p class="soft small">{copy().needsTake}</p>}>
            <Suspense>
              <Stuck desk={props.desk} />
            </Suspense>
          </Show>
        }
      >
        <div class="ways-out">
          <Show
            when={isArmed()}
            fallback={
              <>
                <Show when={isCovered()}>
                  <p class="soft small">{copy().lookFirst}</p>
                </Show>
                <Way
                  label={next() === undefined ? copy().approve : copy().agrees}
                  key="A"
                  class="btn"
                  isDisabled={isCovered()}
                  onPress={() => props.onAgree()}
                />
              </>
            }
          >
            <p class="sure" role="status">
              {draft().isFaceDoubtful ? copy().approveInDoubt : copy().approveArmed}
            </p>
            <button
              type="button"
              class="btn ok"
              classList={{ spin: props.desk.isBusy() }}
              aria-disabled={props.desk.isBusy()}
              onClick={() => props.onConfirm()}
            >
              {copy().confirm.approve} <kbd aria-hidden="true">Ctrl ↵</kbd>
            </button>
            <button type="button" class="btn plain" onClick={() => props.onLeave()}>
              {copy().back} <kbd aria-hidden="true">Esc</kbd>
            </button>
          </Show>
          <Show when={!isArmed()}>
            <Way
              label={copy().return}
              key="M"
              class="btn quiet"
              onPress={() => props.onStart('return')}
            />
            <Way
              label={copy().reject}
              key="X"
              class="btn plain"
              onPress={() => props.onStart('reject')}
            />
          </Show>
        </div>
      </Show>
    </div>
  );
}

function Way(props: {
  label: string;
  key: string;
  class: string;
  isDisabled?: boolean;
  onPress(): void;
}) {
  return (
    <button
      type="button"
      class={props.class}
      aria-disabled={props.isDisabled}
      onClick={() => props.onPress()}
    >
      {props.label} <kbd aria-hidden="true">{props.key}</kbd>
    </button>
  );
}

function ItemTabs(
  props: DecideProps & { items: readonly CaseItem[]; onLook(item: CaseItem): void },
): JSX.Element {
  const draft = () => props.desk.draft();
  return (
    <div class="items" role="group" aria-label={copy().itemsLabel}>
      <For each={props.items}>
        {(item) => {
          const count = () => draft().reasons.filter((each) => each.item === item).length;
          return (
            <button
              type="button"
              aria-pressed={draft().item === item}
              onClick={() => props.onLook(item)}
            >
              {copy().items[item]}
              <Show when={count() > 0}>
                <span class="count" aria-hidden="true">
                  {count()}
                </span>
                <span class="seen-by-readers">{copy().itemChosen(count())}</span>
              </Show>
            </button>
          );
        }}
      </For>
    </div>
  );
}

/** The reviewer's own sentence, for the reason ticked last. */
function Note(props: DecideProps & { onRef(element: HTMLTextAreaElement): void }) {
  const id = createUniqueId();
  const draft = () => props.desk.draft();
  const reason = () => activeReason(draft());
  return (
    <Show when={reason()}>
      {(active) => (
        <div class="say">
          <label for={id}>
            {copy().noteFor(reasonNames()[active().code])} <kbd aria-hidden="true">I</kbd>
          </label>
          <textarea
            id={id}
            ref={(element) => props.onRef(element)}
            rows="2"
            maxlength={reasonNoteMaxLength}
            placeholder={copy().noteHint}
            value={active().note ?? ''}
            onInput={(event) => props.desk.change(noted(draft(), event.currentTarget.value))}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.isComposing) event.currentTarget.blur();
            }}
          />
        </div>
      )}
    </Show>
  );
}
