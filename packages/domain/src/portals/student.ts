import { vouchRule } from '../binding.ts';
import {
  codeRules,
  commonRules,
  day,
  findUserNameFlow,
  type Portal,
  recoverByUserName,
} from './portal.ts';

// S-NAM-01; of the holder of a residence permit the authority is asked about the travel permit.
const profileFields: Portal['profileFields'] = [
  'sex',
  'birthDate',
  'travelPermitNumber',
  'nickname',
  'householdRegion',
];

/** 学信网 (requirements S-*): begins with a contact; real-name information and a second contact make level 2. */
export const studentPortal: Portal = {
  ...commonRules,
  id: 'student',
  name: { zh: '学信网', en: 'Student Records' },
  messageSignature: '学信网',
  documentTypes: [
    'resident_identity_card',
    'hmt_residence_permit',
    'hk_macao_travel_permit',
    'taiwan_travel_permit',
    'permanent_residence_card',
    'passport',
    'military_officer_certificate',
    'soldier_certificate',
    'police_certificate',
  ],
  profileFields,
  identityFields: profileFields,
  takesOldNumbers: true,
  takesMailAliases: true,
  flows: {
    register: { path: '/register', steps: ['contact', 'code', 'password', 'check'] },
    recover: recoverByUserName,
    find_user_name: findUserNameFlow,
  },
  contacts: { kinds: ['email', 'mobile'], asks: 'one' },
  signInWith: ['email', 'mobile'],
  // S-NAM-03.
  verification: { ...commonRules.verification, followsIdentity: true },
  // S-REG-05: codes and links are good for a day.
  codes: codeRules({ validMs: day, mailValidMs: day }),
  weChat: null,
  vouching: vouchRule,
  // S-REC-01a. Somebody else's name and number are soon typed: it takes a check of the person, beyond the level of the gate.
  records: {
    page: { zh: '学信档案', en: 'Student archive' },
    level: 3,
    perDay: 12,
    bindsQualifications: true,
    photoCheck: { workingDays: 10 },
    sections: [
      { id: 'enrolment', name: { zh: '学籍', en: 'Enrolment' }, kinds: ['enrolment'] },
      { id: 'qualification', name: { zh: '学历', en: 'Qualifications' }, kinds: ['qualification'] },
      { id: 'admission', name: { zh: '招生录取', en: 'Admission' }, kinds: ['admission'] },
      { id: 'loan', name: { zh: '助学贷款', en: 'Student loan' }, kinds: ['student_loan'] },
    ],
  },
  // S-DUP-03a: 300 KB are taken.
  photos: { underBytes: 300 * 1024 + 1 },
  // S-LOG-01, S-LOG-02.
  needs: ['identity', 'binding'],
  services: [
    {
      id: 'archive',
      name: { zh: '学信档案', en: 'Student archive' },
      entry: { zh: '学信档案', en: 'student archive' },
      summary: {
        zh: '查看本人的学籍、学历、招生录取和助学贷款信息。',
        en: 'See your own records of enrolment, qualifications, admission and student loans.',
      },
      level: 2,
      page: '/account/records',
    },
    {
      id: 'photo-check',
      name: { zh: '图像校对', en: 'Photo check' },
      entry: { zh: '图像校对', en: 'photo check' },
      summary: {
        zh: '毕业前核对本人的照片和信息。',
        en: 'Check your photo and details before you graduate.',
      },
      level: 2,
      page: '/account/photo-check',
    },
    {
      id: 'qualification',
      name: { zh: '学历查询', en: 'Qualification search' },
      entry: { zh: '学历查询', en: 'qualification search' },
      summary: { zh: '查询本人的学历。', en: 'Look up your own qualifications.' },
      level: 2,
      asks: ['name', 'document', 'mobile', 'email'],
    },
    {
      id: 'conscription',
      name: { zh: '预征报名', en: 'Conscription pre-registration' },
      entry: { zh: '预征报名', en: 'conscription pre-registration' },
      summary: { zh: '应届毕业生应征入伍报名。', en: 'Graduates register for military service.' },
      level: 2,
      asks: ['name', 'document', 'mobile', 'email'],
    },
    {
      id: 'satisfaction',
      name: { zh: '满意度调查', en: 'Satisfaction survey' },
      entry: { zh: '满意度调查', en: 'satisfaction survey' },
      summary: { zh: '评价学校和专业。', en: 'Rate your school and subject.' },
      level: 2,
      asks: [],
    },
  ],
  agencyHelp: {
    documentType: 'resident_identity_card',
    passwordValidMs: 3 * day,
    perMember: 60,
    perAgency: 300,
    perPerson: 3,
  },
  takesOrganisations: true,
  entrances: [
    { id: 'conscription', name: { zh: '全国征兵网', en: 'National Conscription' } },
    {
      id: 'graduate-admission',
      name: { zh: '中国研究生招生信息网', en: 'Graduate Admission (yz)' },
    },
    { id: 'photo-check', name: { zh: '图像校对、学籍信息核对', en: 'Photo and record check' } },
    { id: 'other', name: { zh: '其他系统', en: 'Another system' } },
  ],
  words: {
    fullName: { zh: '学信网', en: 'Student Records' },
    services: {
      zh: '学籍学历查询、图像校对、预征报名',
      en: 'student records, photo check and conscription',
    },
    renamed: null,
    otherSite: null,
  },
  agreementVersion: '2026-11',
  // Contact persons of organisations are named in it.
  privacyNoticeVersion: '2027-02',
  consentsSince: '2026-11',
};
