import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './credential-guide.zh.ts';

export const en: Translated<typeof zh> = {
  appTitle: (app, former) => `Way 1: the app ${app} (formerly ${former})`,
  app: (app) => [
    `Search for “${app}” in your phone’s app store and install the app.`,
    'Open the app, press 立即申领, choose your document type and hold the document to the back of the phone. If your phone has no NFC, use a relative’s phone or go to a service hall.',
    'Follow the steps: face check, mobile number, passcode.',
    'Then come back to the verification page and verify again.',
  ],
  platformTitle: 'Way 2: the app 国家政务服务平台',
  platform: [
    'Search for “国家政务服务平台” in your phone’s app store and install the app.',
    'Find 网证 in the app and follow its steps.',
    'Then come back to the verification page and verify again.',
  ],
  notes: (helpline, checkedOn) =>
    `A guardian applies for a child under 14. If you are 14 to 17, apply together with your guardian. Helpline of the credential: ${helpline}. We checked these steps on ${checkedOn}; the apps may have changed since.`,
};
