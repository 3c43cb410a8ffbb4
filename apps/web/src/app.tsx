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

const RegistrationFlow = lazyPage(async () => ({
  default: (await import('./registration/flow.tsx')).RegistrationFlow,
}));
const RegistrationStart = lazyPage(async () => ({
  default: (await import('./registration/start.tsx')).StartPage,
}));
const RegistrationDocument = lazyPage(async () => ({
  default: (await import('./registration/document.tsx')).DocumentPage,
}));
const RegistrationPassword = lazyPage(async () => ({
  default: (await import('./registration/password.tsx')).PasswordPage,
}));
const RegistrationContact = lazyPage(async () => ({
  default: (await import('./registration/contact.tsx')).ContactPage,
}));
const RegistrationCode = lazyPage(async () => ({
  default: (await import('./registration/code.tsx')).CodePage,
}));
const RegistrationReview = lazyPage(async () => ({
  default: (await import('./registration/review.tsx')).ReviewPage,
}));
const RegistrationTaken = lazyPage(async () => ({
  default: (await import('./registration/taken.tsx')).TakenPage,
}));
const RegistrationDone = lazyPage(async () => ({
  default: (await import('./registration/done.tsx')).DonePage,
}));

const Login = lazyPage(async () => ({ default: (await import('./login/login.tsx')).Login }));
const Recovery = lazyPage(async () => ({
  default: (await import('./recovery/identify.tsx')).IdentifyPage,
}));
const RecoveryBySms = lazyPage(async () => ({
  default: (await import('./recovery/by-sms.tsx')).BySmsPage,
}));
const RecoveryWay = lazyPage(async () => ({
  default: (await import('./recovery/way.tsx')).WayPage,
}));
const RecoveryByMail = lazyPage(async () => ({
  default: (await import('./recovery/by-mail.tsx')).ByMailPage,
}));
const RecoveryByLink = lazyPage(async () => ({
  default: (await import('./recovery/by-link.tsx')).ByLinkPage,
}));
const RecoveryDone = lazyPage(async () => ({
  default: (await import('./recovery/done.tsx')).DonePage,
}));
const Service = lazyPage(async () => ({
  default: (await import('./services/service.tsx')).Service,
}));
const Account = lazyPage(async () => ({
  default: (await import('./account/account.tsx')).Account,
}));
const ChangePassword = lazyPage(async () => ({
  default: (await import('./account/change-password.tsx')).ChangePassword,
}));
const Profile = lazyPage(async () => ({
  default: (await import('./account/profile.tsx')).Profile,
}));
const Verification = lazyPage(async () => ({
  default: (await import('./verification/verification.tsx')).Verification,
}));

export function App() {
  return (
    <SessionProvider>
      <Suspense>
        <Router root={Frame}>
          <Route path="/" component={Home} />
          <Route path="/login" component={Login} />
          <Route path="/recovery" component={Recovery} />
          <Route path="/recovery/code" component={RecoveryBySms} />
          <Route path="/recovery/way" component={RecoveryWay} />
          <Route path="/recovery/mail" component={RecoveryByMail} />
          <Route path="/recovery/link" component={RecoveryByLink} />
          <Route path="/recovery/done" component={RecoveryDone} />
          <Route path="/services/:id" component={Service} />
          <Route path="/account" component={Account} />
          <Route path="/account/password" component={ChangePassword} />
          <Route path="/account/profile" component={Profile} />
          <Route path="/account/verification" component={Verification} />
          <Route path="/help" component={Help} />
          <Route path="/privacy" component={Privacy} />
          <Route path="/accessibility" component={Accessibility} />
          <Route path="/agreement" component={Agreement} />
          <Route path="/register" component={RegistrationFlow}>
            <Route path="/" component={RegistrationStart} />
            <Route path="/document" component={RegistrationDocument} />
            <Route path="/password" component={RegistrationPassword} />
            <Route path="/contact" component={RegistrationContact} />
            <Route path="/code" component={RegistrationCode} />
            <Route path="/review" component={RegistrationReview} />
            <Route path="/taken" component={RegistrationTaken} />
            <Route path="/done" component={RegistrationDone} />
          </Route>
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
