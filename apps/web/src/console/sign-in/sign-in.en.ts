import type { Translated } from '../../copy/define-copy.ts';
import { formatInstant } from '../../copy/format.ts';
import type { zh } from './sign-in.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Sign in to the console',
  lead: 'For invited staff only.',
  ended: 'You were signed out. Sign in again; no case was lost.',
  byPasskey: 'Sign in with a passkey',
  byPasskeyNote: 'With the fingerprint, face or PIN of this device, a phone or a security key.',
  noPasskeys: 'This browser cannot use passkeys. Use your password and a code.',
  byPassword: 'Sign in with password and code',
  loginName: 'Login name',
  password: 'Password',
  code: 'Code',
  codeHint: 'The 6 digits your authenticator app shows.',
  signIn: 'Sign in',
  lost: 'If you lost your passkey or authenticator, ask an administrator for a recovery link.',
  proofTitle: 'Confirm again who you are',
  proofText:
    'This step matters, so please confirm who you are again. You will not be asked again for 10 minutes.',
  proveByPasskey: 'Confirm with a passkey',
  prove: 'Confirm',
  cancel: 'Cancel',
  invitationTitle: 'Set up your sign-in',
  recoveryTitle: 'Set up your sign-in again',
  recoveryNote:
    'Your old passkeys, password and authenticator stop working, and every device is signed out.',
  name: 'Name',
  role: 'Role',
  validUntil: 'Link valid until',
  until: (atMs) => formatInstant(atMs),
  way: 'How to sign in',
  ways: {
    passkey: 'Passkey (recommended)',
    passkeyNote:
      'Nothing to remember, and no fake site can take it. Fingerprint, face, PIN or security key.',
    password: 'Password and authenticator',
    passwordNote: 'Each time, your password and the 6 digits of an authenticator app.',
  },
  label: 'Give it a name',
  labelHint: 'To tell it from others later, such as “office computer”.',
  make: 'Set up the passkey and sign in',
  passwordAgain: 'Password again',
  scan: 'Scan with an authenticator app',
  scanNote: 'Those of Microsoft, Google and others all work.',
  secret: 'If you cannot scan, enter this key by hand',
  qr: 'QR code for an authenticator app',
  codeAfterScan: 'The code the authenticator shows now',
  accept: 'Save and sign in',
  deadTitle: 'This link no longer works',
  dead: {
    'link.expired':
      'This link has expired, or there is a newer one. Use the one in the newest email, or ask an administrator to send another.',
    incomplete:
      'The address lacks the second half of the link. Open the whole link from the email.',
  },
  toSignIn: 'To the sign-in',
};
