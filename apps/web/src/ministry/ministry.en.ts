import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './ministry.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Sign in with a Ministry of Education account',
  lead: 'Use your account at the Ministry of Education’s identity platform. The first time, you link it to your account here, or register.',
  told: (minutes) =>
    `The Ministry tells us your name, mobile number and email address, so that we can fill in a registration and check that both accounts are yours. If you neither link nor register, we delete them after ${minutes} minutes.`,
  begin: 'Sign in at the Ministry',
  otherWay: 'Sign in another way',
  arrived: 'Link your account',
  name: 'Name at the Ministry',
  arrivedLead:
    'You are signed in at the Ministry, and that account is not linked to one here yet. Link it once, and next time you sign in directly.',
  hasAccount: 'I have an account: sign in and link it',
  register: 'I have no account: register',
  registerNote:
    'The registration is filled in with the name, mobile number and email address from the Ministry; please check them. If the name is the same, the accounts are linked once you have registered.',
  linkHere: 'Link it to the account that is signed in here. You can then sign in with it.',
  link: 'Link',
  leave: 'This is not me',
  page: 'Ministry of Education account',
  linkedLead: 'You can sign in with your Ministry of Education account.',
  since: 'Linked',
  unlinked: 'Your Ministry of Education account is no longer linked.',
  noneLead: 'Once it is linked, you can sign in with your Ministry of Education account.',
  beginLink: 'Link a Ministry of Education account',
  unlink: 'Unlink',
  unlinkTitle: 'Unlink the Ministry of Education account?',
  unlinkText:
    'You will no longer be able to sign in with it. Your document number and password still work.',
  cancel: 'Keep it linked',
};
