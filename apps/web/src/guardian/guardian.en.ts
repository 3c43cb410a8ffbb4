import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './guardian.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Consent for a child under 14',
  lead: 'A parent or other guardian must agree before a child under 14 registers.',
  notEntitled: 'Only somebody aged 18 or over whose identity is verified can agree for a child.',
  toVerification: 'Verify your identity',
  without: 'If you cannot do this online: ',
  contact: 'write to us',
  usedUp: (limit) =>
    `You have agreed ${limit} times within a year, which is the limit. If you need help, contact us.`,

  notice: 'About the child’s information',
  facts: {
    what: {
      term: 'What we keep',
      value:
        'The child’s document type, number, name and validity, mobile number, email, a check value of the password, and the result of verification; your relation to the child, when and how you agreed, a check value of what you confirmed, and the version of this notice. All of it is sensitive personal information.',
    },
    why: {
      term: 'Why',
      value:
        'To open the child’s account, verify the child’s identity, and prove that you agreed. For nothing else.',
    },
    where: {
      term: 'How it is kept, and who gets it',
      value:
        'We keep it encrypted. Staff look at it only when they handle a case, and we record each look. To verify the child, a service authorised by the police compares the name, document number and validity. To send codes, we pass the mobile number to the text message provider.',
    },
    long: {
      term: 'How long',
      value:
        'Until the child’s account is closed. If the code is not used in time, we delete what you enter here.',
    },
    refuse: {
      term: 'You may refuse',
      value:
        'Then the child cannot register online. We only note in your account when you refused and for which child, and keep nothing else about the child.',
    },
    withdraw: {
      term: 'You may withdraw',
      value:
        'At any time, on this page. Verification and services then stop. To correct or delete the child’s information, sign in to the child’s account or contact us. Your consent also ends when you close your account.',
    },
    birthday: {
      term: 'At 14',
      value: 'Your consent ends, and we ask the child directly.',
    },
  },
  version: (version) => `Notice version ${version}`,
  complaints: 'Contact and complaints',

  form: 'The child and you',
  type: 'The child’s document type',
  number: 'The child’s document number',
  name: 'The child’s name',
  relation: 'You are the child’s',
  relations: { father: 'Father', mother: 'Mother', guardian: 'Other guardian' },
  consent:
    'I am the child’s guardian, have read the notice above, and agree to the use of the child’s document number and other sensitive personal information.',
  submit: 'Agree and get the code',
  refuse: 'I do not agree',
  refused: 'We have recorded your refusal and open no account for the child. You can agree later.',
  left: (count) => `You can agree ${count} more ${count === 1 ? 'time' : 'times'} within a year.`,

  done: 'Code',
  doneText: (time) =>
    `Enter it on the child’s registration page before ${time}. We show it only now, and it can be used once.`,
  doneRegister:
    'To register the child, open this site in another browser first, or sign out of your account.',

  given: 'Consents you have given',
  none: 'None yet.',
  givenAt: (time) => `Given ${time}`,
  waiting: (time) => `The code has not been used and expires ${time}`,
  expired: 'The code was not used and has expired',
  used: (time) => `Used to register ${time}`,
  endings: {
    withdrawn: (time) => `Withdrawn ${time}`,
    of_age: (time) => `Ended ${time}: the child is 14`,
    refused: (time) => `Refused ${time}`,
  },
  withdraw: 'Withdraw',
  withdrawLabel: (name) => `Withdraw the consent for ${name}`,
  dialogTitle: (name) => `Withdraw the consent for ${name}?`,
  dialogText:
    'The code becomes void. The child’s account can no longer be verified or use services, and we pause a manual review in progress. What was done before is not affected.',
  dialogBack: 'Keep it',
  withdrawn: 'Withdrawn.',
};
