import { groupCaseNumber } from '@shiming/domain';
import { For, Show } from 'solid-js';
import { A } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { formatDate, formatInstant } from '../copy/format.ts';
import { usePortal } from '../portal.ts';
import { reviewPath } from '../session/next.ts';
import { useSession } from '../session/session.tsx';
import { type Fact, Facts, Note, Num } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { reviewCopy } from './copy.ts';
import { useReview } from './flow.tsx';
import { zh } from './receipt.zh.ts';
import { isFrozen, type ReviewRequest, tellingChannel, toldAt } from './view.ts';

const copy = defineCopy(zh, () => import('./receipt.en.ts'));

/** Number, time and due date of a request that is on its way: the receipt and the status show the same. */
export function requestRows({
  caseNumber,
  submittedAtMs,
  dueDate,
  isDueProvisional,
}: ReviewRequest): Fact[] {
  return [
    {
      term: reviewCopy().caseNumber,
      value: <Num strong>{groupCaseNumber(caseNumber ?? '')}</Num>,
    },
    { term: reviewCopy().submittedAt, value: formatInstant(submittedAtMs ?? 0) },
    {
      term: reviewCopy().due,
      value: (
        <>
          <b>{formatDate(dueDate ?? '')}</b>
          <Show when={isDueProvisional}>
            <br />
            <span class="soft small">{reviewCopy().provisional}</span>
          </Show>
        </>
      ),
    },
  ];
}

/** /account/review/receipt: what the person keeps of a submission; printable (T-REV-04). */
export function ReceiptPage() {
  const { now } = useReview();
  const session = useSession();
  const request = () => (isFrozen(now()) ? now().request : null);
  return (
    <Page
      title={copy().title}
      lead={request() === null ? undefined : <span class="no-print">{copy().lead}</span>}
    >
      <Show
        when={request()}
        fallback={
          <>
            <Note>
              <p>{copy().none}</p>
            </Note>
            <div class="row">
              <A class="btn" href={reviewPath}>
                {reviewCopy().title}
              </A>
            </div>
          </>
        }
      >
        {(sent) => (
          <>
            <Facts
              rows={[
                { term: copy().name, value: session.current()?.maskedName ?? '' },
                ...requestRows(sent()),
              ]}
            />
            <section class="tight">
              <h2>{copy().nextTitle}</h2>
              <ul>
                <For each={copy().next(usePortal().review.workingDays)}>
                  {(line) => <li>{line}</li>}
                </For>
                <li>
                  {copy().told[tellingChannel(now(), sent().channel)](
                    toldAt(now(), sent().channel),
                  )}
                </li>
              </ul>
            </section>
            <div class="row">
              <A class="btn" href={reviewPath}>
                {copy().track}
              </A>
              <button type="button" class="btn plain" onClick={() => print()}>
                {copy().print}
              </button>
            </div>
          </>
        )}
      </Show>
    </Page>
  );
}
