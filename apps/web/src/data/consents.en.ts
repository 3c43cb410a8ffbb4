import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './consents.zh.ts';

export const en: Translated<typeof zh> = {
  consentKinds: {
    agreement: 'Terms of registration',
    document_number: 'Use of document number and validity (sensitive personal information)',
    photos: 'Use of photos of you and your document (sensitive personal information)',
    records: 'Asking authorities for your records of study, examinations and certificates',
    own_photo: 'Passing a photo that you upload to your school (sensitive personal information)',
    service: 'Passing on the result of your verification',
  },
  toService: (name) => `Passing the result of your verification to “${name}”`,
  purpose: 'Purpose: ',
  purposes: {
    use_account: 'to open and use the account',
    real_name_check: 'to verify who you are',
    manual_review: 'to compare you with your document in a manual review',
    show_records: 'to show you what they hold',
    replace_photo: 'to replace a wrong or missing photo in the photo check',
    enter_service: 'to use this service',
  },
  receiver: 'Received by: ',
  receivers: {
    operator: 'the operator of this site',
    identity_authority: 'the verification service authorised by the police',
    reviewers: 'the reviewers of this site',
    record_authorities: 'the authorities for student records, examinations and certificates',
    schools: 'the staff of your school who work on the photo check',
  },
  receivingService: (name) => `the system of “${name}”`,
  version: (version) => `Version ${version}`,
  givenAt: (time) => `Given ${time}`,
  withdrawnAt: (time) => `Withdrawn ${time}`,
  outdated: 'The privacy notice has changed since; please agree again',
  noConsent: 'Not given yet',
  agreementText: 'If you no longer agree to the terms, close the account.',
  withdraw: 'Withdraw',
  withdrawLabel: (what) => `Withdraw: ${what}`,
  needed: {
    document_number:
      'Verification, manual review and services all use your document number. Please agree to that first.',
    photos:
      'A manual review uses photos of your document and of you holding it. Please agree to that first.',
    records:
      'The authorities are asked with your name and document number. Please agree to that first.',
    own_photo:
      'The photo that you upload shows your face and goes to your school. Please agree to that first.',
    service:
      'To use this service for the first time, the result of your verification is passed to it. Please agree to that first.',
  },
  giveHere: {
    document_number: 'Agree to the use of my number',
    photos: 'Agree to the use of my photos',
    records: 'Agree to the questions',
    own_photo: 'Agree to pass my photo on',
    service: 'Agree and continue',
  },
  give: 'Agree',
  giveLabel: (what) => `Agree: ${what}`,
  dialogs: {
    document_number: {
      withdrawTitle: 'Withdraw your consent?',
      withdrawText: [
        'You cannot be verified or use a service until you give it again.',
        'You can sign in as before. The account and the result of your verification stay; to have them deleted, close the account.',
        'Anything done before is not affected.',
      ],
      giveTitle: 'Agree to the use of your document number?',
      giveText: [
        'We use your document number and validity to verify who you are.',
        'You can withdraw it at any time.',
      ],
      withdrawn:
        'Your consent is withdrawn. You cannot be verified or use a service until you give it again.',
      given: 'You have agreed and can be verified.',
    },
    photos: {
      withdrawTitle: 'Withdraw your consent to photos?',
      withdrawText: [
        'You cannot submit a manual review. A review that is waiting stops: nobody looks at your photos until you agree again.',
        'Results of past reviews stay. The photos are deleted when the privacy notice says.',
      ],
      giveTitle: 'Agree to the use of your photos?',
      giveText: [
        'A manual review uses photos of both sides of your document and of you holding it, which show your face.',
        'Only reviewers see them, and nobody else receives them. Every look is recorded, and you can see it.',
        'A program deletes them when the privacy notice says. You can withdraw your consent at any time.',
      ],
      withdrawn: 'Your consent is withdrawn. Nobody looks at your photos until you agree again.',
      given: 'You have agreed and can submit photos.',
    },
    records: {
      withdrawTitle: 'Withdraw your consent to questions for records?',
      withdrawText: [
        'The records found so far are deleted here at once, and cannot be fetched until you agree again.',
        'The records that the authorities keep are not affected.',
      ],
      giveTitle: 'Ask the authorities for your records?',
      giveText: [
        'We give your name and document number to the authorities, keep their answers encrypted, and show them to you alone.',
        'You can withdraw your consent at any time; then they are deleted.',
      ],
      withdrawn: 'Your consent is withdrawn and what was found is deleted.',
      given: 'You have agreed. The authorities can be asked.',
    },
    own_photo: {
      withdrawTitle: 'Withdraw your consent to pass on your own photo?',
      withdrawText: [
        'A photo check that is waiting stops: nobody looks at the photo that you uploaded until you agree again.',
        'A photo that the school already uses stays with the school. The copy here is deleted when the privacy notice says.',
      ],
      giveTitle: 'Pass your own photo to your school?',
      giveText: [
        'The photo that you upload shows your face. Only the staff of your school who work on the photo check see it, to replace the photo on record.',
        'Every look is recorded, and you can see it. A program deletes the photo when the privacy notice says.',
        'Instead of uploading a photo, you can have one taken where your school says. You can withdraw your consent at any time.',
      ],
      withdrawn:
        'Your consent is withdrawn. Nobody looks at the photo that you uploaded until you agree again.',
      given: 'You have agreed and can upload a photo.',
    },
    service: {
      withdrawTitle: 'Withdraw your consent to this service?',
      withdrawText: [
        'You cannot enter this service from here until you agree again.',
        'The service keeps what it has received; to have it corrected or deleted, ask the office that runs it.',
      ],
      giveTitle: 'Pass the result of your verification to this service?',
      giveText: [
        'When you enter, the system of this service receives your name, document number and verification level, to provide the service.',
        'You can withdraw your consent at any time.',
      ],
      withdrawn: 'Your consent is withdrawn. You cannot enter this service until you agree again.',
      given: 'You have agreed and can enter this service.',
    },
  },
  agree: 'I have read and agree to the ',
  agreementLink: (name) => `registration agreement of ${name}`,
  dialogWithdraw: 'Withdraw consent',
  dialogGive: 'I agree',
  cancel: 'Cancel',
  privacy: 'Read the privacy notice',
};
