import type { FaceOutcome, PictureFault } from '@shiming/domain';
import { type JSX, Show } from 'solid-js';
import type { api } from '../api.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { formatInstant } from '../copy/format.ts';
import { levelsPath } from '../session/next.ts';
import { A } from '../router/router.tsx';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { zh } from './result.zh.ts';

const copy = defineCopy(zh, () => import('./result.en.ts'));

/** What the server says of a comparison to somebody who has said who they are. */
export type FaceAnswer = Awaited<ReturnType<typeof api.face.submit.mutate>>;

/** What came of a face check. A sign-in tells a stranger nothing about a person: `refused` stands for all of that. */
export type Came = {
  outcome: FaceOutcome | 'refused';
  pictureFault?: PictureFault | null | undefined;
  /** What it says of the day's tries; nothing where a stranger asks. */
  tries?: FaceAnswer | undefined;
  triesLeft?: number | undefined;
};

/** Where another try may help. Others end at a window. */
const mayHelp: ReadonlySet<Came['outcome']> = new Set([
  'not_same',
  'picture',
  'unavailable',
  'refused',
]);

/** E-FAC-01: what came of it, what it means, and what to do next. */
export function FaceResult(props: { came: Came; onAgain(): void; others: JSX.Element }) {
  const left = () => {
    const { tries, triesLeft } = props.came;
    if (tries === undefined) return triesLeft === undefined ? '' : copy().triesLeft(triesLeft);
    if (tries.outcome === 'matched') return '';
    if (tries.isRemembered) return copy().remembered;
    return tries.isCounted
      ? copy().counted(tries.remainingToday, formatInstant(tries.resumesAtMs))
      : copy().notCounted(tries.remainingToday);
  };
  const tone = () => {
    const { outcome, tries } = props.came;
    if (outcome === 'matched') return 'ok';
    return tries?.isCounted === true || outcome === 'refused' ? 'bad' : 'warn';
  };
  const isOver = () => props.came.tries?.remainingToday === 0;
  return (
    <Page title={copy().titles[props.came.outcome]}>
      <Note tone={tone()}>
        <p>
          {copy().texts[props.came.outcome]}{' '}
          {props.came.pictureFault ? copy().faults[props.came.pictureFault] : ''}
        </p>
        <Show when={left()}>{(said) => <p>{said()}</p>}</Show>
      </Note>
      <Show
        when={props.came.outcome !== 'matched'}
        fallback={
          <div class="row">
            <A class="btn" href={levelsPath}>
              {copy().toLevels}
            </A>
          </div>
        }
      >
        <Show when={mayHelp.has(props.came.outcome) && !isOver()}>
          <div class="row">
            <button type="button" class="btn" onClick={() => props.onAgain()}>
              {copy().again}
            </button>
          </div>
        </Show>
        {props.others}
      </Show>
    </Page>
  );
}
