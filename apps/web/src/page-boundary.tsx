import { createSignal, ErrorBoundary, type JSX, onMount, Show, Suspense } from 'solid-js';
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

/** Loads the page again where something answers; without a connection a browser puts up a page that leads nowhere. */
async function reload(): Promise<boolean> {
  const isReachable = await fetch('/', { method: 'HEAD' }).then(
    () => true,
    () => false,
  );
  if (isReachable) {
    sessionStorage.setItem(reloadedKey, String(Date.now()));
    location.reload();
  }
  return isReachable;
}

/**
 * After a release the chunks of the last one are gone, while its shell may still be open (WeChat keeps pages for long):
 * the page loads again by itself, once a minute at most. Where that does not help, the person needs the way on.
 */
function PageFailed(props: { error: unknown }) {
  const sinceMs = Date.now() - Number(sessionStorage.getItem(reloadedKey));
  const [isReloading, setReloading] = createSignal(
    props.error instanceof PageMissing && sinceMs > reloadEveryMs,
  );
  const loadAnew = async () => {
    setReloading(true);
    // The router has put the new address up by the time that this has its answer.
    setReloading(await reload());
  };
  onMount(() => {
    if (isReloading()) void loadAnew();
  });
  return (
    <Show when={!isReloading()} fallback={<Loading />}>
      <Page title={ui().failureTitle}>
        <p>{ui().chunkFailed}</p>
        <div class="row">
          <button type="button" class="btn" onClick={() => void loadAnew()}>
            {ui().retry}
          </button>
        </div>
      </Page>
    </Show>
  );
}
