import { canReopen } from '@shiming/domain';
import { createSignal, Show, Suspense } from 'solid-js';
import { formatInstant } from '../../copy/format.ts';
import { page } from '../../lazy-page.ts';
import { useKeys } from '../keys.ts';
import { useStaff } from '../session/staff.tsx';
import type { CaseView } from './ahead.ts';
import { caseCopy as copy } from './case-copy.ts';
import type { Desk } from './desk.ts';

const Reopen = page(() => import('./reopen.tsx'), 'Reopen');

/** What stands in place of the decision where there is none to make: how it ended, and the way to open it again. */
export function Closed(props: { view: CaseView; desk: Desk; nowMs: number }) {
  const staff = useStaff();
  const [isAsked, setAsked] = createSignal(false);
  const isOffered = () => {
    const role = staff.current()?.role;
    return role !== undefined && canReopen(props.view, role, props.nowMs);
  };
  useKeys({
    title: () => copy().keysDecision,
    keys: () =>
      isOffered() ? [{ key: 'o', label: copy().reopen, run: () => setAsked(true) }] : [],
  });
  return (
    <div class="decided">
      <p class="verdict">{copy().statuses[props.view.status]}</p>
      <Show when={props.view.endedAtMs}>
        {(endedAtMs) => <p class="soft">{copy().endedAt(formatInstant(endedAtMs()))}</p>}
      </Show>
      <Show when={isOffered()}>
        <button
          type="button"
          class="btn plain"
          aria-haspopup="dialog"
          onClick={() => setAsked(true)}
        >
          {copy().reopen} <kbd aria-hidden="true">O</kbd>
        </button>
      </Show>
      <Suspense>
        <Show when={isAsked()}>
          <Reopen
            isApproved={props.view.status === 'approved'}
            onCancel={() => setAsked(false)}
            onReopen={(reason) => {
              setAsked(false);
              void props.desk.reopen(reason);
            }}
          />
        </Show>
      </Suspense>
    </div>
  );
}
