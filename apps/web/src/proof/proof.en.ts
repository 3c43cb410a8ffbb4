import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './proof.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Confirm that it is you',
  lead: 'For this you must confirm that it is you, even though you are signed in. We do not ask again for 10 minutes.',
  password: 'Your password',
  submit: 'Confirm',
  others: 'Another way',
  byPassword: 'Use your password',
  bySms: (mobile) => `Code by text message, to ${mobile}`,
  byMail: (email) => `Code by email, to ${email}`,
  neither: 'No password, phone or email?',
  byAuthority: 'Use an identity check',
  neitherText:
    'There is no other way online. You can sign out and use “Forgotten password”, take your document to a service counter, or ',
  write: 'write to us',
};
