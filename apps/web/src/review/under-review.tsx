import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { reviewPath } from '../session/next.ts';
import { Note } from '../ui/blocks.tsx';
import { zh } from './under-review.zh.ts';

export const underReviewCopy = defineCopy(zh, () => import('./under-review.en.ts'));

/** T-REV-04: where something can not be changed because a manual review is on its way. */
export function UnderReview() {
  return (
    <Note tone="warn">
      <p>
        <b>{underReviewCopy().waiting}</b>
      </p>
      <p>
        {underReviewCopy().frozen}{' '}
        <A class="whole" href={reviewPath}>
          {underReviewCopy().progress}
        </A>
      </p>
    </Note>
  );
}
