import { codeRules, commonRules, minute, type Portal, recoverFlow } from './portal.ts';

/** 登记注册身份验证 (requirements E-*): all four factors are checked while registering; a face makes level 4. */
export const businessPortal: Portal = {
  ...commonRules,
  id: 'business',
  name: { zh: '登记注册身份验证', en: 'Business Registration Identity' },
  messageSignature: '登记注册身份验证',
  documentTypes: ['resident_identity_card'],
  takesOldNumbers: false,
  activates: true,
  face: { perDay: 5, challengeMs: 3 * minute },
  hasUsageNotice: true,
  hasWindow: true,
  flows: {
    register: {
      path: '/register',
      steps: ['document', 'contact', 'code', 'verify', 'password', 'check'],
    },
    recover: recoverFlow,
  },
  contacts: { kinds: ['mobile'], asks: 'all' },
  signInWith: ['document_number', 'face'],
  // The portal asks for no mail address (E-REG-01a); an account of another portal may have one.
  codes: codeRules({ validMs: 5 * minute, mailValidMs: 15 * minute }),
  weChat: null,
  vouching: null,
  records: null,
  authorisation: { service: 'company-registration', level: 4, fromAge: 18 },
  photos: { underBytes: 190 * 1024 },
  // E-AUT-01: the office asks whether this person, at level 4, has authorised the registration.
  needs: ['identity'],
  services: [
    {
      id: 'company-registration',
      name: { zh: '企业登记注册', en: 'Company registration' },
      entry: { zh: '企业登记注册', en: 'company registration' },
      summary: {
        zh: '设立、变更（备案）或注销企业时确认本人身份。',
        en: 'Confirm that it is you when a company is set up, changed or closed.',
      },
      level: 4,
      page: '/account/authorisation',
    },
    // Its forms; what is signed there takes the authorisation above.
    {
      id: 'registration-office',
      name: { zh: '企业登记网上办理', en: 'Company registration online' },
      entry: { zh: '企业登记网上办理', en: 'company registration online' },
      summary: {
        zh: '填写和提交企业设立、变更（备案）或注销的材料。',
        en: 'Fill in and submit what it takes to set up, change or close a company.',
      },
      level: 3,
      asks: ['name', 'document', 'mobile'],
    },
  ],
  entrances: [],
  agencyHelp: null,
  takesOrganisations: false,
  words: {
    fullName: { zh: '登记注册身份验证', en: 'Business Registration Identity' },
    services: { zh: '企业登记注册', en: 'company registration' },
    renamed: null,
    otherSite: null,
  },
  agreementVersion: '2026-11',
  privacyNoticeVersion: '2027-02',
  consentsSince: '2026-11',
};
