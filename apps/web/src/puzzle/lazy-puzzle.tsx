import type { PuzzlePurpose } from '@shiming/domain';
import { Suspense } from 'solid-js';
import type { FieldBinding } from '../form/create-form.ts';
import { page } from '../lazy-page.ts';
import { Loading } from '../ui/blocks.tsx';
import { puzzleCalls } from './puzzle-calls.ts';

const Puzzle = page(() => import('./puzzle.tsx'), 'Puzzle');

/** The puzzle, fetched when it is drawn, while the person reads what stands above it. */
export function LazyPuzzle(props: { field: FieldBinding<string>; purpose: PuzzlePurpose }) {
  return (
    <Suspense fallback={<Loading />}>
      <Puzzle field={props.field} {...puzzleCalls(props.purpose)} />
    </Suspense>
  );
}
