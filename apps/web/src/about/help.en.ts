import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './help.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Help',
  lead: 'Find the answer by what you are doing.',
  credential: 'How to open the online credential of the identity card',
  contact: 'Write to us',
  write: 'Write to us',
  followUp: 'Follow a question',
  contactText:
    'If your name is wrong, if you have lost both phone and e-mail, or if somebody else has registered your document number, write to us, say what happened and attach a photo of your document. You need no account. Staff will check it and help, usually within 5 working days; you read the answer with a number and a code. Never include your password.',
  contents: 'Contents',
  parts: [
    {
      id: 'registration',
      title: 'Registering',
      questions: [
        {
          question: 'Do I register twice for the two services?',
          answer: ['No. One account serves all of them. Start from the service you need.'],
        },
        {
          question: 'Which documents can I register with?',
          answer: [
            'The resident identity card, the residence permit for Hong Kong, Macao and Taiwan residents, the mainland travel permit for Hong Kong and Macao residents, and the five-year mainland travel permit for Taiwan residents.',
            'For the Hong Kong and Macao permit enter H or M and 8 digits, for the Taiwan permit 8 digits. Leave out the last two digits, the renewal count.',
          ],
        },
        {
          question: 'My document is not listed',
          answer: [
            'Foreign permanent resident ID cards, and mainland travel permits that begin with HA or MA (for residents of Hong Kong and Macao who are not Chinese citizens), cannot be used here yet. Write to us, at the end of this page.',
            'If you hold both a residence permit and a travel permit, register with one of them; you will be verified and apply with the same one.',
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
          question: 'I never registered, but the number is said to be registered',
          answer: [
            'Check the number character by character, and try to sign in: an account you made earlier for qualification or periodic registration is this account.',
            'If you never registered, somebody mistyped their number or used your document. Write to us, at the end of this page.',
          ],
        },
        {
          question: 'The code does not arrive',
          answer: [
            'Check the number, and whether your phone blocked the message. Each number gets at most {codesPerDay} codes a day; each is valid for {code}.',
            'Ported numbers and numbers of new segments may not receive it for now. Under “Contact details” you can choose to get the code by WeChat.',
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
            'Start from “Forgotten password” on the sign-in page, enter the type and number of your document and your name, and set a new password with a code sent to the phone you registered, or a link sent to your e-mail address. If a WeChat is linked to the account, it can be used as well.',
            'After that you are signed out on all devices; sign in again with the new password.',
          ],
        },
        {
          question: 'All three are right, yet the password cannot be reset',
          answer: [
            'See whether document type, number and name are those you registered with. If your document was replaced, enter the number you registered.',
            'A number that was never registered cannot be reset either: register first. Accounts registered before 1 March 2019 cannot be reset: register again with the same document number.',
            'A document number can be tried {recoveriesPerDay} times a day.',
          ],
        },
        {
          question: 'I no longer use the phone I registered',
          answer: [
            'Use your e-mail address: under “Forgotten password”, choose the link by e-mail, open the link you receive and choose a new password. The link is valid for {link} and can be used once.',
            'See whether your browser or phone has kept the password. If your operator can replace the SIM card of that number, get it and then reset.',
          ],
        },
        {
          question: 'I may not try again after wrong passwords',
          answer: [
            'You can be wrong 5 times in a quarter of an hour; after 3 in a row there is a pause of 20 seconds. The page says when you can go on.',
            'Wrong tries of others elsewhere do not keep you out on a browser you have used before.',
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
            '{checksPerDay} times a day, starting again at midnight Beijing time. A try without a result because a system failed is not counted.',
            'If it does not match, compare everything with your document before you try again.',
          ],
        },
        {
          question: 'Everything is right, yet it does not match',
          answer: [
            'Your data may have changed lately and the police records may not be updated yet.',
            'Holders of an identity card can open the online credential (网证) on a phone and then verify again; after a failed check the page says how.',
            'If that does not help, or if you use another document, ask for a manual review on the page that tells of the failure: {reviewsPerPeriod} times from January to August and {reviewsPerPeriod} from September to December, with a result within {workingDays} working days.',
          ],
        },
        {
          question: 'I registered with a residence permit: which number is checked?',
          answer: [
            'Your name and the number of your travel permit, not of the residence permit. Both must be as on the travel permit. Where the online check does not cover travel permit numbers, the verification page leads you to a manual review, and none of your daily tries is used.',
          ],
        },
        {
          question: 'I registered with a travel permit: how am I verified?',
          answer: [
            'The online check does not cover the mainland travel permits, so ask for a manual review on the verification page; it takes none of your daily tries.',
          ],
        },
        {
          question: 'My name has changed',
          answer: [
            'Change it on the verification page; it takes effect when verified. If you have applied already, submit your application again.',
          ],
        },
      ],
    },
  ],
};
