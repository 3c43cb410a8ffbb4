import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './organisation.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Sign in as an organisation',
  lead: 'Schools, employers and other organisations sign in with their unified social credit code. People sign in on the sign-in page.',
  code: 'Unified social credit code',
  codeHint: '18 characters, on the certificate of registration',
  password: 'Password',
  again: 'Password again',
  signIn: 'Sign in',
  toRegister: 'Register an organisation',
  toRecover: 'Forgotten password',
  toPassword: 'The letter was approved: set the password',
  toPersons: 'Sign in as a person',

  home: 'Organisation',
  name: 'Name of the organisation',
  nameHint: 'As on the certificate of registration',
  since: 'Account since',
  emailHint:
    'We send one email to confirm it. The letter is reviewed once you have confirmed it, and the answer comes there.',
  signOut: 'Sign out',
  onlyOrganisation:
    'An organisation cannot act for a person: it has no level of verification and cannot enter services for people.',

  letterTitle: 'Letter of an organisation',
  letterLead:
    'Send a letter with the seal to register an organisation, or to get back into its account. We usually review it within 5 working days and answer by email.',
  text: 'What you apply for',
  textHint:
    'For example: an account for the organisation, or a forgotten password. Never write a password here.',
  count: (used, most) => `${used} / ${most} characters`,
  over: (by) => `${by} characters too many`,
  files: {
    files: 'Photo of the letter',
    filesHint:
      'One photo of the letter with its seal is required. You can add other evidence, such as an invoice, which helps us confirm that it is your organisation.',
    agrees:
      'I agree that the help desk checks the photos of the letter and the evidence; they are deleted as soon as I take the letter back.',
    badFile: 'Choose a photo of the letter with its seal: JPG or PNG, at least 480×300 pixels.',
  },
  send: 'Send',
  sentTitle: 'We have received the letter',
  sentLead:
    'Write down the number and the code: you need both to set the password. The code is shown only once. Open the email that we have sent and confirm the address: the letter is reviewed after that.',
  number: 'Number',
  followCode: 'Code',
  due: 'Answer by',
  toFollow: 'Follow the letter',

  passwordTitle: 'Set the password of an organisation',
  passwordLead: (days) =>
    `Within ${days} days of the approval of a letter the password can be set once. The former password and all sign-ins end with it.`,
  save: 'Set the password',
  notNow: (days) =>
    `Not possible now: the letter is not approved, was used, or was approved more than ${days} days ago.`,
  notFound: 'We found no letter. Check the number and the code.',
  saved: 'The password was set. Sign in with it.',
};
