import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './consents.zh.ts';

export const en: Translated<typeof zh> = {
  consentKinds: {
    agreement: 'Terms of registration',
    document_number: 'Use of document number and validity (sensitive personal information)',
    photos: 'Use of photos of you and your document (sensitive personal information)',
    records: 'Asking authorities for your records of study, examinations and certificates',
    own_photo: 'Passing a photo that you upload to your school (sensitive personal information)',
    face: 'Comparing your face (sensitive personal information)',
    service: 'Passing on your real-name information',
  },
  toService: (name) => `Passing your real-name information to “${name}”`,
  purpose: 'Purpose: ',
  purposes: {
    use_account: 'to open and use the account',
    real_name_check: 'to verify who you are',
    manual_review: 'to compare you with your document in a manual review',
    show_records: 'to show you what they hold',
    replace_photo: 'to replace a wrong or missing photo in the photo check',
    compare_face: 'to confirm that it is you',
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
  eachService: 'the system of the service that you enter, each by a consent of its own',
  purposeThenReceiver: (purpose, receiver) => `Purpose: ${purpose}. Received by: ${receiver}.`,
  receivingService: (name) => `the system of “${name}”`,
  version: (version) => `Version ${version}`,
  givenAt: (time) => `Given ${time}`,
  withdrawnAt: (time) => `Withdrawn ${time}`,
  outdated: 'The privacy notice has changed since then; agree again',
  noConsent: 'Not given yet',
  agreementText: 'If you no longer agree to the terms, close the account.',
  withdraw: 'Withdraw',
  withdrawLabel: (what) => `Withdraw: ${what}`,
  needed: {
    document_number:
      'Verification, manual review and services all use your document number. You must agree to that first.',
    photos:
      'A manual review uses photos of your document and of you holding it. You must agree to that first.',
    records:
      'We ask the authorities with your name and document number. You must agree to that first.',
    own_photo:
      'The photo that you upload shows your face, and we pass it to your school. You must agree to that first.',
    face: 'To compare your face, we pass a picture of you, your name and your document number to the verification service. You must agree to that first, or use another way.',
    service:
      'Before you first use this service, read what it receives of you. You must agree to that first.',
  },
  giveHere: {
    document_number: 'Agree to the use of my number',
    photos: 'Agree to the use of my photos',
    records: 'Agree',
    own_photo: 'Agree to pass my photo on',
    face: 'Agree to compare my face',
    service: 'Agree and continue',
  },
  give: 'Agree',
  giveLabel: (what) => `Agree: ${what}`,
  dialogs: {
    document_number: {
      withdrawTitle: 'Withdraw your consent?',
      withdrawText: [
        'You cannot verify your identity or use a service until you agree again.',
        'You can sign in as before. We keep the account and the result of your verification; to have them deleted, close the account.',
        'This does not affect anything done before.',
      ],
      giveTitle: 'Agree to the use of your document number?',
      giveText: [
        'We use your document number and validity to verify who you are.',
        'You can withdraw it at any time.',
      ],
      withdrawn:
        'You have withdrawn your consent. You cannot verify your identity or use a service until you agree again.',
      given: 'You have agreed and can verify your identity.',
    },
    photos: {
      withdrawTitle: 'Withdraw your consent to photos?',
      withdrawText: [
        'You cannot submit a manual review. We pause a review in progress: nobody looks at your photos until you agree again.',
        'We keep the results of past reviews. We delete the photos when the privacy notice says.',
      ],
      giveTitle: 'Agree to the use of your photos?',
      giveText: [
        'A manual review uses photos of both sides of your document and of you holding it, which show your face.',
        'Only reviewers see them. We record every look, and you can see the record.',
        'We delete them when the privacy notice says. You can withdraw your consent at any time.',
      ],
      withdrawn:
        'You have withdrawn your consent. Nobody looks at your photos until you agree again.',
      given: 'You have agreed and can submit photos.',
    },
    records: {
      withdrawTitle: 'Withdraw your consent to getting your records?',
      withdrawText: [
        'We delete the records that we have found at once, and cannot get them again until you agree again.',
        'This does not affect the records that the authorities keep.',
      ],
      giveTitle: 'Ask the authorities for your records?',
      giveText: [
        'We give your name and document number to the authorities, keep their answers encrypted, and show them to you alone.',
        'You can withdraw your consent at any time; we then delete them.',
      ],
      withdrawn: 'You have withdrawn your consent, and we have deleted your records.',
      given: 'You have agreed, and we can ask the authorities.',
    },
    own_photo: {
      withdrawTitle: 'Withdraw your consent to pass on your own photo?',
      withdrawText: [
        'We pause a photo check in progress: nobody looks at the photo that you uploaded until you agree again.',
        'The school keeps a photo that it already uses. We delete our copy when the privacy notice says.',
      ],
      giveTitle: 'Pass your own photo to your school?',
      giveText: [
        'The photo that you upload shows your face. Only the staff of your school who work on the photo check see it, to replace the photo on record.',
        'We record every look, and you can see the record. We delete the photo when the privacy notice says.',
        'Instead of uploading a photo, you can have one taken where your school says. You can withdraw your consent at any time.',
      ],
      withdrawn:
        'You have withdrawn your consent. Nobody looks at the photo that you uploaded until you agree again.',
      given: 'You have agreed and can upload a photo.',
    },
    face: {
      withdrawTitle: 'Withdraw your consent to comparing your face?',
      withdrawText: [
        'We do not compare your face until you agree again. The registration window and your password work as before.',
        'We have kept no picture of you. A level that you have reached stays.',
      ],
      giveTitle: 'Compare your face?',
      giveText: [
        'We pass the picture that you take, your name and your document number to the verification service authorised by the police, which compares it with the photo of your document.',
        'The picture is gone after the comparison. We keep the result, the score and the time.',
        'Instead, you can go to a registration window, with the same result. You can withdraw your consent at any time.',
      ],
      withdrawn:
        'You have withdrawn your consent. We do not compare your face until you agree again.',
      given: 'You have agreed, and your face can be compared.',
    },
    service: {
      withdrawTitle: 'Withdraw your consent to this service?',
      withdrawText: [
        'You cannot enter this service from here until you agree again.',
        'The service keeps what it has received; to have it corrected or deleted, ask the office that runs it.',
      ],
      giveTitle: 'Pass your real-name information to this service?',
      giveText: [],
      withdrawn:
        'You have withdrawn your consent. You cannot enter this service until you agree again.',
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
