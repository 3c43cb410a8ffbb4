import {
  type CaseReason,
  isPhotoSide,
  type PhotoMark,
  type PhotoSide,
  reasonText,
} from '@shiming/domain';
import { For, type JSX, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { bilingual } from '../portal.ts';
import { zh } from './reasons.zh.ts';

const copy = defineCopy(zh, () => import('./reasons.en.ts'));

/** All reasons in one line, as the seed has them (T-REV-06). */
export function ReasonLine(props: { reasons: readonly CaseReason[] }) {
  const line = () => props.reasons.map((reason) => bilingual(reasonText(reason).wrong)).join('');
  return (
    <p>
      <b>{copy().rejectedFor}</b>
      {line()}
    </p>
  );
}

/** Why a request was rejected or sent back, item by item: which photo, where on it, and what to do. */
export function ReasonList(props: {
  reasons: readonly CaseReason[];
  /** A photo with what was marked on it. */
  picture?: (side: PhotoSide, marks: readonly PhotoMark[]) => JSX.Element;
  /** What can be done about an item, beneath its reasons. */
  action?: ((item: CaseReason['item']) => JSX.Element) | undefined;
}) {
  const items = () => [...new Set(props.reasons.map(({ item }) => item))];
  return (
    <For each={items()}>
      {(item) => {
        const own = () => props.reasons.filter((reason) => reason.item === item);
        const marks = () => own().flatMap(({ mark }) => (mark === null ? [] : [mark]));
        return (
          <div class="card stack">
            <h2>{copy().items[item]}</h2>
            <div class="grid">
              {isPhotoSide(item) && props.picture?.(item, marks())}
              <div class="stack">
                <For each={own()}>
                  {(reason) => (
                    <div class="tight">
                      <p>
                        <b>{bilingual(reasonText(reason).wrong)}</b>
                      </p>
                      <p>
                        <Show when={reason.mark}>{copy().framed}</Show>
                        {bilingual(reasonText(reason).toDo)}
                      </p>
                      <Show when={reason.note}>
                        {(note) => (
                          <p>
                            {copy().note}
                            {note()}
                          </p>
                        )}
                      </Show>
                    </div>
                  )}
                </For>
                <Show when={item === 'profile'}>
                  <A href="/account/profile">{copy().toProfile}</A>
                </Show>
                <Show when={item === 'number'}>
                  <A href="/register">{copy().toRegister}</A>
                </Show>
              </div>
            </div>
            {props.action?.(item)}
          </div>
        );
      }}
    </For>
  );
}
