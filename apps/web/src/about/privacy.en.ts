import { profileNames } from '@shiming/domain';
import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './privacy.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Privacy',
  version: (version) => `Version ${version}. Only the Chinese text is legally binding.`,
  sections: [
    {
      id: 'handler',
      title: 'Who handles your information',
      paragraphs: [
        'The operator below handles your personal information. You can ask it questions, ask it to correct what is wrong, or complain to it. You can also complain directly to the complaints office.',
      ],
    },
    {
      id: 'what',
      title: 'What we keep, and why',
      paragraphs: ['We keep only what the services need:'],
      list: [
        'Document type, number, name and validity: to open the account and verify who you are. Number and validity are sensitive personal information; we ask for your consent separately before you submit them.',
        'Mobile number and email address: to send codes and results and to recover the account.',
        'For a manual review, photos of your document and of you holding it, which show your face: to compare you with the document. Photos are sensitive personal information; we ask for your consent separately before you upload one, and nobody looks at them once you withdraw it.',
        `${profileNames('en').join(', ')}, as your document and the services need them.`,
        {
          at: 'has_face',
          text: 'Of a face check, the result, the similarity, the time and the number of the request: to confirm that it is you. No picture is kept, only a code against using it twice, which cannot be turned back into one. Your face is sensitive personal information; we ask for your consent separately before the camera opens, and there is another way to the same result.',
        },
        {
          at: 'has_records',
          text: 'Your records of study, examinations and certificates: after a consent of its own we ask the authorities with your name and document number, and show the answers to you alone.',
        },
        {
          at: 'has_photo_check',
          text: 'Your answers to a photo check, what you say is wrong, and a photo that you upload, which shows your face: so that your school can put it right. The photo is sensitive personal information; we ask for your consent separately before you upload it.',
        },
        {
          at: 'has_vouching',
          text: 'When you ask a classmate to help with binding, the name and mobile number of the classmate, your mobile number, and who helped whom: to have the classmate confirm that it is you.',
        },
        'Where two accounts have the same document number, the course of the claim and a photo of the claimant holding the document: to settle whose number it is and tell both sides.',
        'What you write to us, and its attachments: to check and answer it.',
        {
          at: 'has_organisations',
          text: 'Of organisations, the name, the unified social credit code and the letter with the seal; of the contact person the name, mobile number and email address, which the organisation enters with that person’s consent and which the person confirms by a link in an email: to check the organisation, answer its letter, and send notices about its account.',
        },
        {
          at: 'has_wechat',
          text: 'A linked WeChat, by the identifier that WeChat gives us: to send codes and reset the password.',
        },
        {
          at: 'has_ministry',
          text: 'If you sign in with a Ministry of Education account, the identifier that the Ministry gives us, to know your account again; and the name, mobile number and email address that it tells us, to fill in a registration and to check that both accounts are yours. We tell the Ministry nothing about you.',
        },
        'Your password: we keep only a value from which nobody, including us, can work out the password.',
        'When and with which kinds of device you signed in: so that you can see whether somebody else uses your account.',
      ],
    },
    {
      id: 'shared',
      title: 'Who receives it',
      paragraphs: [
        'To verify your identity, we send your name, document number and validity to a service authorised by the police, which answers only “match” or “no match”. For a residence permit, we send the name and the travel permit number.',
        'To send codes and notices, we pass your mobile number to the text message provider and your email address to the email provider. When you use a service, we pass it your verification level and what you have agreed to (your name and document number; for some services also your mobile number or email address); we ask for your consent separately before you first enter each service. Until you withdraw it, we also tell that service when any of this changes, when you change your password or sign out, and when your account is suspended, restored or deleted.',
        {
          at: 'has_records',
          text: 'To look up records, your name and the document numbers that you have shown go to the authorities that hold them.',
        },
        {
          at: 'has_photo_check',
          text: 'Where a photo check finds something wrong, your answer, the correction and the photo that you uploaded go to the staff of your school who work on photo checks.',
        },
        {
          at: 'has_vouching',
          text: 'A classmate whom you ask for help sees your name and mobile number, partly hidden, and the school and year of enrolment that were looked up.',
        },
        'These are the consents, each with its purpose and receiver. We give your information to nobody else and do not use it for advertising.',
      ],
    },
    {
      id: 'kept',
      title: 'How long, and how',
      paragraphs: [
        'We store information encrypted and record every look at it. A program deletes it when it is no longer needed, and keeps a record of each deletion without the contents. These are all the kinds that we keep:',
      ],
    },
    {
      id: 'device',
      title: 'On your device',
      paragraphs: [
        'We use only the cookies needed to keep you signed in, and store your choice of language, text size and colours. We use no analytics, no advertising and nothing from other sites.',
      ],
    },
    {
      id: 'rights',
      title: 'What you can do',
      paragraphs: [
        'Under “My data” in your account you can see, download and correct what we keep, withdraw your consent, and close the account. You may decline to give sensitive information, but then you can neither give a document nor be verified.',
        {
          at: 'has_organisations',
          text: 'An organisation that is signed in can change its contact person, download what we keep of it and of that person with its letters, and close its account. A contact person who no longer is one, or does not agree, asks the organisation to change it, or writes to us if it does not.',
        },
        'For a child under 14, a parent or other guardian must agree first: the guardian reads a separate notice and agrees in their own account, and can withdraw at any time. From the age of 14 we ask the child directly.',
        'After you ask us to close the account, you have {closing} in which you can stop this. Then we delete the account and everything in it; we keep only records of what was done, without names and numbers.',
        'When we change this notice, we change its version. If the change affects something that you agreed to, we ask you again.',
      ],
    },
  ],
};
