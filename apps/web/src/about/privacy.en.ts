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
        'Mobile number and e-mail address: to send codes and results and to recover the account.',
        'For a manual review, photos of your document and of you holding it, which show your face: to compare you with the document. Photos are sensitive personal information; we ask for your consent separately before you upload one, and nobody looks at them once you withdraw it.',
        `${profileNames('en').join(', ')}, as your document needs them: the services require them.`,
        'Your password: we keep only a value from which nobody, including us, can work out the password.',
        'When and with which kinds of device you signed in: so that you can see whether somebody else uses your account.',
      ],
    },
    {
      id: 'shared',
      title: 'Who receives it',
      paragraphs: [
        'To verify your identity, we send your name, document number and validity to a service authorised by the police, which answers only “match” or “no match”. For a residence permit, we send the name and the travel permit number.',
        'To send a code, we pass your mobile number to the text message provider. When you use a service, we pass it your name, document number and the result of the verification; we ask for your consent separately before you first enter each service. We give your information to nobody else and do not use it for advertising.',
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
        'Under “My data” in your account you can see, download and correct what we keep, withdraw your consent, and close the account. You may decline to give sensitive information, but then you cannot register or be verified.',
        'For a child under 14, a parent or other guardian must agree first: the guardian reads a separate notice and agrees in their own account, and can withdraw at any time. From the age of 14 we ask the child directly.',
        'After you ask us to close the account, you have {closing} in which you can stop this. Then we delete the account and everything in it; we keep only records of what was done, without names and numbers.',
        'When we change this notice, we change its version. If the change affects something that you agreed to, we ask you again.',
      ],
    },
  ],
};
