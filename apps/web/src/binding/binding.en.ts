import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './binding.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Bind your real-name information',
  lead: 'By mobile number, education email or a classmate: one of them is enough.',
  bound: 'Your real-name information is bound.',
  goOn: 'Continue',
  claimFirst:
    'You can bind your real-name information once your claim on the document number is settled.',
  toClaim: 'See your claim',
  byMobile: 'Mobile number',
  byMobileText: 'Verify your own mobile number with a code by text message.',
  byMobileAction: 'Bind a mobile number',
  byMail: 'Education email',
  byMailText:
    'A school address that ends in .edu.cn, verified with a code by email. Addresses of alumni do not count, and one address binds one account.',
  byMailElsewhere:
    'Another account is bound by your education mailbox, so it cannot bind this one. Sign in to that account, or bind this one in another way.',
  byMailAction: 'Bind an address',
  byClassmate: 'Ask a classmate',
  byClassmateText: (days) =>
    `A classmate is somebody of your school and class, or of your school and year, who has had a verified mobile number for ${days} days.`,
};
