import type { Translated } from './define-copy.ts';
import type { zh } from './documents.credential.zh.ts';

export const en: Translated<typeof zh> = {
  documents:
    'Resident identity card, residence permits of Hong Kong, Macao and Taiwan residents, mainland travel permits of Hong Kong, Macao and Taiwan residents, permanent residence card, and the ordinary passport of Chinese citizens abroad',
  firstTitle: 'The app 国家网络身份认证 (formerly CTID)',
  firstSteps: [
    'Search for “国家网络身份认证” in your phone’s app store and install the app.',
    'Open the app, press 立即申领, choose your document type and hold the document to the back of the phone. If your phone has no NFC, use a relative’s phone or go to a service hall.',
    'Follow the steps: face check, mobile number, passcode.',
    'Then come back to the page you came from and verify again.',
  ].join('\n'),
  secondTitle: 'The app 国家政务服务平台',
  secondSteps: [
    'Search for “国家政务服务平台” in your phone’s app store and install the app.',
    'Find 网证 in the app and follow its steps.',
    'Then come back to the page you came from and verify again.',
  ].join('\n'),
  notes:
    'A guardian applies for a child under 14. If you are 14 to 17, apply together with your guardian. Helpline of the certificate: 400-117-1166.',
};
