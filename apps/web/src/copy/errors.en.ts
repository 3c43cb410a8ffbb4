import type { LinkPurpose, StepId, VouchObstacle } from '@shiming/domain';
import { serverNow } from '../clock.ts';
import { formatDay, formatInstant } from './format.ts';
import { formatDuration } from './spans.ts';
import type { FailureTable } from './failures.ts';

const steps: Record<StepId, string> = {
  document: 'identity document',
  password: 'password',
  contact: 'contact details',
  code: 'code',
  verify: 'identity check',
  check: 'check your answers',
  identify: 'identity',
  user_name: 'user name',
  proof: 'proof',
};

/** When: a short wait as its length, a longer one as the minute in which it is over. */
const later = (atMs: number): string => {
  const leftMs = atMs - serverNow();
  return leftMs < 90_000 ? `in ${formatDuration(leftMs)}` : `after ${formatInstant(atMs + 59_999)}`;
};

/** What a link that was used has done already. */
const usedLinks: Record<LinkPurpose, string> = {
  'recovery.link':
    'This link has been used: the password was reset with it. Sign in, or ask for a new link',
  'contact.undo':
    'The contact has been restored. If you have not reset your password yet, do it now',
  'organisation.stop':
    'This link was used before, or the closing was stopped elsewhere. The account of the organisation was not closed',
  'cancellation.stop':
    'This link was used before, or the closing was stopped elsewhere. Your account was not closed',
  'email.proof': 'This link was used, and your address is confirmed',
  'registration.link': 'This address is activated already; there is nothing more to do here',
  'ticket.email': 'This link was used, and your address is confirmed',
  'staff.link': 'This link was used and your sign-in is set up. Just sign in',
};

/** Why somebody may not help a classmate. */
const notEntitled: Record<VouchObstacle, (days: number) => string> = {
  child: () => 'Children under 14 neither help a classmate nor ask one for help',
  same_person: () =>
    'Both of you have given the same document number, so neither can help the other',
  mobile: (days) =>
    `Your mobile number has been verified for less than ${days} days, so you cannot help yet`,
  record: () => 'Look up your own enrolment in the student archive first; then you can help',
  not_classmate: () =>
    'By the records of enrolment you are not in one school and class, or of one school and year, so you cannot help',
  helped_lately: (days) =>
    `A classmate helped you within the last ${days} days, so you cannot help others yet`,
  helped_by_asker: () => 'This person has helped you, so you cannot help them',
  barred: () => 'A confirmation of yours was found to be false, so you can no longer help',
};

export const en: FailureTable = {
  'internal.unexpected': ({ requestId }) =>
    `Something went wrong on our side. Nothing you entered is lost; try again later. If you contact us, quote ${requestId}`,
  'service.unavailable':
    'The service is not available at the moment. Nothing you entered is lost; try again in a few minutes',
  'request.not_found': 'We could not find this; go back and open it again',
  'request.origin_refused':
    'Use the pages of this site; if you came from elsewhere, reload and try again',
  'request.too_large': 'This is too large, so we did not send it; shorten it and try again',
  'request.too_many': ({ retryAtMs }) => `Too many tries; try again ${later(retryAtMs)}`,
  'request.stale': 'This was changed elsewhere; reload to see the latest',
  'page.superseded':
    'Another tab of this browser belongs to another person now, or has changed this, so nothing was sent. What you typed here is kept; refresh the page to see how things stand',
  'page.outdated':
    'This site was updated after you opened the page, so nothing was sent. What you typed is still here once the page is open again, except passwords and codes; check it and send it again',
  'input.invalid': 'Some answers need correcting; see the marked places',
  'session.required': 'You are signed out; sign in again',
  'proof.required': 'Confirm first that it is you',
  'puzzle.expired': 'The puzzle has expired; solve a new one',
  'puzzle.wrong': 'Not quite in place; try again',
  'puzzle.ticket_refused': 'The puzzle check has expired; solve it again',
  'puzzle.work_required':
    'Unknown devices have tried this number often. Let this device work out a security check first, usually in less than a minute, then submit again',
  'code.too_soon': ({ retryAtMs }) =>
    `One was just sent; you can get another in ${formatDuration(retryAtMs - serverNow())}`,
  'code.day_limit': ({ limit, resumesAtMs }) =>
    `${limit} have been sent today; you can get another after ${formatInstant(resumesAtMs)}`,
  'code.wrong': ({ triesLeft }) =>
    `The code is not right; ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left`,
  'code.expired': 'The code has expired; get a new one',
  'code.tries_used_up': 'This code was tried too often; get a new one',
  'registration.not_started': 'We could not find this registration; start from the first step',
  'registration.out_of_order': ({ step }) => `Complete this step first: ${steps[step]}`,
  'registration.contact_taken':
    'This email address or mobile number is registered already: just sign in',
  'registration.to_be_activated':
    'This account comes from a provincial platform: have your face checked, or show yourself at a registration window',
  'registration.number_taken':
    'This document number is registered already; sign in, or reset the password',
  'login.strangers_locked': ({ retryAtMs }) =>
    `Devices unknown to this account have failed too often. Use a device that has signed in before, or reset the password and then sign in here; or try again ${later(retryAtMs)}`,
  'window.not_needed': 'There is nothing left for a window to check',
  'face.not_offered': 'Your face cannot be compared now; use another way',
  'face.challenge_over': 'The time for taking these pictures is over; start again',
  'face.frame_repeated': 'One of the pictures was used before; take them again',
  'face.day_limit': ({ limit, resumesAtMs }) =>
    `All ${limit} comparisons of today are used. You can try again after ${formatInstant(resumesAtMs)}, or go to a registration window`,
  'window.ticket_over':
    'This ticket was used, replaced or has expired; the person can take another one',
  'window.second_person':
    'You passed this ticket yourself; another member of staff has to revoke it',
  'window.own_ticket': 'This ticket is your own; somebody else has to see to it',
  'vouch.needs_record':
    'No record of your enrolment was found, so nobody is known to be your classmate. Look it up in the student archive first, or choose another way',
  'vouch.waiting': 'A request is waiting for a classmate. To ask somebody else, withdraw it first',
  'vouch.over': 'This request was withdrawn or answered, or it has expired',
  'vouch.not_entitled': ({ why, days }) => notEntitled[why](days),
  'login.refused': ({ triesLeft }) =>
    triesLeft === 0
      ? 'The user name or password is not right. There were too many attempts: wait a while, or reset the password'
      : `The user name or password is not right; check and try again. Attempts left: ${triesLeft}`,
  'login.locked': ({ retryAtMs }) =>
    `Too many wrong tries; try again ${later(retryAtMs)}, or reset the password`,
  'recovery.no_match':
    'Document type, number or name does not match, so the password cannot be reset. Compare with your document',
  'recovery.registered_too_early': ({ registeredSinceMs }) =>
    `Your account was registered before ${formatDay(registeredSinceMs)}, so its password cannot be reset; please register again`,
  'wechat.unavailable':
    'WeChat cannot be reached at the moment; try again in a few minutes, or use another way',
  'ministry.unavailable':
    'Signing in with a Ministry of Education account is not possible at the moment. Try again later, or sign in another way',
  'ministry.denied': 'You did not finish signing in at the Ministry of Education',
  'ministry.refused':
    'This sign-in with the Ministry of Education is over; please sign in there again',
  'ministry.linked_elsewhere':
    'This Ministry of Education account is linked to an account already. To link it here, sign in to that account and unlink it first',
  'ministry.name_differs':
    'The name of the Ministry of Education account is not the real name of this account, so they cannot be linked',
  'ministry.not_linked': 'No Ministry of Education account is linked to this account',
  'wechat.not_bound': 'No WeChat is linked to this account; use another way',
  'wechat.bound_elsewhere':
    'This WeChat is linked to another account; unlink it there first, or use another WeChat',
  'recovery.not_started': 'This reset has expired; start again from the first step',
  'link.used': ({ for: purpose }) => usedLinks[purpose],
  'photo.link_over':
    'This QR code was used, or has expired. On the computer, press “Use my phone” again and scan the new one',
  'link.expired':
    'This link has expired, or there is a newer one. Use the latest link, or ask for a new one',
  'recovery.day_limit': ({ limit, resumesAtMs }) =>
    `This document number has been tried ${limit} times today; try again after ${formatInstant(resumesAtMs)}`,
  'profile.incomplete': 'Complete your profile first',
  'binding.required': 'First bind a contact to your real-name information',
  'profile.fixed_after_verification': 'This cannot be changed after verification',
  'verification.day_limit': ({ limit, resumesAtMs }) =>
    `You have used today’s ${limit} checks; you can go on at ${formatInstant(resumesAtMs)}`,
  'verification.in_progress': 'The last check has no result yet; wait a moment',
  'photo_check.closed': ({ opensOn, closesOn }) =>
    `The check is open from ${opensOn} to ${closesOn}, and not now`,
  'photo_check.answered':
    'You have already answered; you cannot change the answer until the school opens the check again',
  'record.day_limit': ({ limit, resumesAtMs }) =>
    `You have asked ${limit} times today; you can ask again from ${formatInstant(resumesAtMs)}`,
  'record.in_progress': 'The authority has not answered your last question yet; wait a moment',
  'verification.no_authority':
    'This document cannot be checked online and needs a manual review; this try is not counted',
  'verification.permit_taken':
    'This travel permit has verified another account, and one permit verifies one account; nothing was sent, and this try is not counted',
  'service.not_verified':
    'Your identity is not verified yet. Verify it in your account centre, then use this service.',
  'organisation.session_required': 'The sign-in of the organisation has ended; sign in again',
  'organisation.letter_required': 'Add a photo of the letter with the seal',
  'photo.refused': 'We cannot use this photo; change it as shown. This does not count as a request',
  'review.open':
    'Your review is in progress; until it ends you cannot change your information or verify your identity',
  'review.not_offered': 'No manual review is needed now; verify your identity first',
  'review.incomplete': 'An answer is still missing; complete it, then submit',
  'review.period_limit': ({ limit, resumesAtMs }) =>
    `You have used the ${limit} reviews of this period; you can ask again from ${formatDay(resumesAtMs)}`,
  'review.opened': 'A reviewer has begun, so you cannot withdraw it; wait for the result',
  'consent.required': 'This needs your consent first. Give it under “My data”',
  'guardian.required':
    'The holder is under 14, so a parent or other guardian must agree first. The guardian does so in their own account and gets a code to enter here. Nothing has been saved',
  'guardian.code_refused':
    'The guardian’s code is wrong, or was used, withdrawn or has expired. Ask the guardian to check it or get a new one',
  'guardian.not_entitled':
    'Only somebody aged 18 or over whose identity is verified can agree for a child',
  'authorisation.open': 'You have an authorisation already. End it first',
  'matter.over':
    'This matter was answered already, has run out, or was withdrawn by the office. Reload the page',
  'office.replayed': 'This request was used already',
  'authorisation.under_age': ({ fromAge }) =>
    `You must be ${fromAge} or over to authorise an office`,
  'account.closing':
    'You have asked us to close this account, so you cannot use new services. To continue, cancel the closure first',
  'account.was_verified':
    'This account has been verified, so it cannot be closed at once; ask for it to be closed instead',
  'number_claim.pending':
    'This document number is under review for another claim; it can be registered again only once that is decided',
  'number_claim.objection_open': ({ untilMs }) =>
    `The other account holder may object until ${formatInstant(untilMs)}; you cannot approve the claim before then`,
  'number_claim.none':
    'There is no claim to object to: it has ended, or you have objected already. Reload the page',
  'account.number_taken':
    'The document number or the WeChat of this account belongs to another account now, so it cannot be restored',
  'account.suspended':
    'This account is suspended: it cannot sign in or use any service. To learn why, or to have it restored, contact us; the Help page says how',
  'account.closed': ({ restorableUntilMs }) =>
    restorableUntilMs === null
      ? 'This account is closed. If you did not ask for that, contact us; the Help page says how'
      : `This account is closed and can be restored until ${formatInstant(restorableUntilMs)}. Contact us; the Help page says how`,
  'contact.bound_elsewhere': ({ kind, maskedHolder }) =>
    `This ${kind === 'mobile' ? 'mobile number' : 'email address'} is in use by the user ${maskedHolder}. If that account is yours, sign in to it; otherwise use another one`,
  'contact.not_proved':
    'This number has never been verified, so no code can be sent to it; choose another way',
  'identity.required': 'First enter your real-name information: your document, number and name',
  'desk.not_holder': 'You do not have this case, or your time with it has run out; take it again',
  'desk.held': ({ byName, untilMs }) =>
    `${byName} has this case; if they do nothing, you can take it after ${formatInstant(untilMs)}`,
  'desk.own_case': 'This is your own request; somebody else decides it',
  'desk.same_person': 'You have decided this case before; it takes another reviewer',
  'desk.closed': 'This case has been decided or has ended; go on to the next',
  'desk.look_required':
    'Before you approve, show the number and the three photos and compare each item',
  'desk.too_many': ({ limit }) =>
    `You hold ${limit} cases already; decide them or put them back first`,
  'desk.not_stuck': 'Somebody may still decide this case, so it is not given to anybody',
  'desk.cannot_assign':
    'It cannot go there: this colleague has decided it, it is their own request, their account is disabled, or nobody there may decide it',
  'desk.consent_withdrawn':
    'The applicant has withdrawn the consent, so this case is paused. It goes on when they consent again; they can also withdraw the request',
  'help_desk.own_account': 'This is your own account; a colleague works on it',
  'help_desk.same_person': 'Another senior reviewer checks a correction that you asked for',
  'help_desk.change_waiting': 'A correction of this is already waiting to be checked',
  'help_desk.change_closed':
    'This correction has been dealt with or has run out; load the list again',
  'staff.session_required': 'You are signed out of the console; sign in again',
  'staff.forbidden': 'Your role may not do this',
  'staff.proof_required': 'Confirm again first that it is you',
  'staff.sign_in_refused':
    'Login name, password, code or passkey is not right; check and try again',
  'staff.passkey_refused': 'The passkey was not accepted; try again',
  'staff.own_account': 'Nobody works on their own account; ask another administrator',
  'staff.number_required':
    'Your own document number is not on record yet, so you cannot do this. Ask an administrator to add it under Staff',
  'service.same_person': 'Another administrator confirms what you have proposed',
  'staff.same_person': 'This person has another account in use. One person has one account in use',
  'staff.address_changed': ({ changedAtMs, fromMs, others }) =>
    `The work address was changed at ${formatInstant(changedAtMs)}, and one person may not both change it and send the link. ${others.length === 0 ? 'There is no other administrator who may:' : `Ask ${others.join(' or ')} to send it, or`} send it after ${formatInstant(fromMs + 59_999)}`,
  'staff.last_factor':
    'This is your last way to sign in, so you cannot remove it. Add another passkey first',
};
