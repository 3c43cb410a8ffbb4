import { type JSX, Suspense } from 'solid-js';
import { Route, Router } from '../router/router.tsx';
import { page } from '../lazy-page.ts';
import { PageBoundary } from '../page-boundary.tsx';
import { consolePath } from './paths.ts';
import { Gate, StaffOnly } from './session/gate.tsx';
import { StaffProvider } from './session/staff.tsx';
import { Shell } from './shell.tsx';
import { NotFound, Start } from './start.tsx';

const SignIn = page(() => import('./sign-in/sign-in.tsx'), 'SignIn');
const Invitation = page(() => import('./sign-in/invitation.tsx'), 'Invitation');
const Queue = page(() => import('./queue/queue.tsx'), 'Queue');
const Case = page(() => import('./case/case.tsx'), 'Case');
const OwnSecurity = page(() => import('./staff/security.tsx'), 'OwnSecurity');
const StaffList = page(() => import('./staff/list.tsx'), 'StaffList');
const HelpDesk = page(() => import('./help-desk/help-desk.tsx'), 'HelpDesk');
const TicketPage = page(() => import('./help-desk/ticket.tsx'), 'TicketPage');
const FoundAccount = page(() => import('./help-desk/account.tsx'), 'FoundAccount');
const Disputes = page(() => import('./disputes/list.tsx'), 'Disputes');
const DisputePage = page(() => import('./disputes/dispute.tsx'), 'DisputePage');
const UnclaimedDisputes = page(() => import('./disputes/unclaimed.tsx'), 'UnclaimedDisputes');
const OfficeKeys = page(() => import('./office/keys.tsx'), 'OfficeKeys');
const Services = page(() => import('./services/list.tsx'), 'Services');
const ServicePage = page(() => import('./services/service.tsx'), 'ServicePage');
const Agency = page(() => import('./agency/agency.tsx'), 'Agency');
const Claims = page(() => import('./claim/claims.tsx'), 'Claims');
const ClaimCase = page(() => import('./claim/claim.tsx'), 'ClaimCase');
const WindowPage = page(() => import('./window/window.tsx'), 'WindowPage');
const CredentialPage = page(() => import('./credential/credential.tsx'), 'CredentialPage');
const Statistics = page(() => import('./statistics/statistics.tsx'), 'Statistics');
const Audit = page(() => import('./audit/audit.tsx'), 'Audit');
const Invite = page(() => import('./staff/invite.tsx'), 'Invite');
const Member = page(() => import('./staff/member.tsx'), 'Member');

/** The console of staff: a second entry beside the pages for applicants. */
export function Console() {
  return (
    <StaffProvider>
      <Suspense>
        <Router base={consolePath} root={Frame}>
          <Route path="/sign-in" component={SignIn} />
          <Route path="/invitation" component={Invitation} />
          <Route path="/" component={StaffOnly}>
            <Route path="/" component={Start} />
            <Route path="/security" component={OwnSecurity} />
            <Route path="/queue" component={Gate('review.decide')}>
              <Route path="/" component={Queue} />
            </Route>
            <Route path="/cases" component={Gate('review.decide')}>
              <Route path="/:caseId" component={Case} />
            </Route>
            <Route path="/claims" component={Gate('review.decide')}>
              <Route path="/" component={Claims} />
              <Route path="/:caseId" component={ClaimCase} />
            </Route>
            <Route path="/help-desk" component={Gate('help_desk.change')}>
              <Route path="/" component={HelpDesk} />
              <Route path="/:accountId" component={FoundAccount} />
            </Route>
            <Route path="/tickets" component={Gate('help_desk.change')}>
              <Route path="/:caseId" component={TicketPage} />
            </Route>
            <Route path="/disputes" component={Gate('records.decide')}>
              <Route path="/" component={Disputes} />
              <Route path="/:caseId" component={DisputePage} />
            </Route>
            <Route path="/window" component={Gate('window.revoke')}>
              <Route path="/" component={WindowPage} />
            </Route>
            <Route path="/credential" component={Gate('guides.edit')}>
              <Route path="/" component={CredentialPage} />
            </Route>
            <Route path="/agency" component={Gate('agency.hand_over')}>
              <Route path="/" component={Agency} />
            </Route>
            <Route path="/statistics" component={Gate('statistics.view')}>
              <Route path="/" component={Statistics} />
            </Route>
            <Route path="/audit" component={Gate('audit.view')}>
              <Route path="/" component={Audit} />
            </Route>
            <Route path="/staff" component={Gate('staff.manage')}>
              <Route path="/" component={StaffList} />
              <Route path="/invite" component={Invite} />
              <Route path="/disputes" component={UnclaimedDisputes} />
              <Route path="/office-keys" component={OfficeKeys} />
              <Route path="/services" component={Services} />
              <Route path="/services/:portal/:service" component={ServicePage} />
              <Route path="/:staffId" component={Member} />
            </Route>
          </Route>
          <Route path="*" component={NotFound} />
        </Router>
      </Suspense>
    </StaffProvider>
  );
}

function Frame(props: { children?: JSX.Element }) {
  return (
    <Shell>
      <PageBoundary>{props.children}</PageBoundary>
    </Shell>
  );
}
