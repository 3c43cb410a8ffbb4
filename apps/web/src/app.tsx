import { type Component, createEffect, type JSX, Suspense } from 'solid-js';
import { Route, Router } from './router/router.tsx';
import { page } from './lazy-page.ts';
import { isOperatorAsked } from './operator.ts';
import { PageBoundary } from './page-boundary.tsx';
import { type DocumentPortal, usePortal, weChatName } from './portal.ts';
import { facePath } from './session/next.ts';
import { EntryLine } from './session/entry-line.tsx';
import { SessionProvider, useSession } from './session/session.tsx';
import { Layout } from './layout.tsx';
import { isPageShown } from './ui/page.tsx';

/** A page at its path. Written as elements, the routes would be 0.5 KB more of every visit. */
const at = <Name extends string, Module extends Record<Name, Component>>(
  path: string,
  load: () => Promise<Module>,
  name: Name,
  inner?: JSX.Element,
) => Route({ path, component: page(load, name), children: inner });

/** The pages of a portal. */
const routesOf = (portal: DocumentPortal): JSX.Element => [
  at('/', () => import('./home/home.tsx'), 'Home'),
  at('/login', () => import('./login/login.tsx'), 'Login'),
  portal.takesMinistryAccounts &&
    at('/login/ministry', () => import('./ministry/arrival.tsx'), 'MinistryArrival'),
  portal.flows.recover.steps[0] === 'user_name'
    ? at('/recovery', () => import('./recovery/user-name.tsx'), 'UserNamePage')
    : at('/recovery', () => import('./recovery/identify.tsx'), 'IdentifyPage'),
  portal.flows.find_user_name &&
    at('/user-name', () => import('./recovery/find-user-name.tsx'), 'FindUserNamePage'),
  portal.flows.find_user_name &&
    at('/user-name/way', () => import('./recovery/user-name-way.tsx'), 'UserNameWayPage'),
  at('/recovery/code', () => import('./recovery/by-sms.tsx'), 'BySmsPage'),
  at('/recovery/way', () => import('./recovery/way.tsx'), 'WayPage'),
  at('/recovery/mail', () => import('./recovery/by-mail.tsx'), 'ByMailPage'),
  at('/recovery/wechat', () => import('./recovery/by-wechat.tsx'), 'ByWeChatPage'),
  at('/recovery/link', () => import('./recovery/by-link.tsx'), 'ByLinkPage'),
  portal.face && at('/recovery/face', () => import('./recovery/by-face.tsx'), 'ByFacePage'),
  at('/recovery/done', () => import('./recovery/done.tsx'), 'RecoveryDone'),
  at('/services/:id', () => import('./services/service.tsx'), 'Service'),
  portal.entrances.length > 0 &&
    at('/enter/:id', () => import('./services/entrance.tsx'), 'Entrance'),
  at('/account', () => import('./account/account.tsx'), 'Account'),
  at('/account/password', () => import('./account/change-password.tsx'), 'ChangePassword'),
  at('/account/identity', () => import('./account/real-name.tsx'), 'RealName'),
  at('/account/profile', () => import('./account/profile.tsx'), 'Profile'),
  at('/account/security', () => import('./account/security.tsx'), 'Security'),
  at('/account/notices', () => import('./notice/notices.tsx'), 'Notices'),
  at('/account/proof', () => import('./proof/proof.tsx'), 'Proof'),
  at('/account/mobile', () => import('./contact/change.tsx'), 'ChangeMobile'),
  at('/account/email', () => import('./contact/change.tsx'), 'ChangeEmail'),
  at('/mail', () => import('./contact/mail-link.tsx'), 'MailLink'),
  at('/account/binding', () => import('./binding/binding.tsx'), 'Binding'),
  portal.vouching !== null && at('/account/inbox', () => import('./binding/inbox.tsx'), 'Inbox'),
  portal.vouching !== null &&
    at('/account/number/classmate', () => import('./binding/by-classmate.tsx'), 'ClaimByClassmate'),
  at('/undo', () => import('./contact/undo.tsx'), 'Undo'),
  weChatName() !== '' &&
    at('/account/wechat', () => import('./wechat/binding.tsx'), 'WeChatBinding'),
  portal.takesMinistryAccounts &&
    at('/account/ministry', () => import('./ministry/link.tsx'), 'MinistryLink'),
  at('/account/guardian', () => import('./guardian/guardian.tsx'), 'Guardian'),
  portal.records?.page && at('/account/records', () => import('./records/page.tsx'), 'Records'),
  portal.authorisation !== null &&
    at('/account/authorisation', () => import('./authorisation/page.tsx'), 'Authorisation'),
  portal.authorisation !== null &&
    at('/account/authorisation/matter', () => import('./authorisation/matter.tsx'), 'MatterPage'),
  portal.records?.photoCheck &&
    at('/account/photo-check', () => import('./photo-check/page.tsx'), 'PhotoCheck'),
  at('/account/data', () => import('./data/data.tsx'), 'Data'),
  at('/account/close', () => import('./data/close.tsx'), 'Close'),
  at('/account/number', () => import('./number/number.tsx'), 'NumberPage'),
  at('/cancellation', () => import('./data/stop-by-link.tsx'), 'StopByLink'),
  at('/account/levels', () => import('./account/levels.tsx'), 'Levels'),
  portal.face && at(facePath, () => import('./face/page.tsx'), 'Face'),
  at('/account/verification', () => import('./verification/verification.tsx'), 'Verification'),
  at('/account/review', () => import('./review/flow.tsx'), 'ReviewFlow', [
    at('/', () => import('./review/review.tsx'), 'Review'),
    at('/details', () => import('./review/details.tsx'), 'DetailsPage'),
    at('/photos/:side', () => import('./review/photo/photo.tsx'), 'PhotoPage'),
    at('/check', () => import('./review/check.tsx'), 'ReviewCheck'),
    at('/receipt', () => import('./review/receipt.tsx'), 'ReceiptPage'),
  ]),
  at('/photo', () => import('./review/photo/by-link.tsx'), 'PhotoByLinkPage'),
  at('/network-credential', () => import('./network-credential/page.tsx'), 'NetworkCredential'),
  at('/help', () => import('./about/help.tsx'), 'Help'),
  at('/tickets', () => import('./ticket/follow.tsx'), 'FollowTicket'),
  at('/tickets/new', () => import('./ticket/new.tsx'), 'NewTicket'),
  portal.agencyHelp !== null &&
    at('/first-sign-in', () => import('./agency/first-sign-in.tsx'), 'FirstSignIn'),
  portal.takesOrganisations && [
    at('/organisation', () => import('./organisation/organisation.tsx'), 'Organisation'),
    at('/organisation/letter', () => import('./organisation/letter.tsx'), 'NewLetter'),
    at(
      '/organisation/password',
      () => import('./organisation/password.tsx'),
      'OrganisationPassword',
    ),
    at('/organisation/contact', () => import('./organisation/contact.tsx'), 'OrganisationContact'),
    at('/organisation/data', () => import('./organisation/data.tsx'), 'OrganisationData'),
    at(
      '/organisation/change-password',
      () => import('./organisation/change-password.tsx'),
      'ChangeOrganisationPassword',
    ),
    at('/organisation/close', () => import('./organisation/close.tsx'), 'CloseOrganisation'),
    at('/organisation/keep', () => import('./organisation/keep.tsx'), 'KeepOrganisation'),
  ],
  at('/privacy', () => import('./about/privacy.tsx'), 'Privacy'),
  at('/accessibility', () => import('./about/accessibility.tsx'), 'Accessibility'),
  at('/agreement', () => import('./about/agreement.tsx'), 'Agreement'),
  at('/register', () => import('./registration/flow.tsx'), 'RegistrationFlow', [
    portal.hasUsageNotice
      ? at('/', () => import('./registration/usage-notice.tsx'), 'UsageNotice')
      : at('/', () => import('./registration/start.tsx'), 'StartPage'),
    at('/document', () => import('./registration/document.tsx'), 'DocumentPage'),
    at('/password', () => import('./registration/password.tsx'), 'PasswordPage'),
    at('/contact', () => import('./registration/contact.tsx'), 'ContactPage'),
    at('/code', () => import('./registration/code.tsx'), 'RegistrationCode'),
    at('/activation', () => import('./registration/activation.tsx'), 'Activation'),
    portal.flows.register.steps.includes('verify') &&
      at('/verify', () => import('./registration/verify.tsx'), 'RegistrationVerify'),
    at('/check', () => import('./registration/check.tsx'), 'RegistrationCheck'),
    at('/taken', () => import('./registration/taken.tsx'), 'RegistrationTaken'),
    at('/done', () => import('./registration/done.tsx'), 'RegistrationDone'),
  ]),
  at('*', () => import('./about/not-found.tsx'), 'NotFound'),
];

/** All pages of applicants. Calls `onShown` when the first one stands as it will. */
export function App(props: { onShown?(): void }) {
  return (
    <SessionProvider>
      <Shown onShown={() => props.onShown?.()} />
      <Suspense>
        <Router root={Frame} base={usePortal().prefix} alone={[facePath]}>
          {routesOf(usePortal())}
        </Router>
      </Suspense>
    </SessionProvider>
  );
}

/** Waits for the page, and for what the frame depends on: who is signed in, and who runs the site. */
function Shown(props: { onShown(): void }) {
  const session = useSession();
  createEffect(() => {
    if (!isPageShown() || session.current() === undefined || isOperatorAsked()) return;
    queueMicrotask(() => props.onShown());
  });
  return null;
}

function Frame(props: { children?: JSX.Element }) {
  return (
    <Layout>
      <EntryLine />
      <PageBoundary>{props.children}</PageBoundary>
    </Layout>
  );
}
