import { Route, Router } from '@solidjs/router';
import { ErrorBoundary, type JSX, Suspense } from 'solid-js';
import { ui } from './copy/ui.ts';
import { lazyPage } from './lazy-page.ts';
import { SessionProvider } from './session/session.tsx';
import { Loading } from './ui/blocks.tsx';
import { Layout } from './ui/layout.tsx';
import { Page } from './ui/page.tsx';

const Home = lazyPage(async () => ({ default: (await import('./home/home.tsx')).Home }));
const Help = lazyPage(async () => ({ default: (await import('./about/help.tsx')).Help }));
const Privacy = lazyPage(async () => ({ default: (await import('./about/privacy.tsx')).Privacy }));
const Accessibility = lazyPage(async () => ({
  default: (await import('./about/accessibility.tsx')).Accessibility,
}));
const Agreement = lazyPage(async () => ({
  default: (await import('./about/agreement.tsx')).Agreement,
}));
const NotFound = lazyPage(async () => ({
  default: (await import('./about/not-found.tsx')).NotFound,
}));

export function App() {
  return (
    <SessionProvider>
      <Suspense>
        <Router root={Frame}>
          <Route path="/" component={Home} />
          <Route path="/help" component={Help} />
          <Route path="/privacy" component={Privacy} />
          <Route path="/accessibility" component={Accessibility} />
          <Route path="/agreement" component={Agreement} />
          <Route path="*" component={NotFound} />
        </Router>
      </Suspense>
    </SessionProvider>
  );
}

function Frame(props: { children?: JSX.Element }) {
  return (
    <Layout>
      <ErrorBoundary fallback={<PageFailed />}>
        <Suspense fallback={<Loading />}>{props.children}</Suspense>
      </ErrorBoundary>
    </Layout>
  );
}

/** A page that broke or did not arrive. The boundary has the error; the person needs the way on. */
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
