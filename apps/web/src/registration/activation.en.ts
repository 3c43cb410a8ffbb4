import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './activation.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Activate your account',
  lead: (portal) => `This address registers at ${portal}:`,
  elsewhere:
    'The registration was begun in another browser. If you activate it here, you set the password and finish here, and the other page does not go on.',
  byCode: 'To go on where you began, enter the code from the email there.',
  activate: 'Activate',
  notMine: 'If it was not you, close this page: no account is activated.',
  used: 'This address is activated',
  usedNext:
    'You can sign in with it. If you have not set a password yet, go on with the device on which you activated it, or register again.',
  expired: 'The link has expired',
  expiredLead: 'The link has expired. Register again or get a new email.',
  expiredNext: (span) =>
    `A link is valid for ${span}. If you asked for another email, only the newest link works.`,
  incomplete: 'The link is incomplete',
  incompleteLead: 'Open the whole link from the email, or copy it into the address bar.',
  moved: 'The registration goes on elsewhere',
  movedLead:
    'The link of the activation email was opened elsewhere, and the registration goes on there. Once you have set a password and finished there, you can sign in.',
  taken: 'This address is registered already',
  takenLead: 'This address is registered already; you can sign in.',
  signIn: 'Sign in',
  forgotten: 'Forgotten password',
  goOn: 'Go on with the registration',
  resend: 'Get a new email',
  register: 'Register again',
};
