import { ErrorBoundary, type JSX, onMount, Show, Suspense } from 'solid-js';
import { ui } from './copy/ui.ts';
import { PageMissing } from './lazy-page.ts';
import { Loading } from './ui/blocks.tsx';
import { Page } from './ui/page.tsx';

/** Where the pages stand: one that is on its way says so, and one that broke or did not arrive leads on. */
export function PageBoundary(props: { children?: JSX.Element }) {
  return (
    <ErrorBoundary fallback={(error) => <PageFailed error={error} />}>
      <Suspense fallback={<Loading />}>{props.children}</Suspense>
    </ErrorBoundary>
  );
}

const reloadedKey = 'reloaded-at-ms';
const reloadEveryMs = 60_000;

/**
 * After a release the chunks of the last one are gone, while its shell may still be open (WeChat keeps pages for long):
 * the page is loaded anew by itself, once a minute at most. Where that does not help, the person needs the way on.
 */
function PageFailed(props: { error: unknown }) {
  const sinceMs = Date.now() - Number(sessionStorage.getItem(reloadedKey));
  const isReloading = props.error instanceof PageMissing && sinceMs > reloadEveryMs;
  onMount(() => {
    if (!isReloading) return;
    sessionStorage.setItem(reloadedKey, String(Date.now()));
    // The router puts the new address up after what stands here.
    setTimeout(() => location.reload());
  });
  return (
    <Show when={!isReloading} fallback={<Loading />}>
      <Page title={ui().failureTitle}>
        <p>{ui().chunkFailed}</p>
        <div class="row">
          <button type="button" class="btn" onClick={() => location.reload()}>
            {ui().retry}
          </button>
        </div>
      </Page>
    </Show>
  );
}
