import { profileNames } from '@shiming/domain';
import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './privacy.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Privacy',
  version: (version) => `Version ${version}. The Chinese text is the one that binds.`,
  sections: [
    {
      id: 'handler',
      title: 'Who handles your information',
      paragraphs: [
        'The operator below handles your personal information. Ask it, have it correct what is wrong, or complain to it; you can also go straight to the complaints office.',
      ],
    },
    {
      id: 'what',
      title: 'What we keep, and why',
      paragraphs: ['Only what the services need:'],
      list: [
        'Document type, number, name and validity: to open the account and verify who you are. Number and validity are sensitive personal information; we ask for your consent separately before you submit them.',
        'Mobile number and e-mail address: to send codes and results and to recover the account.',
        'For a manual review, photos of your document and of you holding it, which show your face: to compare you with the document. Photos are sensitive personal information; we ask for your consent separately before you upload one, and once you withdraw it nobody looks at them.',
        `${profileNames('en').join(', ')}, as your document needs them: the services require them.`,
        'Your password: only a value from which it cannot be restored. We cannot see it either.',
        'Sign-in times and kinds of device: so that you can see whether somebody else uses your account.',
      ],
    },
    {
      id: 'shared',
      title: 'Who receives it',
      paragraphs: [
        'For verification your name, number and validity go to the service authorised by the police, which answers only “match” or “no match”. For a residence permit it is the name and the travel permit number.',
        'To send a code your mobile number goes to the message provider. When you use a service, it receives your name, document number and the result of the verification; we ask for your consent separately before you first enter each service. Nobody else receives anything, and nothing is used for advertising.',
      ],
    },
    {
      id: 'kept',
      title: 'How long, and how',
      paragraphs: [
        'Information is stored encrypted, and every look at it is recorded. A program deletes it when its time is over, and leaves a record of each deletion without its contents. These are all the kinds that we keep:',
      ],
    },
    {
      id: 'device',
      title: 'On your device',
      paragraphs: [
        'Only the cookies needed to stay signed in, and your choice of language, text size and colours. No analytics, no advertising, nothing from other sites.',
      ],
    },
    {
      id: 'rights',
      title: 'What you can do',
      paragraphs: [
        'Under “My data” in your account you can see, download and correct what we keep, withdraw your consent, and close the account. You may decline to give sensitive information, but then you cannot register or be verified.',
        'For a child under 14, a parent or other guardian must agree first: the guardian reads a notice of its own and agrees in their own account, and can withdraw at any time. From 14 on the child is asked directly.',
        'After you ask to close the account you have {closing} in which you can stop it. Then the account and what is in it are deleted; what remains are records of what was done, without names and numbers.',
        'When this notice changes, its version changes; where the change touches what you agreed to, we ask you again.',
      ],
    },
  ],
};
