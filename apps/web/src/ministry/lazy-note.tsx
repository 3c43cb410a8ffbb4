import { Show, Suspense } from 'solid-js';
import { page } from '../lazy-page.ts';

const Note = page(() => import('./vouched-note.tsx'), 'VouchedNote');

/** The note that a form was filled in by the ministry, where it vouches for `of` and nothing is saved yet. */
export const VouchedNote = (props: { of: unknown }) => (
  <Show when={props.of}>
    <Suspense>
      <Note />
    </Suspense>
  </Show>
);
