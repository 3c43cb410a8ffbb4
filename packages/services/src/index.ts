export { listHistory } from './data/history.ts';
export { type ChainPart, type ChainReport, sealAudit, verifyAudit } from './audit/chain.ts';
export {
  type AuditEntry,
  checkAudit,
  exportAudit,
  listAuditStaff,
  searchAudit,
} from './audit-trail/trail.ts';
export { beginContactChange } from './contact/begin.ts';
export { cancelContactChange } from './contact/cancel.ts';
export { confirmContactChange } from './contact/confirm.ts';
export { currentContact } from './contact/current.ts';
export { disownMail, openMailProof, proveMail, sendMailProof } from './contact/prove-mail.ts';
export { openUndo, undoContactChange } from './contact/undo.ts';
export { inPortal, noSessions } from './context.ts';
export type { Actor, Ctx, Deps, Door, Keys, NamedKey, Visitor } from './context.ts';
export {
  requestCancellation,
  stopCancellation,
  stopCancellationByLink,
} from './data/cancellation.ts';
export { closeAtOnce } from './data/close-at-once.ts';
export { giveConsent, withdrawConsent } from './data/consents.ts';
export { exportData } from './data/export.ts';
export { viewData } from './data/view.ts';
export { assignCase } from './desk/assign.ts';
export { type CaseView, viewCase } from './desk/case.ts';
export { decideCase, undoDecision } from './desk/decide.ts';
export { keepLease, releaseCase } from './desk/lease.ts';
export { type QueueCounts, viewQueueCounts } from './desk/counts.ts';
export { type QueueRow, searchCases, viewQueue } from './desk/queue.ts';
export { reopenCase } from './desk/reopen.ts';
export { revealCase, type Revealed, viewCasePhoto } from './desk/reveal.ts';
export { listReviewers } from './desk/reviewers.ts';
export { type Lease, takeCase } from './desk/take.ts';
export { peekNext, takeNext } from './desk/take-next.ts';
export { listDoors } from './entry/doors.ts';
export { enterService, listServices } from './entry/services.ts';
export { currentGuardian } from './guardian/current.ts';
export { withdrawGuardianConsent } from './guardian/end.ts';
export { giveGuardianConsent, refuseGuardianConsent } from './guardian/give.ts';
export { type CorrectionView, listCorrections } from './help-desk/corrections.ts';
export { approveCorrection, revealCorrection, refuseCorrection } from './help-desk/decide.ts';
export { type AccountFinding, findAccount, findAuditedAccount } from './help-desk/find.ts';
export { requestCorrection } from './help-desk/request.ts';
export { revealAccountItem } from './help-desk/reveal.ts';
export {
  decideTicket,
  revealTicket,
  type TicketCaseView,
  viewTicketCase,
} from './help-desk/ticket.ts';
export { type AccountView, viewAccount } from './help-desk/view.ts';
export { beginTicket } from './ticket/begin.ts';
export { addTicketFile } from './ticket/files.ts';
export { answerTicket, proveTicket, submitTicket } from './ticket/submit.ts';
export { type TicketView, viewTicket, withdrawTicket } from './ticket/view.ts';
export { type JobName, type JobReport, runJobs } from './run-jobs.ts';
export { changePassword } from './login/change-password.ts';
export { importAccounts } from './legacy/import-accounts.ts';
export { signIn } from './login/sign-in.ts';
export { listNotices, markNoticesRead } from './notice/list.ts';
export { saveProfile } from './profile/save.ts';
export { revealProfile, viewProfile } from './profile/view.ts';
export { proveByAuthority } from './proof/by-authority.ts';
export { proveByCode } from './proof/by-code.ts';
export { proveByPassword } from './proof/by-password.ts';
export { currentProof } from './proof/current.ts';
export { sendProofCode } from './proof/send-code.ts';
export { drawProofOfWork, drawPuzzle, solveProofOfWork, solvePuzzle } from './puzzle/puzzle.ts';
export { deliverWaiting } from './outbox/outbox.ts';
export {
  confirmPhotoCheck,
  disputeRecord,
  ratePhotoCheck,
  withdrawDispute,
} from './photo-check/answer.ts';
export {
  decideDispute,
  type DisputeCaseView,
  revealDispute,
  viewDispute,
  viewDisputeStatistics,
} from './dispute/dispute.ts';
export { viewPhotoChecks } from './photo-check/view.ts';
export { bindQualifications } from './records/bind.ts';
export { refreshRecord } from './records/ask.ts';
export { type RecordView, viewRecords } from './records/view.ts';
export { currentRecovery } from './recovery/current.ts';
export { identify } from './recovery/identify.ts';
export { openLink, resetByLink } from './recovery/reset-by-link.ts';
export { resetPassword } from './recovery/reset-password.ts';
export { beginRecovery } from './recovery/begin.ts';
export { tellUserNames } from './recovery/tell-user-names.ts';
export { sendRecoveryCode } from './recovery/send-code.ts';
export { sendRecoveryScene } from './recovery/send-wechat-scene.ts';
export { sendRecoveryLink } from './recovery/send-link.ts';
export { currentRegistration } from './registration/current.ts';
export { discardRegistration } from './registration/discard.ts';
export { proveContact } from './registration/prove-contact.ts';
export { saveDocument } from './registration/save-document.ts';
export { savePassword } from './registration/save-password.ts';
export { sendCode } from './registration/send-code.ts';
export { sendWeChatCode } from './registration/send-wechat-code.ts';
export { giveIdentity } from './identity/give.ts';
export { submitRegistration } from './registration/submit.ts';
export { correctReview } from './review/correct.ts';
export { currentReview, type ReviewView } from './review/current.ts';
export { viewPhoto } from './review/photo.ts';
export { removePhoto } from './review/remove-photo.ts';
export { saveReviewAnswers } from './review/save-answers.ts';
export { handOffPhoto, savePhotoByLink } from './review/hand-off.ts';
export { type PhotoView, savePhoto } from './review/save-photo.ts';
export { type ReviewReceipt, submitReview } from './review/submit.ts';
export { withdrawReview } from './review/withdraw.ts';
export { describeSession } from './standing/describe.ts';
export { endAllSessions, endSession, listSessions, signOut } from './login/end-sessions.ts';
export { authenticate, type SignedIn } from './session/session.ts';
export {
  acceptByPasskey,
  acceptByPassword,
  beginPasskeyAcceptance,
  beginPasswordAcceptance,
  openStaffLink,
} from './staff/accept.ts';
export { createFirstAdministrator } from './staff/first-administrator.ts';
export { recoverAdministrator } from './staff/recover-administrator.ts';
export { inviteStaff } from './staff/invite.ts';
export {
  changeStaffPerson,
  changeStaffRole,
  disableStaff,
  enableStaff,
  listStaff,
  recoverStaff,
  type StaffListEntry,
} from './staff/manage.ts';
export { addPasskey, beginPasskey, listPasskeys, removePasskey } from './staff/own-passkeys.ts';
export { beginTotpChange, changeStaffPassword, changeTotp } from './staff/own-password.ts';
export {
  describeStaff,
  endStaffSession,
  listStaffSessions,
  signOutStaff,
  type StaffView,
} from './staff/own-sessions.ts';
export {
  isSamePerson,
  openStaffPerson,
  ownNumberIndexes,
  samePersonIds,
  staffNames,
} from './staff/person.ts';
export { beginPasskeyProof, proveStaffByPasskey, proveStaffByPassword } from './staff/prove.ts';
export {
  authenticateStaff,
  requireStaffProof,
  sessionActor,
  type SignedInStaff,
  type StaffRow,
} from './staff/session.ts';
export { beginPasskeySignIn, signInByPasskey } from './staff/sign-in-by-passkey.ts';
export { signInByPassword } from './staff/sign-in-by-password.ts';
export { viewStatistics } from './statistics/statistics.ts';
export { verify } from './verification/verify.ts';
export { viewVerification } from './verification/view.ts';
export { beginBinding } from './wechat/begin-binding.ts';
export { bindWeChat } from './wechat/bind.ts';
export { currentWeChat } from './wechat/current.ts';
export { unbindWeChat } from './wechat/unbind.ts';
export { receiveWeChatPush } from './chat/receive.ts';
export { objectToClaim } from './claim/object.ts';
export { viewNumberClaims, type NumberClaimsView } from './claim/view.ts';
