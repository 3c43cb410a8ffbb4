import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './login.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Sign in',
  lead: (services) => `One account for ${services}.`,
  ended: 'You were signed out. Sign in again to go back to where you were.',
  first: 'Sign in first. Then you go back to where you were.',
  names: {
    labels: {
      document_number: 'Document number',
      mobile: 'Mobile number',
      email: 'Email address',
    },
    either: ([first = '', ...others]) =>
      [first, ...others.map((label) => label.toLowerCase())].join(' or '),
    hints: {
      document_number: 'The number of the document you registered with.',
      mobile: 'The number that you registered with.',
      email: 'The address that you registered with.',
      several: 'Use the one that you registered with or linked, not your name.',
    },
  },
  password: 'Password',
  submit: 'Sign in',
  register: 'No account yet? Register',
  forgotten: 'Forgotten password',
  byMinistry: 'Ministry of Education account',
  byFace: 'Sign in with my face',
  forgottenName: 'Find my user name',
  write: 'Write to us',
  organisation: 'Sign in as an organisation',
  firstSignIn: 'First sign-in with a slip from a conscription agency',
  home: 'Back to home',
  activation: 'An account from a provincial platform has no password yet: activate it first.',
  activate: 'Activate it',
  hintsTitle: 'Before you sign in',
  hints: [
    'If this is your first visit, register first.',
    'All services use the same account, so you register only once. Start each service from its own entry.',
    'We recommend Google Chrome, or the speed mode of 360 Secure Browser.',
  ],
  notActive:
    'If you have just registered by email and not activated the account, you cannot sign in yet: open the link in the activation email. No email? ',
  notActiveSend: 'Send it again',
  severalNames:
    'Wrong tries by all user names of an account are counted together. After too many, wait a quarter of an hour; another user name does not help.',
  otherSite: (name) => `Accounts of ${name} do not work here.`,
  wechatTitle: 'In WeChat',
  wechat: (account) =>
    `Follow the service account 「${account}」 in WeChat to get a code when you register and, once it is linked, to reset your password.`,
};
