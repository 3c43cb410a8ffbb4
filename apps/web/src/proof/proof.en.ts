import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './proof.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Show that it is you',
  lead: 'Being signed in is not enough for this. Show it once, and you are not asked again for 10 minutes.',
  password: 'Your password',
  submit: 'Confirm',
  others: 'Another way',
  byPassword: 'Use your password',
  bySms: (mobile) => `Code by text message, to ${mobile}`,
  byMail: (email) => `Code by e-mail, to ${email}`,
  neither: 'No password, and neither phone nor mail?',
  byAuthority: 'Use an identity check',
  neitherText:
    'There is no other way online. Sign out and use “Forgotten password”, or bring your document to a service counter. Or:',
  write: 'write to us',
};
