import { codeRules, commonRules, minute, type Portal, recoverFlow } from './portal.ts';

/** 中国教师资格网 (requirements T-*). */
export const teacherPortal: Portal = {
  ...commonRules,
  id: 'teacher',
  name: { zh: '教师资格网', en: 'Teacher Qualification' },
  messageSignature: '中国教师资格网',
  documentTypes: [
    'resident_identity_card',
    'hmt_residence_permit',
    'hk_macao_travel_permit',
    'taiwan_travel_permit',
  ],
  takesOldNumbers: false,
  flows: {
    register: { path: '/register', steps: ['document', 'password', 'contact', 'code', 'check'] },
    recover: recoverFlow,
  },
  contacts: { kinds: ['email', 'mobile'], asks: 'all' },
  takesMinistryAccounts: true,
  signInWith: ['document_number'],
  codes: codeRules({ validMs: 5 * minute, mailValidMs: 15 * minute }),
  weChat: { accountName: '中国教师资格', sceneValidMs: 10 * minute, linkValidMs: 10 * minute },
  recovery: { ...commonRules.recovery, registeredSinceMs: Date.parse('2019-03-01T00:00:00+08:00') },
  vouching: null,
  // T-PRO-07.
  records: {
    page: null,
    level: 3,
    perDay: 12,
    bindsQualifications: false,
    photoCheck: null,
    sections: [
      {
        id: 'examination',
        name: { zh: '教师资格考试信息', en: 'Teacher examination' },
        kinds: ['teacher_examination'],
      },
      {
        id: 'putonghua',
        name: { zh: '普通话证书信息', en: 'Putonghua certificate' },
        kinds: ['putonghua'],
      },
      {
        id: 'education',
        name: { zh: '学历学籍信息', en: 'Qualifications and enrolment' },
        kinds: ['qualification', 'enrolment'],
      },
      {
        id: 'degree',
        name: { zh: '学位证书信息', en: 'Degree certificate' },
        kinds: ['degree'],
      },
      {
        id: 'certificate',
        name: { zh: '教师资格证书信息', en: 'Teacher certificate' },
        kinds: ['teacher_certificate'],
      },
    ],
  },
  photos: { underBytes: 190 * 1024 },
  needs: ['identity', 'profile'],
  services: [
    {
      id: 'certification',
      name: { zh: '教师资格认定', en: 'Teacher qualification' },
      entry: { zh: '认定', en: 'qualification' },
      summary: { zh: '首次申请教师资格证书。', en: 'Apply for a teacher certificate.' },
      level: 3,
      asks: ['name', 'document', 'mobile', 'email'],
    },
    {
      id: 'periodic-registration',
      name: { zh: '中小学教师资格定期注册', en: 'Periodic registration of school teachers' },
      entry: { zh: '定期注册', en: 'periodic registration' },
      summary: {
        zh: '在职教师每五年注册一次。',
        en: 'Teachers in service register every five years.',
      },
      level: 3,
      asks: ['name', 'document', 'mobile', 'email'],
    },
  ],
  entrances: [],
  agencyHelp: null,
  takesOrganisations: false,
  words: {
    fullName: { zh: '中国教师资格网', en: 'Teacher Qualification' },
    services: {
      zh: '教师资格认定和定期注册',
      en: 'teacher qualification and periodic registration',
    },
    renamed: {
      zh: '改过姓名、而且已经报过名的，请到认定系统重新提交一次报名信息。',
      en: 'If your name has changed and you have already filed an application, submit it again in the qualification system.',
    },
    otherSite: { zh: '中小学教师资格考试网', en: 'the teacher examination site (ntce)' },
  },
  agreementVersion: '2026-11',
  // Photos, each service, records and claims on a number are named in it.
  privacyNoticeVersion: '2027-02',
  consentsSince: '2026-11',
};
