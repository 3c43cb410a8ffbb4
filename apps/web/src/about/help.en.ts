import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './help.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Help',
  lead: 'Find the answer by what you are doing.',
  contents: 'Contents',
  parts: [
    {
      id: 'registration',
      title: 'Registering',
      questions: [
        {
          question: 'Do I register twice for the two services?',
          answer: [
            'No. One account serves teacher qualification and periodic registration. Start from the service you need.',
            'Accounts of the teacher examination site (NTCE) do not work here.',
          ],
        },
        {
          question: 'Which documents can I register with?',
          answer: [
            'The resident identity card, the residence permit for Hong Kong, Macao and Taiwan residents, the mainland travel permit for Hong Kong and Macao residents, and the five-year mainland travel permit for Taiwan residents.',
            'For the Hong Kong and Macao permit enter H or M and 8 digits, for the Taiwan permit 8 digits. Leave out the last two digits, the renewal count.',
          ],
        },
        {
          question: 'How do I type the dot in a name?',
          answer: ['Use the “insert ·” button at the name. Other dots are turned into · for you.'],
        },
        {
          question: 'My name has a rare character',
          answer: [
            'Enter the character as on your document. If you cannot type it, use handwriting input or paste it.',
          ],
        },
        {
          question: 'Why can I not select “long-term”?',
          answer: [
            'Only holders who were 46 or over at the date of issue have a long-term identity card. See the back of the card.',
          ],
        },
        {
          question: 'Can I correct the document number later?',
          answer: [
            'No. The document number is the account. Register again with the right number; the wrong account is void.',
          ],
        },
        {
          question: 'The code does not arrive',
          answer: [
            'Check the number, and whether your phone blocked the message. Each number gets at most 3 codes a day; each is valid for 5 minutes.',
            'Ported numbers and numbers of new segments may not receive it for now.',
          ],
        },
        {
          question: 'What must the password be like?',
          answer: [
            '8 characters or more with a letter, a digit and one of # % * - _ ! @ $ &. Switch your input method to English first.',
            'Passwords that many people use, or that contain your number or birthday, are easy to guess and are not taken.',
          ],
        },
      ],
    },
    {
      id: 'sign-in',
      title: 'Signing in',
      questions: [
        {
          question: 'What is my account name?',
          answer: ['The document number you registered with. An X may be upper or lower case.'],
        },
        {
          question: 'I cannot drag or see the puzzle',
          answer: [
            'Use the keyboard: focus the slider, move it with the arrow keys and press Enter.',
            'Or choose “Another way”: your device works out a sum in a few seconds.',
          ],
        },
        {
          question: 'Why must I fill in more after signing in?',
          answer: [
            'At the first sign-in you complete your profile, for example your ethnicity. Then everything else opens.',
          ],
        },
      ],
    },
    {
      id: 'recovery',
      title: 'Forgotten password',
      questions: [
        {
          question: 'I forgot my password',
          answer: [
            'Choose “Forgot password” at sign-in and enter document type, number and name as registered.',
            'Then use the e-mail address or phone you registered. The link in the e-mail is valid for 24 hours and works once.',
          ],
        },
        {
          question: 'Can a very old account be reset?',
          answer: [
            'Accounts registered before 1 March 2019 cannot be reset. Please register again.',
          ],
        },
      ],
    },
    {
      id: 'verification',
      title: 'Identity verification',
      questions: [
        {
          question: 'Do I have to verify my identity?',
          answer: [
            'Not to sign in. Before you use either service, your identity must be verified.',
          ],
        },
        {
          question: 'How often can I try in a day?',
          answer: [
            'Three times a day, starting again at midnight Beijing time. A try without a result because a system failed is not counted.',
            'If it does not match, compare everything with your document before you try again.',
          ],
        },
        {
          question: 'Everything is right, yet it does not match',
          answer: [
            'Your data may have changed lately and the police records may not be updated yet.',
            'Holders of an identity card can open the online credential (网证) on a phone and then verify again.',
          ],
        },
        {
          question: 'I registered with a residence permit: which number is checked?',
          answer: [
            'Your name and the number of your travel permit, not of the residence permit. Both must be as on the travel permit.',
          ],
        },
        {
          question: 'My name has changed',
          answer: [
            'Change it on the verification page; it takes effect when verified. If you have applied already, submit your application once more.',
          ],
        },
      ],
    },
  ],
};
