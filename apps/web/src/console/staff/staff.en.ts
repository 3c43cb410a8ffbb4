import type { Translated } from '../../copy/define-copy.ts';
import { formatDay, formatInstant } from '../../copy/format.ts';
import type { zh } from './staff.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Staff',
  invite: 'Invite',
  inviteTitle: 'Invite a member of staff',
  inviteLead: 'The new member gets an email with a link that works once, within 72 hours.',
  columns: {
    name: 'Name',
    loginName: 'Login name',
    role: 'Role',
    status: 'Status',
    ways: 'Signs in by',
    lastSeen: 'Last used',
  },
  statuses: { invited: 'Invited', active: 'Active', disabled: 'Disabled' },
  self: 'You',
  password: 'Password and authenticator',
  passkeys: (count) => (count === 1 ? '1 passkey' : `${count} passkeys`),
  noWay: 'Not set up yet',
  linkUntil: (atMs) => `Link valid until ${formatInstant(atMs)}`,
  linkOver: 'Link has expired',
  never: 'Never',
  at: (atMs) => formatInstant(atMs),
  since: (atMs) => formatDay(atMs),
  loginName: 'Login name',
  loginNameHint:
    'A work number or the like: 3 to 32 letters, digits or . _ -. It cannot be changed.',
  name: 'Name',
  nameHint: 'Shown to colleagues and on the watermark of photos.',
  email: 'Work email',
  emailHint: 'The link goes there.',
  number: 'Their own document number',
  numberHint:
    'It tells one person from another: two accounts of one person never count as two persons, and nobody gets their own case. Stored encrypted; nobody sees it.',
  numberOnRecord: 'On record',
  numberMissing: 'Not on record: this member cannot review or correct anything yet',
  changePerson: 'Work email and document number',
  changePersonNote:
    'Links that went to the former address are void, and both addresses get an email. The number on record is not shown; leave the field empty to keep it.',
  newNumber: 'Their own document number',
  savePerson: 'Save',
  addressChanged: (atMs) =>
    `The work email was changed on ${formatInstant(atMs)}. Speak to this colleague before you send a recovery link.`,
  recoveredByCommand: (atMs) =>
    `The sign-in was reset by the operator’s command on ${formatInstant(atMs)}; earlier ways to sign in are void. If you did not expect this, look into it at once.`,
  role: 'Role',
  roleNotes: {
    reviewer: 'Reviews cases, uses the help desk and asks for corrections, sees statistics.',
    senior:
      'Does all that a reviewer does, decides disagreements, and is the second person of a correction.',
    administrator: 'Invites and manages staff, sees statistics; reviews nothing.',
    auditor: 'Sees the audit trail and statistics; changes nothing.',
    school:
      'Answers the objections of students of one school; sees no other school and no other work.',
    clerk:
      'Compares people with their cards at one registration window and records the result; sees no other work.',
    agency:
      'Hands over first passwords to people without a mobile number; sees only those of one agency.',
  },
  send: 'Send the invitation',
  memberTitle: (name) => `Staff: ${name}`,
  createdAt: 'Invited on',
  scopes: {
    school: {
      label: 'Code of the school',
      hint: 'Five digits, as the ministry has published them. They work for this school alone.',
    },
    window: {
      label: 'Number of the window',
      hint: 'Six to twelve digits. They work at this window alone, and sign in with a passkey that is bound to its device.',
    },
    agency: {
      label: 'Region code',
      hint: 'The six digits of the county or district of the agency. They work for this agency alone.',
    },
  },
  changeRole: 'Change the role',
  changeRoleNote: 'They have to sign in again, and the cases they hold go back to the queue.',
  saveRole: 'Save the role',
  recover: 'Set up the sign-in again',
  recoverNote:
    'For a lost passkey or authenticator. The link goes to their work email; once it is used, their earlier ways to sign in no longer work.',
  resendNote: 'The invitation has not been used. A new link voids the earlier one.',
  sendLink: 'Send a recovery link',
  resend: 'Send the invitation again',
  disable: 'Disable',
  disableTitle: (name) => `Disable ${name}?`,
  disableNote:
    'They are signed out at once, and the cases they hold go back to the queue. What they decided stays.',
  enable: 'Enable',
  enableNote: 'They can sign in as before.',
  ownNote: 'Only another administrator can change your account.',
  cancel: 'Cancel',
  done: {
    invited: 'Invited; the link is on its way to their work email.',
    person: 'Saved; they get an email.',
    role: 'The role is changed; they get an email.',
    link: 'The link is on its way to their work email.',
    disabled: 'Disabled; they get an email.',
    enabled: 'Enabled; they get an email.',
  },
  gone: 'There is no such member of staff; the address may be incomplete.',
  toList: 'Back to staff',

  securityTitle: 'Sign-in security',
  ownPasskeys: 'Passkeys',
  noPasskeys: 'No passkey yet.',
  addedAt: (atMs) => `Added ${formatDay(atMs)}`,
  usedAt: (atMs) => `Last used ${formatInstant(atMs)}`,
  unused: 'Not used yet',
  unnamed: 'Passkey without a name',
  remove: 'Remove',
  removeLabel: (label) => `Remove the passkey ${label}`,
  removeTitle: (label) => `Remove “${label}”?`,
  removeNote: 'It no longer signs in. Delete it on the device as well.',
  add: 'Add a passkey',
  label: 'Name',
  labelHint: 'To tell it from others later, such as “office computer”.',
  added: 'Added.',
  removed: 'Removed.',
  passwordNote:
    'You confirm again who you are. Then other devices are signed out, and you get an email.',
  newPassword: 'New password',
  changePassword: 'Change password',
  changeTotp: 'Replace authenticator',
  passwordChanged: 'Password changed; other devices are signed out.',
  totpChanged:
    'Authenticator replaced; other devices are signed out. Codes of the old one no longer work.',
  sessions: 'Devices signed in',
  here: 'This one',
  unknownDevice: 'Unknown device',
  signedInAt: (atMs) => `Signed in ${formatInstant(atMs)}`,
  end: 'Sign out',
  endLabel: (label) => `Sign out this device: ${label}`,
  ended: 'Signed out.',
};
