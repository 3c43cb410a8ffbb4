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
  false_document: 'its document may be false',
  misuse: 'it was used against the agreement',
  authority_order: 'an authority has ordered this by law',
};
function corrected({ field = 'name', before, after, verify }: NoticeFacts): string {
  const label = fieldLabels('en')[isAccountField(field) ? field : 'name'].toLowerCase();
  const change = before === undefined ? '' : ` from ${before} to ${after}`;
  return `The help desk corrected your ${label}${change}.${verify === undefined ? '' : ' Verify your identity again before you use the services.'}`;
}

export const en: Translated<typeof zh> = {
  title: 'Notices',
  lead: 'Here you see everything important that happens to your account.',
  empty: 'You have no notices yet.',
  unread: 'Unread',
  newly: (count) =>
    count === 1 ? '1 is new since your last visit.' : `${count} are new since your last visit.`,
  notMe: 'This was not me',
  seeReview: 'See the review',
  seeAuthorisation: 'See authorisations and matters',
  says: {
    password_reset: () => 'Your password was reset, and we signed out all devices.',
    password_changed: () => 'Your password was changed, and we signed out all other devices.',
    new_device: ({ device }) =>
      `Somebody signed in to your account on a new device: ${named(device)}.`,
    mobile_changed: ({ before, after, by }) =>
      `Your mobile number was changed from ${before} to ${after}${byStaff(by)}.`,
    email_changed: ({ before, after, by }) =>
      `Your email address was changed from ${before} to ${after}${byStaff(by)}.`,
    name_corrected: corrected,
    details_corrected: corrected,
    contact_restored: ({ after }) =>
      `We restored your contact to ${after} and signed out all devices. The old password no longer works.`,
    wechat_bound: () => 'A WeChat was linked.',
    wechat_unbound: () => 'Your WeChat was unlinked.',
    ministry_linked: () => 'A Ministry of Education account was linked. It can be used to sign in.',
    ministry_unlinked: () => 'Your Ministry of Education account was unlinked.',
    guardian_required: () =>
      'You are under 14 and no guardian has agreed yet, so we have paused verification, services and reviews. Ask a guardian to agree in their own account, then enter their code under “My data”.',
    guardian_consent_ended: () =>
      'Your guardian’s consent has ended: it was withdrawn, or you are now 14. To verify your identity and use services, agree under “My data”.',
    consent_withdrawn: () => 'You withdrew a consent.',
    cancellation_requested: ({ dueAtMs }) =>
      dueAtMs === undefined
        ? 'You asked us to close your account.'
        : `You asked us to close your account. We will close it on ${formatInstant(Number(dueAtMs))}; until then you can stop this.`,
    number_claimed: ({ date = '' }) =>
      `Another account claims your document number. If the number is yours, object on the page “Document number” or verify your identity on or before ${formatDate(date)}.`,
    number_claim_in_review: ({ date = '' }) =>
      `Another account claims your document number, and reviewers will decide. If the number is yours, object on the page “Document number” on or before ${formatDate(date)}.`,
    number_claim_returned: () =>
      'Your claim on the document number needs another photo. The page “Document number” says why.',
    number_claim_disputed: () =>
      'The other account holder has objected, or our checks cannot decide whose number it is. Add a photo of yourself with the document on the page “Document number”. Reviewers will decide.',
    number_claim_refused: () =>
      'Your claim on the document number was not approved. The page “Document number” says why.',
    number_moved: () => 'The document number is now yours.',
    number_claim_undone: () =>
      'We gave the document number back to the account that had it before.',
    account_suspended: ({ reason = '' }) =>
      `The help desk suspended the account. The reason: ${suspensions[reason as SuspensionReason]}.`,
    handed_over: ({ agency }) =>
      `A conscription agency (region code ${agency}) handed over a first password, with which the password of the account was set. If that was not you, change the password and write to us.`,
    account_restored: () => 'The help desk restored the account.',
    cancellation_stopped: () => 'The closure of your account was cancelled.',
    review_approved: ({ caseNumber }) =>
      `Your review was approved (number ${caseNumber}); you can use the services.`,
    review_rejected: ({ caseNumber }) =>
      `Your review was not approved (number ${caseNumber}); read the reasons.`,
    review_returned: ({ caseNumber }) =>
      `Your review needs a correction (number ${caseNumber}). The correction does not count as a request.`,
    review_expired: ({ caseNumber }) =>
      `We closed your review (number ${caseNumber}) because we did not receive the correction in time.`,
    review_reopened: ({ caseNumber }) =>
      `We are reviewing your request again (number ${caseNumber}). Until you get the result you cannot change your information or verify your identity.`,
    authorisation_opened: ({ date = '' }) =>
      `You authorised registration offices until ${formatDate(date)}. If this was not you, end the authorisation now and change your password.`,
    authorisation_used: ({ office = '' }) =>
      `${office} asked for your authorisation, and we answered yes. When you are done, end the authorisation, so that nobody else can use your identity.`,
    authorisation_ends: ({ date = '' }) =>
      `Your authorisation of registration offices ends after ${formatDate(date)}.`,
    matter_asked: ({ office = '', date = '' }) =>
      `${office} asks you to confirm a registration matter. Read it under “Authorisation of registration offices” and answer by ${formatDate(date)}. If it has nothing to do with you, answer no.`,
    matter_withdrawn: ({ office = '' }) =>
      `${office} withdrew the registration matter that it asked you to confirm. You need not answer.`,
    matter_agreed: ({ office = '' }) =>
      `You agreed to a registration matter of ${office}. If this was not you, change your password now and contact the office.`,
    document_ends_soon: ({ date = '' }) =>
      `The document with which you verified your identity is valid until ${formatDate(date)}. Once you have a new one, enter its dates on the verification page.`,
    document_ends: ({ date = '' }) =>
      `The document with which you verified your identity is valid until ${formatDate(date)}. After that day you cannot use services with it. Enter the dates of the new one on the verification page.`,
    dispute_approved: ({ caseNumber }) =>
      `Photo check, objection ${caseNumber}: the school has corrected the record. Check it again.`,
    dispute_rejected: ({ caseNumber }) =>
      `Photo check, objection ${caseNumber}: the school found that the record is right. Read its answer.`,
    dispute_expired: ({ caseNumber }) =>
      `Photo check, objection ${caseNumber}: it has ended because you had withdrawn your consent. You can report the mistake again once you consent.`,
    photo_check_reopened: () =>
      'Your school has opened your photo check again. Check the record once more.',
    mail_refused: ({ contact }) =>
      `The mail service refused an email to ${contact}. Check the address, and change it if you no longer use it.`,
    vouch_asked: ({ name, for: subject }) =>
      `${name} asks you to confirm who they are${subject === 'number_claim' ? ', because another account has their document number' : ''}. The request is in your inbox.`,
    vouch_given: ({ name, days }) =>
      `You confirmed who your classmate ${name} is. If this was not you, take it back in your inbox within ${days} days.`,
    window_passed: () => 'You passed at the registration window; your level has risen.',
    window_revoked: ({ reason }) =>
      `Your pass at the registration window was revoked. A level that rests on it alone no longer counts, and an authorisation that was open was ended. ${reason === 'mistaken' || reason === undefined ? '' : 'To protect the account, its password no longer works, everybody was signed out, and the mobile number has to be confirmed again. Please set a new password with your face; if you cannot, write to us. '}Your levels say why.`,
    window_refused: () => 'You did not pass at the registration window. Your levels say why.',
    vouch_received: ({ name, for: subject }) =>
      `Your classmate ${name} confirmed who you are. ${subject === 'number_claim' ? 'The page “Document number” shows the progress of your claim.' : 'Your real-name information is bound.'}`,
    vouch_declined: ({ for: subject }) =>
      `Your classmate declined. Ask another one, or ${subject === 'number_claim' ? 'send a photo to the reviewers' : 'bind by mobile or education email'}.`,
    vouch_taken_back: ({ for: subject }) =>
      subject === 'number_claim'
        ? 'Your classmate took the confirmation back. Ask another one, or send a photo to the reviewers.'
        : 'Your classmate took the confirmation back, so the binding is no longer valid. Bind in another way.',
    vouch_found_false: () =>
      'The classmate who confirmed you has confirmed somebody falsely, so the binding is no longer valid. Bind in another way.',
    email_disowned: ({ contact }) =>
      `The holder of the mailbox ${contact} said that this account is not theirs, so we removed the address. Enter your own address.`,
    sms_refused: ({ contact }) =>
      `We could not deliver a text message to ${contact}. Check the number, and change it if you no longer use it.`,
    mail_lost: ({ contact }) =>
      `An email to ${contact} may not have arrived, and we will not send it again. If you are waiting for a link in it, ask for a new one.`,
    sms_lost: ({ contact }) =>
      `A text message to ${contact} may not have arrived, and we will not send it again.`,
  },
};
