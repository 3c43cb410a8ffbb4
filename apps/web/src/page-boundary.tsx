import { ErrorBoundary, type JSX, Suspense } from 'solid-js';
import { ui } from './copy/ui.ts';
import { Loading } from './ui/blocks.tsx';
import { Page } from './ui/page.tsx';

/** Where the pages stand: one that is on its way says so, and one that broke or did not arrive leads on. */
export function PageBoundary(props: { children?: JSX.Element }) {
  return (
    <ErrorBoundary fallback={<PageFailed />}>
      <Suspense fallback={<Loading />}>{props.children}</Suspense>
    </ErrorBoundary>
  );
}

/** The boundary has the error; the person needs the way on. */
function PageFailed() {
  return (
    <Page title={ui().failureTitle}>
      <p>{ui().chunkFailed}</p>
      <div class="row">
        <button type="button" class="btn" onClick={() => location.reload()}>
          {ui().retry}
        </button>
      </div>
    </Page>
  );
}
