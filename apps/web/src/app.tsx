import { createEffect, type JSX, Suspense } from 'solid-js';
import { Route, Router } from './router/router.tsx';
import { page } from './lazy-page.ts';
import { isOperatorAsked } from './operator.ts';
import { PageBoundary } from './page-boundary.tsx';
import { usePortal, weChatName } from './portal.ts';
import { facePath } from './session/next.ts';
import { EntryLine } from './session/entry-line.tsx';
import { SessionProvider, useSession } from './session/session.tsx';
import { Layout } from './layout.tsx';
import { isPageShown } from './ui/page.tsx';

const Home = page(() => import('./home/home.tsx'), 'Home');
const Help = page(() => import('./about/help.tsx'), 'Help');
const NewTicket = page(() => import('./ticket/new.tsx'), 'NewTicket');
const FollowTicket = page(() => import('./ticket/follow.tsx'), 'FollowTicket');
const FirstSignIn = page(() => import('./agency/first-sign-in.tsx'), 'FirstSignIn');
const Organisation = page(() => import('./organisation/organisation.tsx'), 'Organisation');
const NewLetter = page(() => import('./organisation/letter.tsx'), 'NewLetter');
const OrganisationPassword = page(
  () => import('./organisation/password.tsx'),
  'OrganisationPassword',
);
const OrganisationContact = page(() => import('./organisation/contact.tsx'), 'OrganisationContact');
const OrganisationData = page(() => import('./organisation/data.tsx'), 'OrganisationData');
const CloseOrganisation = page(() => import('./organisation/close.tsx'), 'CloseOrganisation');
const ChangeOrganisationPassword = page(
  () => import('./organisation/change-password.tsx'),
  'ChangeOrganisationPassword',
);
const KeepOrganisation = page(() => import('./organisation/keep.tsx'), 'KeepOrganisation');
const Privacy = page(() => import('./about/privacy.tsx'), 'Privacy');
const Accessibility = page(() => import('./about/accessibility.tsx'), 'Accessibility');
const Agreement = page(() => import('./about/agreement.tsx'), 'Agreement');
const NotFound = page(() => import('./about/not-found.tsx'), 'NotFound');

const RegistrationFlow = page(() => import('./registration/flow.tsx'), 'RegistrationFlow');
const RegistrationStart = page(() => import('./registration/start.tsx'), 'StartPage');
const UsageNotice = page(() => import('./registration/usage-notice.tsx'), 'UsageNotice');
const RegistrationDocument = page(() => import('./registration/document.tsx'), 'DocumentPage');
const RegistrationPassword = page(() => import('./registration/password.tsx'), 'PasswordPage');
const RegistrationContact = page(() => import('./registration/contact.tsx'), 'ContactPage');
const Activation = page(() => import('./registration/activation.tsx'), 'Activation');
const RegistrationCode = page(() => import('./registration/code.tsx'), 'RegistrationCode');
const RegistrationVerify = page(() => import('./registration/verify.tsx'), 'RegistrationVerify');
const RegistrationCheck = page(() => import('./registration/check.tsx'), 'RegistrationCheck');
const RegistrationTaken = page(() => import('./registration/taken.tsx'), 'RegistrationTaken');
const RegistrationDone = page(() => import('./registration/done.tsx'), 'RegistrationDone');

const Login = page(() => import('./login/login.tsx'), 'Login');
const RecoveryIdentify = page(() => import('./recovery/identify.tsx'), 'IdentifyPage');
const RecoveryUserName = page(() => import('./recovery/user-name.tsx'), 'UserNamePage');
const FindUserName = page(() => import('./recovery/find-user-name.tsx'), 'FindUserNamePage');
const UserNameWay = page(() => import('./recovery/user-name-way.tsx'), 'UserNameWayPage');
const RecoveryBySms = page(() => import('./recovery/by-sms.tsx'), 'BySmsPage');
const RecoveryWay = page(() => import('./recovery/way.tsx'), 'WayPage');
const RecoveryByMail = page(() => import('./recovery/by-mail.tsx'), 'ByMailPage');
const RecoveryByWeChat = page(() => import('./recovery/by-wechat.tsx'), 'ByWeChatPage');
const RecoveryByLink = page(() => import('./recovery/by-link.tsx'), 'ByLinkPage');
const RecoveryByFace = page(() => import('./recovery/by-face.tsx'), 'ByFacePage');
const RecoveryDone = page(() => import('./recovery/done.tsx'), 'RecoveryDone');
const Service = page(() => import('./services/service.tsx'), 'Service');
const Entrance = page(() => import('./services/entrance.tsx'), 'Entrance');
const Account = page(() => import('./account/account.tsx'), 'Account');
const ChangePassword = page(() => import('./account/change-password.tsx'), 'ChangePassword');
const Security = page(() => import('./account/security.tsx'), 'Security');
const Notices = page(() => import('./notice/notices.tsx'), 'Notices');
const Proof = page(() => import('./proof/proof.tsx'), 'Proof');
const ChangeMobile = page(() => import('./contact/change.tsx'), 'ChangeMobile');
const ChangeEmail = page(() => import('./contact/change.tsx'), 'ChangeEmail');
const Binding = page(() => import('./binding/binding.tsx'), 'Binding');
const Inbox = page(() => import('./binding/inbox.tsx'), 'Inbox');
const ClaimByClassmate = page(() => import('./binding/by-classmate.tsx'), 'ClaimByClassmate');
const MailLink = page(() => import('./contact/mail-link.tsx'), 'MailLink');
const Undo = page(() => import('./contact/undo.tsx'), 'Undo');
const NumberPage = page(() => import('./number/number.tsx'), 'NumberPage');
const RealName = page(() => import('./account/real-name.tsx'), 'RealName');
const Profile = page(() => import('./account/profile.tsx'), 'Profile');
const Records = page(() => import('./records/page.tsx'), 'Records');
const MatterPage = page(() => import('./authorisation/matter.tsx'), 'MatterPage');
const Authorisation = page(() => import('./authorisation/page.tsx'), 'Authorisation');
const PhotoCheck = page(() => import('./photo-check/page.tsx'), 'PhotoCheck');
const Data = page(() => import('./data/data.tsx'), 'Data');
const Close = page(() => import('./data/close.tsx'), 'Close');
const StopByLink = page(() => import('./data/stop-by-link.tsx'), 'StopByLink');
const Guardian = page(() => import('./guardian/guardian.tsx'), 'Guardian');
const WeChatBinding = page(() => import('./wechat/binding.tsx'), 'WeChatBinding');
const Face = page(() => import('./face/page.tsx'), 'Face');
const Levels = page(() => import('./account/levels.tsx'), 'Levels');
const NetworkCredential = page(() => import('./network-credential/page.tsx'), 'NetworkCredential');
const Verification = page(() => import('./verification/verification.tsx'), 'Verification');
const ReviewFlow = page(() => import('./review/flow.tsx'), 'ReviewFlow');
const Review = page(() => import('./review/review.tsx'), 'Review');
const ReviewDetails = page(() => import('./review/details.tsx'), 'DetailsPage');
const ReviewPhoto = page(() => import('./review/photo/photo.tsx'), 'PhotoPage');
const PhotoByLink = page(() => import('./review/photo/by-link.tsx'), 'PhotoByLinkPage');
const ReviewCheck = page(() => import('./review/check.tsx'), 'ReviewCheck');
const ReviewReceipt = page(() => import('./review/receipt.tsx'), 'ReceiptPage');

/** All pages of applicants. Calls `onShown` when the first one stands as it will. */
export function App(props: { onShown?(): void }) {
  return (
    <SessionProvider>
      <Shown onShown={() => props.onShown?.()} />
      <Suspense>
        <Router root={Frame} base={usePortal().prefix} alone={[facePath]}>
          <Route path="/" component={Home} />
          <Route path="/login" component={Login} />
          <Route
            path="/recovery"
            component={
              usePortal().flows.recover.steps[0] === 'user_name'
                ? RecoveryUserName
                : RecoveryIdentify
            }
          />
          {usePortal().flows.find_user_name && <Route path="/user-name" component={FindUserName} />}
          {usePortal().flows.find_user_name && (
            <Route path="/user-name/way" component={UserNameWay} />
          )}
          <Route path="/recovery/code" component={RecoveryBySms} />
          <Route path="/recovery/way" component={RecoveryWay} />
          <Route path="/recovery/mail" component={RecoveryByMail} />
          <Route path="/recovery/wechat" component={RecoveryByWeChat} />
          <Route path="/recovery/link" component={RecoveryByLink} />
          {usePortal().face && <Route path="/recovery/face" component={RecoveryByFace} />}
          <Route path="/recovery/done" component={RecoveryDone} />
          <Route path="/services/:id" component={Service} />
          {usePortal().entrances.length > 0 && <Route path="/enter/:id" component={Entrance} />}
          <Route path="/account" component={Account} />
          <Route path="/account/password" component={ChangePassword} />
          <Route path="/account/identity" component={RealName} />
          <Route path="/account/profile" component={Profile} />
          <Route path="/account/security" component={Security} />
          <Route path="/account/notices" component={Notices} />
          <Route path="/account/proof" component={Proof} />
          <Route path="/account/mobile" component={ChangeMobile} />
          <Route path="/account/email" component={ChangeEmail} />
          <Route path="/mail" component={MailLink} />
          <Route path="/account/binding" component={Binding} />
          {usePortal().vouching !== null && <Route path="/account/inbox" component={Inbox} />}
          {usePortal().vouching !== null && (
            <Route path="/account/number/classmate" component={ClaimByClassmate} />
          )}
          <Route path="/undo" component={Undo} />
          {weChatName() !== '' && <Route path="/account/wechat" component={WeChatBinding} />}
          <Route path="/account/guardian" component={Guardian} />
          {usePortal().records?.page && <Route path="/account/records" component={Records} />}
          {usePortal().authorisation !== null && (
            <Route path="/account/authorisation" component={Authorisation} />
          )}
          {usePortal().authorisation !== null && (
            <Route path="/account/authorisation/matter" component={MatterPage} />
          )}
          {usePortal().records?.photoCheck && (
            <Route path="/account/photo-check" component={PhotoCheck} />
          )}
          <Route path="/account/data" component={Data} />
          <Route path="/account/close" component={Close} />
          <Route path="/account/number" component={NumberPage} />
          <Route path="/cancellation" component={StopByLink} />
          <Route path="/account/levels" component={Levels} />
          {usePortal().face && <Route path={facePath} component={Face} />}
          <Route path="/account/verification" component={Verification} />
          <Route path="/account/review" component={ReviewFlow}>
            <Route path="/" component={Review} />
            <Route path="/details" component={ReviewDetails} />
            <Route path="/photos/:side" component={ReviewPhoto} />
            <Route path="/check" component={ReviewCheck} />
            <Route path="/receipt" component={ReviewReceipt} />
          </Route>
          <Route path="/photo" component={PhotoByLink} />
          <Route path="/network-credential" component={NetworkCredential} />
          <Route path="/help" component={Help} />
          <Route path="/tickets" component={FollowTicket} />
          <Route path="/tickets/new" component={NewTicket} />
          {usePortal().agencyHelp !== null && (
            <Route path="/first-sign-in" component={FirstSignIn} />
          )}
          {usePortal().takesOrganisations && [
            <Route path="/organisation" component={Organisation} />,
            <Route path="/organisation/letter" component={NewLetter} />,
            <Route path="/organisation/password" component={OrganisationPassword} />,
            <Route path="/organisation/contact" component={OrganisationContact} />,
            <Route path="/organisation/data" component={OrganisationData} />,
            <Route path="/organisation/change-password" component={ChangeOrganisationPassword} />,
            <Route path="/organisation/close" component={CloseOrganisation} />,
            <Route path="/organisation/keep" component={KeepOrganisation} />,
          ]}
          <Route path="/privacy" component={Privacy} />
          <Route path="/accessibility" component={Accessibility} />
          <Route path="/agreement" component={Agreement} />
          <Route path="/register" component={RegistrationFlow}>
            <Route
              path="/"
              component={usePortal().hasUsageNotice ? UsageNotice : RegistrationStart}
            />
            <Route path="/document" component={RegistrationDocument} />
            <Route path="/password" component={RegistrationPassword} />
            <Route path="/contact" component={RegistrationContact} />
            <Route path="/code" component={RegistrationCode} />
            <Route path="/activation" component={Activation} />
            {usePortal().flows.register.steps.includes('verify') && (
              <Route path="/verify" component={RegistrationVerify} />
            )}
            <Route path="/check" component={RegistrationCheck} />
            <Route path="/taken" component={RegistrationTaken} />
            <Route path="/done" component={RegistrationDone} />
          </Route>
          <Route path="*" component={NotFound} />
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
