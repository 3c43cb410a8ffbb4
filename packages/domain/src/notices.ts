/** The two contacts of an account. */
export const contactKinds = ['mobile', 'email'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** The notices of a manual review (T-CON-05); by mail or SMS only where the person chose so. */
export const reviewNoticeKinds = [
  'review_approved',
  'review_rejected',
  'review_returned',
  'review_expired',
  'review_reopened',
] as const;
export type ReviewNoticeKind = (typeof reviewNoticeKinds)[number];

/**
 * That messages do not reach the person, because they were refused for good, may be lost, or the mailbox is somebody else's:
 * only in the portal, for there is no other way.
 */
const deliveryNoticeKinds = [
  'mail_refused',
  'sms_refused',
  'mail_lost',
  'sms_lost',
  'email_disowned',
] as const;
export type DeliveryNoticeKind = (typeof deliveryNoticeKinds)[number];

/** That the school has answered what a person found wrong in a record, or that this has ended without, or the school has opened the photo check again. */
const disputeNoticeKinds = [
  'dispute_approved',
  'dispute_rejected',
  'dispute_expired',
  'photo_check_reopened',
] as const;

/** What was done with an authorisation, on this site and by SMS. */
export const authorisationNoticeKinds = [
  'authorisation_opened',
  'authorisation_used',
  'authorisation_ends',
  'matter_asked',
  'matter_withdrawn',
  'matter_agreed',
] as const;
export type AuthorisationNoticeKind = (typeof authorisationNoticeKinds)[number];

/** That the document by which a person was verified runs out. */
const documentNoticeKinds = ['document_ends_soon', 'document_ends'] as const;
export type DocumentNoticeKind = (typeof documentNoticeKinds)[number];

/** What became of a request to a classmate, or that one waits: on this site. */
const vouchNoticeKinds = [
  'vouch_asked',
  'vouch_received',
  'vouch_declined',
  'vouch_taken_back',
  'vouch_found_false',
] as const;

/** What a clerk has recorded at a window. */
const windowNoticeKinds = ['window_passed', 'window_refused', 'window_revoked'] as const;

/** That the help desk has suspended or restored the account. */
const statusNoticeKinds = ['account_suspended', 'account_restored'] as const;

/** The notices of a claim on a document number, to both sides. */
const numberClaimNoticeKinds = [
  'number_claimed',
  'number_claim_in_review',
  'number_claim_returned',
  'number_claim_disputed',
  'number_claim_refused',
  'number_moved',
  'number_claim_undone',
] as const;
export type NumberClaimNoticeKind = (typeof numberClaimNoticeKinds)[number];

/** That an agency has handed over a first password, with which the account was opened: on the page 通知. */
const agencyNoticeKinds = ['handed_over'] as const;

/** What was done with the account: on the page 通知, and by mail, because somebody else could have done it. */
export const accountNoticeKinds = [
  'password_reset',
  'password_changed',
  'new_device',
  'mobile_changed',
  'email_changed',
  'name_corrected',
  'details_corrected',
  'contact_restored',
  'wechat_bound',
  'wechat_unbound',
  'ministry_linked',
  'ministry_unlinked',
  'consent_withdrawn',
  'guardian_consent_ended',
  'guardian_required',
  'vouch_given',
  'cancellation_requested',
  'cancellation_stopped',
] as const;
export type AccountNoticeKind = (typeof accountNoticeKinds)[number];

/**
 * Every notice that a person gets of the account without having asked, on the page 通知. Each has a sentence in the copy tables,
 * and those that go by mail one in `mail.ts`.
 */
const noticeKinds = [
  ...accountNoticeKinds,
  ...statusNoticeKinds,
  ...agencyNoticeKinds,
  ...vouchNoticeKinds,
  ...windowNoticeKinds,
  ...numberClaimNoticeKinds,
  ...reviewNoticeKinds,
  ...deliveryNoticeKinds,
  ...documentNoticeKinds,
  ...authorisationNoticeKinds,
  ...disputeNoticeKinds,
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a notice's sentence names: a browser, a masked contact, an instant in ms as digits. Nothing that is personal unmasked. */
export type NoticeFacts = Readonly<Record<string, string>>;
