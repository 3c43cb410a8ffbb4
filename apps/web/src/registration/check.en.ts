import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './check.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Check your answers',
  lead: {
    number:
      'Compare them with your document. The number becomes your account name and cannot be changed later.',
    mobile: 'The mobile number becomes your user name.',
    email: 'The e-mail address becomes your user name.',
  },
  wrong:
    'If the document type, the name or the document number is wrong, your identity cannot be verified.',
  document: 'Identity document',
  editDocument: 'Change the identity document',
  type: 'Type',
  name: 'Name',
  number: 'Number',
  derived: 'Sex and birth',
  validity: 'Valid',
  signIn: 'Sign-in',
  editPassword: 'Change the password',
  password: 'Password',
  passwordSet: 'Set; not shown here',
  contact: 'Contact details',
  editContact: 'Change the contact details',
  email: 'E-mail',
  mobile: 'Mobile',
  proved: 'Proved',
  agree: 'I have read and agree to the ',
  agreement: (name) => `registration agreement of ${name}`,
  iAgree: 'I agree to the terms',
  close: 'Close',
  submit: 'Register',

  takenTitles: {
    number: 'This document number is registered already',
    mobile: 'This mobile number is registered already: just sign in',
    email: 'This e-mail address is registered already: just sign in',
  },
  takenLeads: {
    number: 'There is one account for each document number.',
    mobile: 'One mobile number signs in to one account.',
    email: 'One e-mail address signs in to one account.',
  },
  takenValue: 'You entered ',
  takenValueAfter: '.',
  isMine: {
    number: 'The number is right',
    mobile: 'The number is right',
    email: 'The address is right',
  },
  isMineText: 'You have an account: just sign in.',
  toSignIn: 'Sign in',
  forgotten: 'Forgotten password',
  isWrong: {
    number: 'The number is wrong',
    mobile: 'I want to use another number',
    email: 'I want to use another address',
  },
  isWrongText: {
    number:
      'Enter the number on your document and go on. Your other answers are kept; the password has to be set again.',
    mobile: 'Use another number, enter the code that goes there, and go on.',
    email: 'Use another address, enter the code that goes there, and go on.',
  },
  toChange: {
    number: 'Change the document',
    mobile: 'Use another number',
    email: 'Use another address',
  },
  isNotMine: 'The number is right, but I have never registered',
  isNotMineText:
    'Somebody else may have mistyped a number, or used your document. You can go on and claim the number for your account: once you have been verified, we tell the other side.',
  toClaim: 'Go on and claim the number',
  claimTitle: 'This number has an account, and you claim it',
  claimEffects: (days, keptDays) => [
    'After the registration you cannot sign in with this number yet. We give you the number of your claim; sign in with that and your password.',
    `Be verified soon. Then we tell the other side, who has ${days} working days to object.`,
    `Without an objection the number is yours. The other account is closed, and can be restored for ${keptDays} days; what is under way in it is affected.`,
    'If the other side has been verified too, or objects, reviewers decide.',
  ],
  claimSubmit: 'Register and claim the number',
  never: 'If you are not sure, please ',
  help: 'write to us',
  neverAfter: '.',

  doneTitle: 'You are registered',
  doneLead: 'You are signed in.',
  proveMail: 'Look for our mail and open its link to confirm your e-mail address.',
  account: {
    number: 'Your account name is your document number',
    mobile: 'Your user name is your mobile number',
    email: 'Your user name is your e-mail address',
  },
  accountAfter: '. Sign in with it and the password you have just set.',
  fixed:
    'The account name cannot be changed. If the number is wrong, register again with the right one; the wrong account is void.',
  nextTitle: 'What comes next',
  next: {
    identity: {
      title: 'Give your real-name information',
      text: 'Name, document and number; about 1 minute.',
    },
    binding: { title: 'Bind it', text: 'To a mobile number or an e-mail address.' },
    profile: { title: 'Complete your profile', text: 'Ethnicity and little else; about 1 minute.' },
    verify: {
      title: 'Verify your identity',
      text: 'Your data is compared with police records; usually 1 minute.',
    },
    review: {
      title: 'Manual review',
      text: 'Upload photos of your document; our staff compare them.',
    },
    services: {
      title: 'Use the services',
      text: (services) => `For ${services}.`,
    },
  },
};
