import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './guardian.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Consent for a child under 14',
  lead: 'Before a child under 14 registers, a parent or other guardian must agree.',
  notEntitled: 'Only somebody aged 18 or over whose identity is verified can agree for a child.',
  toVerification: 'Verify your identity',
  without: 'If you cannot do this online: ',
  contact: 'write to us',
  usedUp: (limit) =>
    `You can agree at most ${limit} times a year, and have done so. If you need help, contact us.`,

  notice: 'About the child’s information',
  facts: {
    what: {
      term: 'What we keep',
      value:
        'The child’s document type, number, name and validity, mobile number, e-mail, a check value of the password, and the result of verification; your relation to the child, when and how you agreed, a check value of what you confirmed, and the version of this notice. All of it is sensitive personal information.',
    },
    why: {
      term: 'Why',
      value:
        'To open the child’s account, verify the child’s identity, and prove that you agreed. For nothing else.',
    },
    where: {
      term: 'How it is kept, and who gets it',
      value:
        'Encrypted. Staff look only when they handle a case, and each look is recorded. To verify the child, name, document number and validity are compared by a service authorised by the police; to send codes, the mobile number goes to the text message provider.',
    },
    long: {
      term: 'How long',
      value:
        'Until the child’s account is closed. If the code is not used in time, what you enter here is deleted.',
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
      value: 'Your consent ends, and the child is asked directly.',
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
    'I am the child’s guardian, have read the notice above, and agree that the child’s document number and other sensitive personal information are processed.',
  submit: 'Agree and get the code',
  refuse: 'I do not agree',
  refused: 'Your refusal is on record. No account is opened for the child. You can agree later.',
  left: (count) => `You can agree ${count} more ${count === 1 ? 'time' : 'times'} within a year.`,

  done: 'Code',
  doneText: (time) =>
    `Enter it on the child’s registration page before ${time}. It is shown only now and can be used once.`,
  doneRegister:
    'To register the child, open this site in another browser first, or sign out of your account.',

  given: 'Consents you have given',
  none: 'None yet.',
  givenAt: (time) => `Given ${time}`,
  waiting: (time) => `The code is not used yet and expires ${time}`,
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
    'The code becomes void. The child’s account can no longer be verified or use services, and a manual review that waits is paused. What was done before is not affected.',
  dialogBack: 'Keep it',
  withdrawn: 'Withdrawn.',
};
