import { fieldLabels, isAccountField, type NoticeFacts } from '@shiming/domain';
import { formatDate, formatInstant } from '../copy/format.ts';
import type { SuspensionReason } from '@shiming/domain';
import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './notices.zh.ts';

const named = (device = '') => (device === '' ? 'one we do not recognise' : device);
const byStaff = (by?: string) => (by === undefined ? '' : ' by the help desk');

const suspensions: Record<SuspensionReason, string> = {
  taken_over: 'somebody else may be using it',
  holder_asked: 'you asked for that',
  false_document: 'there is a doubt about its document',
  misuse: 'its use is against the agreement',
  authority_order: 'an authority has ordered it by law',
};
function corrected({ field = 'name', before, after, verify }: NoticeFacts): string {
  const label = fieldLabels('en')[isAccountField(field) ? field : 'name'].toLowerCase();
  const change = before === undefined ? '' : ` from ${before} to ${after}`;
  return `Your ${label} was corrected${change} by the help desk.${verify === undefined ? '' : ' Please verify again before you use the services.'}`;
}

export const en: Translated<typeof zh> = {
  title: 'Notices',
  lead: 'Everything important that happens to your account is written here.',
  empty: 'There are no notices yet.',
  unread: 'Unread',
  newly: (count) =>
    count === 1 ? '1 has come since your last visit.' : `${count} have come since your last visit.`,
  notMe: 'This was not me',
  seeReview: 'See the review',
  says: {
    password_reset: () => 'Your password was reset, and all devices were signed out.',
    password_changed: () => 'Your password was changed, and all other devices were signed out.',
    new_device: ({ device }) => `Signed in on a new device: ${named(device)}.`,
    mobile_changed: ({ before, after, by }) =>
      `Your mobile number was changed from ${before} to ${after}${byStaff(by)}.`,
    email_changed: ({ before, after, by }) =>
      `Your e-mail address was changed from ${before} to ${after}${byStaff(by)}.`,
    name_corrected: corrected,
    details_corrected: corrected,
    contact_restored: ({ after }) =>
      `Your contact was restored to ${after}; all devices were signed out, and the old password no longer works.`,
    wechat_bound: () => 'A WeChat was linked.',
    wechat_unbound: () => 'Your WeChat was unlinked.',
    guardian_required: () =>
      'You are under 14 and no guardian has consented yet, so verification, services and reviews are paused. Ask a guardian to consent in an account of their own, then enter their code under “My data”.',
    guardian_consent_ended: () =>
      'Your guardian’s consent has ended: it was withdrawn, or you are 14 now. To be verified and use services, agree under “My data”.',
    consent_withdrawn: () => 'You withdrew a consent.',
    cancellation_requested: ({ dueAtMs }) =>
      dueAtMs === undefined
        ? 'You asked to close your account.'
        : `You asked to close your account; this happens on ${formatInstant(Number(dueAtMs))}. Until then you can stop it.`,
    number_claimed: ({ date = '' }) =>
      `Another account claims your document number. If it is yours, object on the page “Document number” by ${formatDate(date)}, or be verified.`,
    number_claim_in_review: ({ date = '' }) =>
      `Another account claims your document number, and reviewers decide. If it is yours, object on the page “Document number” by ${formatDate(date)}.`,
    number_claim_returned: () =>
      'Your claim on the document number needs another photo. The page “Document number” says why.',
    number_claim_disputed: () =>
      'The other account has objected, or checks alone do not decide whose number it is. Add a photo of yourself with the document on the page “Document number”; reviewers decide.',
    number_claim_refused: () =>
      'Your claim on the document number was not approved. The page “Document number” says why.',
    number_moved: () => 'The document number is yours now; sign in with it from now on.',
    number_claim_undone: () => 'The document number was given back to the account that had it.',
    account_suspended: ({ reason = '' }) =>
      `The help desk suspended the account. The reason: ${suspensions[reason as SuspensionReason]}.`,
    account_restored: () => 'The help desk restored the account.',
    cancellation_stopped: () => 'Your account stays open.',
    review_approved: ({ caseNumber }) =>
      `Your review was approved (number ${caseNumber}); you can use the services.`,
    review_rejected: ({ caseNumber }) =>
      `Your review was not approved (number ${caseNumber}); read the reasons.`,
    review_returned: ({ caseNumber }) =>
      `Your review needs a correction (number ${caseNumber}); it then goes on, at no cost.`,
    review_expired: ({ caseNumber }) =>
      `Your review was closed (number ${caseNumber}): what was asked for did not come in time.`,
    review_reopened: ({ caseNumber }) =>
      `Your review is under way again (number ${caseNumber}); until the outcome nothing can be changed or checked.`,
    document_ends_soon: ({ date = '' }) =>
      `The document by which you were verified is valid until ${formatDate(date)}. Once you have a new one, enter its dates on the verification page.`,
    document_ends: ({ date = '' }) =>
      `The document by which you were verified is valid until ${formatDate(date)}; after that day it opens no services. Enter the dates of the new one on the verification page.`,
    dispute_approved: ({ caseNumber }) =>
      `Photo check, objection ${caseNumber}: the school has corrected the record. Please check it again.`,
    dispute_rejected: ({ caseNumber }) =>
      `Photo check, objection ${caseNumber}: the school found the record right. Please read its answer.`,
    photo_check_reopened: () =>
      'Your school has opened your photo check again. Please check it once more.',
    mail_refused: ({ contact }) =>
      `A mail to ${contact} was refused by the mail service. Check the address, and change it if it is no longer in use.`,
    vouch_asked: ({ name }) =>
      `${name} asks you to confirm who they are. You find the request in your inbox.`,
    vouch_given: ({ name, days }) =>
      `You confirmed who the classmate ${name} is. If it was not you, take it back in your inbox within ${days} days.`,
    vouch_received: ({ name }) =>
      `Your classmate ${name} confirmed who you are. Your real-name information is bound.`,
    vouch_declined: () =>
      'The classmate declined. Ask another one, or bind by mobile or education mail.',
    vouch_taken_back: () =>
      'The classmate took the confirmation back, and the binding no longer stands. Bind in another way.',
    vouch_found_false: () =>
      'The classmate who confirmed you has confirmed somebody falsely, so the binding no longer stands. Bind in another way.',
    email_disowned: ({ contact }) =>
      `The holder of the mailbox ${contact} said that this account is not theirs, so the address was removed. Enter an address of your own.`,
    sms_refused: ({ contact }) =>
      `A text message to ${contact} could not be delivered. Check the number, and change it if it is no longer in use.`,
    mail_lost: ({ contact }) =>
      `A mail to ${contact} may not have arrived, and we will not send it again. If you are waiting for a link in it, ask for a new one.`,
    sms_lost: ({ contact }) =>
      `A text message to ${contact} may not have arrived, and we will not send it again.`,
  },
};
