import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './consents.zh.ts';

export const en: Translated<typeof zh> = {
  consentKinds: {
    agreement: 'Terms of registration',
    document_number: 'Use of document number and validity (sensitive personal information)',
  },
  version: (version) => `Version ${version}`,
  givenAt: (time) => `Given ${time}`,
  withdrawnAt: (time) => `Withdrawn ${time}`,
  outdated: 'The privacy notice has changed since; please agree again',
  noConsent: 'Not given yet',
  agreementText: 'If you do not agree to the terms any more, close the account.',
  withdraw: 'Withdraw',
  withdrawLabel: (what) => `Withdraw: ${what}`,
  needed:
    'Verification, manual review and services all use your document number. Please agree to that first.',
  giveHere: 'Agree to the use of my number',
  give: 'Agree',
  giveLabel: (what) => `Agree: ${what}`,
  dialogs: {
    document_number: {
      withdrawTitle: 'Withdraw your consent?',
      withdrawText: [
        'You cannot be verified or use a service until you give it again.',
        'You can sign in as before. The account and the result of your verification stay; to have them deleted, close the account.',
        'What was done before is not affected.',
      ],
      giveTitle: 'Agree to the use of your document number?',
      giveText: [
        'We use your document number and validity to verify who you are, and for the services that you choose.',
        'You can withdraw it at any time.',
      ],
    },
  },
  agree: 'I have read and agree to the ',
  agreementLink: 'registration agreement',
  newTab: ' (opens in a new window)',
  dialogWithdraw: 'Withdraw consent',
  dialogGive: 'I agree',
  cancel: 'Cancel',
  privacy: 'Read the privacy notice',
  withdrawn:
    'Your consent is withdrawn. You cannot be verified or use a service until you give it again.',
  given: 'You have agreed, and can be verified and use services.',
};
