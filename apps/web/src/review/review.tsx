import { isVerified } from '@shiming/domain';
import { Match, Switch } from 'solid-js';
import { A } from '../router/router.tsx';
import { page } from '../lazy-page.ts';
import { verificationPath } from '../session/next.ts';
import { Note } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { reviewCopy } from './copy.ts';
import { useReview } from './flow.tsx';
import { Tasks } from './tasks.tsx';
import { tasksCopy as copy } from './tasks-copy.ts';
import { reviewStage } from './view.ts';

const Status = page(() => import('./status.tsx'), 'Status');

/** /account/review: the list of tasks until the request is sent off, and from then on where it stands. */
export function Review() {
  const flow = useReview();
  const stage = () => reviewStage(flow.now());
  return (
    <Switch fallback={<Status />}>
      <Match when={stage() === 'not_offered'}>
        <Page title={reviewCopy().title} backTo="/account">
          <Note>
            <p>{isVerified(flow.now()) ? copy().verified : copy().verifyFirst}</p>
          </Note>
          <div class="row">
            <A class="btn" href={verificationPath()}>
              {reviewCopy().toVerification}
            </A>
          </div>
        </Page>
      </Match>
      <Match when={stage() === 'tasks'}>
        <Tasks />
      </Match>
    </Switch>
  );
}
