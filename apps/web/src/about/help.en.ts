import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './help.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Help',
  lead: 'Find answers by topic.',
  credential: 'How to open the online credential of the identity card',
  contact: 'Write to us',
  write: 'Write to us',
  followUp: 'Follow a question',
  contactText:
    'If your name is wrong, if you have lost both phone and email, or if somebody else has registered your document number, write to us, say what happened and attach a photo of your document. You do not need an account. Our staff check it and answer, usually within 5 working days; you read the answer with a number and a code. Never include your password.',
  contents: 'Contents',
  parts: [
    {
      id: 'registration',
      title: 'Registering',
      questions: [
        {
          question: 'Do I have to register separately for each service?',
          answer: [
            'No. You use the same account for all of them. Start from the service that you need.',
          ],
        },
        {
          at: 'signs_in_by_number',
          question: 'Which documents can I register with?',
          answer: [
            'The resident identity card, the residence permit for Hong Kong, Macao and Taiwan residents, the mainland travel permit for Hong Kong and Macao residents, and the five-year mainland travel permit for Taiwan residents.',
            'For the Hong Kong and Macao permit enter H or M and 8 digits, for the Taiwan permit 8 digits. Leave out the last two digits, the renewal count.',
          ],
        },
        {
          at: 'signs_in_by_contact',
          question: 'Which documents can I give as real-name information?',
          answer: [
            'A resident identity card, also with an old number of 15 digits. If you have none, use another valid document of the list.',
          ],
        },
        {
          at: 'signs_in_by_number',
          question: 'My document is not listed',
          answer: [
            'Foreign permanent resident ID cards, and mainland travel permits that begin with HA or MA (for residents of Hong Kong and Macao who are not Chinese citizens), cannot be used here yet. Write to us: see the end of this page.',
            'If you have both a residence permit and a travel permit, register with one of them. You must verify your identity and apply with the same one.',
          ],
        },
        {
          question: 'How do I type the dot in a name?',
          answer: [
            'Use the “insert ·” button next to the name. We change other dots to · for you.',
          ],
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
            'Only holders who were 46 or over at the date of issue have a long-term identity card. Check the back of the card.',
          ],
        },
        {
          at: 'checks_at_identity',
          question: 'Can I correct my name or number?',
          answer: [
            'If it does not match the police data, correct it on your account page. Once it is confirmed, a classmate has vouched for you or you have used a service, you cannot change it yourself.',
            'If your school has it wrong, have the school correct it first. In any other case, write to us.',
          ],
        },
        {
          at: 'signs_in_by_number',
          question: 'Can I correct the document number later?',
          answer: [
            'No, it is your account name. Register again with the right number; the account with the wrong number is void.',
          ],
        },
        {
          question: 'I never registered, but this site says that my number is registered',
          answer: [
            'Check the number character by character, and try to sign in: if you registered earlier for another service, you have this account.',
            {
              at: 'signs_in_by_contact',
              text: 'If you forgot your user name, find it first. If you never registered, you can claim the number when you enter your real-name information.',
            },
            'If you never registered, somebody has mistyped their number or used your document. Write to us: see the end of this page.',
          ],
        },
        {
          question: 'The code does not arrive',
          answer: [
            'Check the number, and whether your phone blocked the message. Each number gets at most {codesPerDay} codes a day; each is valid for {code}.',
            {
              at: 'has_wechat',
              text: 'If your number was moved from another operator or is in a new range, the message may not arrive. Under “Contact details” you can choose to get the code by WeChat.',
            },
            {
              at: 'signs_in_by_contact',
              text: 'If your number was moved from another operator or is in a new range, the message may not arrive. You can register with an email address instead; look for the email in the spam folder too.',
            },
          ],
        },
        {
          question: 'Which passwords can I use?',
          answer: [
            '8 characters or more with a letter, a digit and one of # % * - _ ! @ $ &. Switch your input method to English first.',
            'You cannot use a password that many people use or that contains your number or birthday, because it is easy to guess.',
          ],
        },
      ],
    },
    {
      id: 'sign-in',
      title: 'Signing in',
      questions: [
        {
          at: 'signs_in_by_contact',
          question: 'What is my user name?',
          answer: ['The email address or mobile number you registered with, not your name.'],
        },
        {
          at: 'signs_in_by_number',
          question: 'What is my account name?',
          answer: [
            'The document number that you registered with. You can type an X in upper or lower case.',
          ],
        },
        {
          at: 'has_ministry',
          question: 'Can I sign in with a Ministry of Education account?',
          answer: [
            'Yes, where the sign-in page offers it. After the first time you link it to your account here: sign in with your password, then press “Link”. If you have no account, register first.',
            'If the two accounts have different names, they cannot be linked. You can unlink them under “My account”. Resetting your password unlinks them too; you can link them again.',
          ],
        },
        {
          question: 'I cannot drag or see the puzzle',
          answer: [
            'Use the keyboard: focus the slider, move it with the arrow keys and press Enter.',
            'Or choose “Another way”: your device then does a calculation that takes a few seconds.',
          ],
        },
        {
          at: 'asks_for_profile',
          question: 'Why do I have to fill in more after I sign in?',
          answer: [
            'When you first sign in, you complete your profile, for example your ethnicity. After that you can use everything else.',
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
            {
              at: 'signs_in_by_number',
              text: 'Start from “Forgotten password” on the sign-in page, enter the type and number of your document and your name, and set a new password with a code sent to the phone you registered.',
            },
            { at: 'has_mail', text: 'You can also use a link sent to your email address.' },
            {
              at: 'has_wechat',
              text: 'If you have linked a WeChat to the account, you can also use that.',
            },
            {
              at: 'signs_in_by_contact',
              text: 'Start from “Forgotten password” on the sign-in page, enter your user name (email address or mobile number) and set a new password with the code you receive. If you forgot the user name, find it first.',
            },
            'We then sign you out on all devices; sign in again with the new password.',
          ],
        },
        {
          at: 'signs_in_by_number',
          question: 'All three are right, but I cannot reset the password',
          answer: [
            'Check that the document type, number and name are those that you registered with. If your document was replaced, enter the number that you registered with.',
            'If the number was never registered, register first.',
            {
              at: 'has_accounts_from_before',
              text: 'You cannot reset the password of an account registered before 1 March 2019: register again with the same document number.',
            },
            'You can try a document number {recoveriesPerDay} times a day.',
          ],
        },
        {
          at: 'signs_in_by_number',
          question: 'I no longer use the phone that I registered with',
          answer: [
            {
              at: 'has_mail',
              text: 'Use your email address: under “Forgotten password”, choose the link by email, open the link you receive and choose a new password. The link is valid for {link} and can be used once.',
            },
            'If there is no other way, check whether your browser or phone has saved the password. If your operator can replace the SIM card of that number, get a new one and then reset the password.',
          ],
        },
        {
          question: 'I cannot try again after wrong passwords',
          answer: [
            'You can enter 5 wrong passwords in a quarter of an hour; after 3 in a row you have to wait 20 seconds. The page says when you can try again.',
            'If somebody else tries wrong passwords elsewhere, you can still sign in with a browser that you have used before.',
          ],
        },
      ],
    },
    {
      id: 'verification',
      title: 'Identity verification',
      questions: [
        {
          at: 'checks_at_identity',
          question: 'When is my identity verified?',
          answer: [
            'We compare your real-name information with the police data as soon as you enter it. If it does not match, you can still sign in and bind it; you need to pass before you can see your records.',
          ],
        },
        {
          at: 'checks_at_services',
          question: 'Do I have to verify my identity?',
          answer: [
            'You can sign in without it, but you must verify your identity before you use a service.',
          ],
        },
        {
          question: 'How often can I try each day?',
          answer: [
            'You can try {checksPerDay} times a day; the count starts again at midnight (China time). We do not count a try that has no result because a system failed.',
            'If the result is “no match”, compare everything with your document before you try again.',
          ],
        },
        {
          question: 'Everything is right, but the result is “no match”',
          answer: [
            'Your data may have changed recently, and the police records may not be up to date yet.',
            'If you have a resident identity card, you can open the online credential (网证) on a phone and then verify again; after a failed check the page explains how.',
            'If that does not help, or if you use another document, ask for a manual review on the page that shows the failed check. You can ask {reviewsPerPeriod} times from January to August and {reviewsPerPeriod} times from September to December, and get the result within {workingDays} working days.',
          ],
        },
        {
          question: 'I registered with a residence permit: which number is checked?',
          answer: [
            'We check your name and the number of your travel permit, not of the residence permit. Both must be as on the travel permit. If travel permit numbers cannot be checked online, the verification page takes you to a manual review, and none of your daily tries is used.',
          ],
        },
        {
          question: 'I registered with a travel permit: how do I verify my identity?',
          answer: [
            'Mainland travel permits cannot be checked online, so ask for a manual review on the verification page. It uses none of your daily tries.',
          ],
        },
        {
          question: 'My name has changed',
          answer: [
            'Change it on the verification page and verify again; the change takes effect when the check succeeds.',
            { at: 'has_other_after_rename', text: '{renamed}' },
          ],
        },
      ],
    },
  ],
};
