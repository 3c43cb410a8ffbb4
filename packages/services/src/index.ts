export { listHistory } from './data/history.ts';
export { type ChainPart, type ChainReport, sealAudit, verifyAudit } from './audit/chain.ts';
export {
  type AuditEntry,
  checkAudit,
  exportAudit,
  listAuditStaff,
  searchAudit,
} from './audit-trail/trail.ts';
export { askClassmate, withdrawVouch } from './binding/ask.ts';
export { confirmVouch, declineVouch, takeBackVouch } from './binding/answer.ts';
export { currentBinding } from './binding/current.ts';
export { viewInbox } from './binding/inbox.ts';
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
export { viewQueue } from './desk/queue.ts';
export { takeNext } from './desk/take-next.ts';
export { listDoors } from './entry/doors.ts';
export { enterService, listServices } from './entry/services.ts';
export { listCorrections } from './help-desk/corrections.ts';
export { approveCorrection, revealCorrection, refuseCorrection } from './help-desk/decide.ts';
export { findAccount } from './help-desk/find.ts';
export { requestCorrection } from './help-desk/request.ts';
export { revealAccountItem } from './help-desk/reveal.ts';
export { decideTicket, revealTicket, viewTicketCase } from './help-desk/ticket.ts';
export { viewAccount } from './help-desk/view.ts';
export { beginTicket } from './ticket/begin.ts';
export { answerTicket, proveTicket, submitTicket } from './ticket/submit.ts';
export { viewTicket, withdrawTicket } from './ticket/view.ts';
export { changePassword } from './login/change-password.ts';
export { signIn } from './login/sign-in.ts';
export { saveProfile } from './profile/save.ts';
export { revealProfile, viewProfile } from './profile/view.ts';
export { bindQualifications } from './records/bind.ts';
export { refreshRecord } from './records/ask.ts';
export { viewRecords } from './records/view.ts';
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
export { describeSession } from './standing/describe.ts';
export { endAllSessions, endSession, listSessions, signOut } from './login/end-sessions.ts';
export { authenticate } from './session/session.ts';
export { verify } from './verification/verify.ts';
export { viewVerification } from './verification/view.ts';
export { objectToClaim } from './claim/object.ts';
export { viewNumberClaims } from './claim/view.ts';
