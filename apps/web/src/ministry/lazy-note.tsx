import { lazy, Show, Suspense } from 'solid-js';
import { vouched } from './vouched.ts';

const Note = lazy(async () => ({ default: (await import('./vouched-note.tsx')).VouchedNote }));

/** The note that a form was filled in by the ministry, where it vouches for one of these and nothing is saved of it yet. */
export const VouchedNote = (props: {
  saved: object | null;
  of: readonly ('name' | 'mobile' | 'email')[];
}) => (
  <Show when={props.saved === null && props.of.some((field) => vouched()?.[field])}>
    <Suspense>
      <Note />
    </Suspense>
  </Show>
);
