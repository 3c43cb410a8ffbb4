import { agencyRouter } from './agency.ts';
import { auditTrailRouter } from './audit-trail.ts';
import { authorisationRouter, officeRouter } from './authorisation.ts';
import { bindingRouter } from './binding.ts';
import { claimRouter } from './claim.ts';
import { contactRouter } from './contact.ts';
import { dataRouter } from './data.ts';
import { deskRouter } from './desk.ts';
import { entryRouter } from './entry.ts';
import { faceRouter } from './face.ts';
import { guardianRouter } from './guardian.ts';
import { helpDeskRouter } from './help-desk.ts';
import { identityRouter } from './identity.ts';
import { loginRouter } from './login.ts';
import { ministryRouter } from './ministry.ts';
import { networkCredentialRouter } from './network-credential.ts';
import { noticeRouter } from './notice.ts';
import { serviceClientRouter } from './oidc.ts';
import { operatorRouter } from './operator.ts';
import { organisationRouter } from './organisation.ts';
import { disputeRouter, photoCheckRouter } from './photo-check.ts';
import { profileRouter } from './profile.ts';
import { proofRouter } from './proof.ts';
import { puzzleRouter } from './puzzle.ts';
import { recordsRouter } from './records.ts';
import { recoveryRouter } from './recovery.ts';
import { registrationRouter } from './registration.ts';
import { reviewRouter } from './review.ts';
import { sessionRouter } from './session.ts';
import { staffRouter } from './staff.ts';
import { statisticsRouter } from './statistics.ts';
import { ticketRouter } from './ticket.ts';
import { router } from './trpc.ts';
import { verificationRouter } from './verification.ts';
import { wechatRouter } from './wechat.ts';
import { windowRouter } from './window.ts';

/** Every procedure there is. */
export const appRouter = router({
  agency: agencyRouter,
  auditTrail: auditTrailRouter,
  authorisation: authorisationRouter,
  binding: bindingRouter,
  claim: claimRouter,
  contact: contactRouter,
  data: dataRouter,
  desk: deskRouter,
  dispute: disputeRouter,
  entry: entryRouter,
  face: faceRouter,
  guardian: guardianRouter,
  helpDesk: helpDeskRouter,
  identity: identityRouter,
  login: loginRouter,
  ministry: ministryRouter,
  networkCredential: networkCredentialRouter,
  notice: noticeRouter,
  office: officeRouter,
  operator: operatorRouter,
  organisation: organisationRouter,
  photoCheck: photoCheckRouter,
  profile: profileRouter,
  proof: proofRouter,
  puzzle: puzzleRouter,
  records: recordsRouter,
  recovery: recoveryRouter,
  registration: registrationRouter,
  review: reviewRouter,
  serviceClient: serviceClientRouter,
  session: sessionRouter,
  staff: staffRouter,
  ticket: ticketRouter,
  statistics: statisticsRouter,
  verification: verificationRouter,
  wechat: wechatRouter,
  window: windowRouter,
});

export type AppRouter = typeof appRouter;
