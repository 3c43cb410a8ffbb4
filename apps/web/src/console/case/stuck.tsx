import { stagesOf } from '@shiming/domain';
import { createSignal, Show, Suspense } from 'solid-js';
import { page } from '../../lazy-page.ts';
import { useStaff } from '../session/staff.tsx';
import { caseCopy as copy } from './case-copy.ts';
import type { Desk } from './desk.ts';

const Assign = page(() => import('./assign.tsx'), 'Assign');

/** What stands in place of the decision on a case that nobody may take: a senior can give it to somebody. */
export function Stuck(props: { desk: Desk }) {
  const staff = useStaff();
  const [isAsked, setAsked] = createSignal(false);
  const isOffered = () => {
    const role = staff.current()?.role;
    return role !== undefined && stagesOf(role, 'manual_review').includes('senior');
  };
  return (
    <div class="note warn">
      <p>{copy().stuck}</p>
      <Show when={isOffered()}>
        <button
          type="button"
          class="btn plain"
          aria-haspopup="dialog"
          onClick={() => setAsked(true)}
        >
          {copy().assign}
        </button>
      </Show>
      <Suspense>
        <Show when={isAsked()}>
          <Assign
            onCancel={() => setAsked(false)}
            onAssign={(staffId) => {
              setAsked(false);
              void props.desk.assign(staffId);
            }}
          />
        </Show>
      </Suspense>
    </div>
  );
}
