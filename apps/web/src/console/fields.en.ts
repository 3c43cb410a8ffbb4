import type { StaffFieldCode } from '../copy/failures.ts';

export const en: Record<StaffFieldCode, string> = {
  'decision_reasons.missing': 'Choose at least one reason',
  'decision_reasons.not_returnable':
    'Only photos, name and validity can be sent back; change the reasons, or reject',
  'school_code.missing': 'Enter the code of the school',
  'office_name.missing': 'Enter the name of the office, at most 60 characters',
  'office_key.format': 'The public key is an Ed25519 key of 32 bytes in base64url: 43 characters',
  'office_key.sm2':
    'The public key is a point of SM2 in 130 hexadecimal characters that begin with 04: check that each is right',
  'office_key.absent': 'This service is built without that signature. Choose another',
  'service_address.format':
    'Each address begins with https://, has a full host name and a path, no “#”, is not on this machine, and stands exactly as the service sends it',
  'service_keys.format':
    'Enter a JWK Set of public keys (P-256, Ed25519, or RSA of 2048 bits or more), each with its own kid and nothing private, or the https address of one',
  'school_code.format': 'The code of a school has five digits',
  'credential_text.missing': 'Enter a text',
  'credential_text.too_long': 'The text is too long; 1,000 characters at most',
  'credential_text.checked_on': 'Enter the day of the check, such as 2026-11-29, not after today',
  'window_code.missing': 'Enter the number of the window',
  'window_code.format': 'The number of a window has six to twelve digits',
  'agency_code.missing': 'Enter the region code of the agency',
  'agency_code.format': 'A region code has six digits',
  'card_seen.missing': 'Check the person’s own identity card first',
  'login_name.missing': 'Enter the login name',
  'login_name.format':
    'A login name is 3 to 32 letters, digits or . _ - and begins with a letter or digit',
  'login_name.taken': 'Somebody has this login name; choose another',
  'staff_email.taken':
    'A member of staff already uses this address. One person has one account in use',
  'staff_number.taken':
    'The member of staff with this document number already has an account. One person has one account in use',
  'totp_code.missing': 'Enter the code of your authenticator',
  'totp_code.wrong':
    'The code is wrong. Use the newest 6 digits; if they are refused too, set your phone’s clock',
  'help_desk_note.missing': 'Say why, in at least four characters',
  'help_desk_note.personal': 'No names, numbers or addresses here; only the reason',
  'suspension_reason.missing': 'Choose the reason for the suspension',
  'evidence.missing': 'Say what evidence you saw, in at least four characters',
  'correction.unchanged': 'The account has this value already',
  'date_range.format': 'Choose the first and the last day',
  'date_range.order': 'The first day comes before the last',
  'date_range.too_long': 'No more than 92 days at a time; choose fewer',
};
