import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './check.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Check your answers',
  lead: {
    number:
      'Compare them with your document. The number becomes your account name and cannot be changed later.',
    mobile: 'The mobile number becomes your user name.',
    email: 'The email address becomes your user name.',
  },
  wrong:
    'If the document type, the name or the document number is wrong, your identity cannot be verified.',
  checked: 'The identity check succeeded. Once you register, you are at level 3.',
  document: 'Identity document',
  editDocument: 'Change the identity document',
  type: 'Type',
  name: 'Name',
  number: 'Number',
  derived: 'Sex and date of birth',
  validity: 'Valid',
  signIn: 'Sign-in',
  editPassword: 'Change the password',
  password: 'Password',
  passwordSet: 'Set; not shown here',
  contact: 'Contact details',
  editContact: 'Change the contact details',
  email: 'Email',
  mobile: 'Mobile',
  proved: 'Proved',
  agree: 'I have read and agree to the ',
  agreement: (name) => `registration agreement of ${name}`,
  iAgree: 'I agree to the terms',
  close: 'Close',
  submit: 'Register',

  activationTitle: 'Your account has to be activated here',
  activationLead:
    'It comes from a provincial platform, so you need not register again. It has no password yet; once it is activated you can sign in.',
  activationSteps: [
    {
      title: 'Confirm that it is you',
      text: 'Have your face checked, or take a ticket and bring your identity card to a registration window.',
    },
    { title: 'Set a password', text: 'You sign in with your document number and this password.' },
    { title: 'Finish', text: 'Check everything once more and submit.' },
  ],
  activate: 'Go on',
  activatedTitle: 'Your account is activated',
  takenTitles: {
    number: 'This document number is registered already: just sign in',
    mobile: 'This mobile number is already registered',
    email: 'This email address is already registered',
  },
  inReviewTitle:
    'This document number is registered; nobody can register it again before reviewers have decided',
  ownClaim: 'You have already claimed this number. Your claim number is ',
  ownClaimAfter: '.',
  ownClaimText:
    'Sign in with your claim number and your password. If you forgot the password, enter the claim number instead of the document number when you reset it.',
  takenLeads: {
    number: 'Each document number can have only one account.',
    mobile: 'Each mobile number can sign in to only one account.',
    email: 'Each email address can sign in to only one account.',
  },
  takenValue: 'You entered ',
  takenValueAfter: '.',
  isMine: {
    number: 'The number is right',
    mobile: 'The number is right',
    email: 'The address is right',
  },
  isMineText: 'You already have an account. Sign in to it.',
  toSignIn: 'Sign in',
  forgotten: 'Forgotten password',
  isWrong: {
    number: 'The number is wrong',
    mobile: 'I want to use another number',
    email: 'I want to use another address',
  },
  isWrongText: {
    number:
      'Enter the number on your document and continue. We keep your other answers, but you must set the password again.',
    mobile: 'Use another number and enter the code that we send to it.',
    email: 'Use another address and enter the code that we send to it.',
  },
  toChange: {
    number: 'Change the document',
    mobile: 'Use another number',
    email: 'Use another address',
  },
  isNotMine: 'The number is right, but I have never registered',
  isNotMineText:
    'Somebody else may have mistyped their number or used your document. You can continue and claim the number for your account. Once your identity is verified, we tell the other account holder.',
  toClaim: 'Continue and claim the number',
  claimTitle: 'You are claiming a number that already has an account',
  claimEffects: (days, keptDays) => [
    'After you register, you cannot sign in with this number yet. We give you a claim number: sign in with it and your password.',
    `Verify your identity soon. Then we tell the other account holder, who has ${days} working days to object.`,
    `If they do not object, the number is yours. We close the other account, which can be restored for ${keptDays} days. Applications in progress in it are affected.`,
    'If the other account holder has also been verified, or objects, reviewers decide.',
  ],
  claimSubmit: 'Register and claim the number',
  never: 'If you are not sure, ',
  help: 'write to us',
  neverAfter: '.',

  doneTitle: 'You are registered',
  doneLead: 'You are signed in.',
  proveMail: 'Look for our email and open its link to confirm your email address.',
  account: {
    number: 'Your account name is your document number',
    mobile: 'Your user name is your mobile number',
    email: 'Your user name is your email address',
  },
  accountAfter: '. Sign in with it and the password you have just set.',
  fixed:
    'You cannot change the account name. If the number is wrong, register again with the right one; the account with the wrong number is void.',
  nextTitle: 'What comes next',
  next: {
    identity: {
      title: 'Enter your real-name information',
      text: 'Your name, document type and number. It takes about 1 minute.',
    },
    binding: { title: 'Bind it', text: 'To a mobile number or an email address.' },
    profile: {
      title: 'Complete your profile',
      text: 'Ethnicity and a few other details. It takes about 1 minute.',
    },
    verify: {
      title: 'Verify your identity',
      text: 'We compare your data with police records. It usually takes 1 minute.',
    },
    review: {
      title: 'Manual review',
      text: 'Upload photos of your document for our staff to check.',
    },
    raise: { title: 'Reach the next level', text: 'The services ask for level 4.' },
    services: {
      title: 'Use the services',
      text: (services) => `For ${services}.`,
    },
  },
};
