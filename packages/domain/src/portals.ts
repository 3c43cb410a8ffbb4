import type { AuthorityCheck } from './checks.ts';
import type { DocumentType } from './document.ts';
import type { Level } from './levels.ts';

/** Text in both languages of the product. */
export type Bilingual = { zh: string; en: string };

/** A code that proves a contact. `perDay` counts sends to one contact in a Shanghai calendar day. */
export type CodeRule = {
  digits: number;
  validMs: number;
  triesPerCode: number;
  perDay: number;
  gapMs: number;
};

export type PortalId = 'teacher' | 'student' | 'enterprise';
export type ServiceId = string;

/**
 * A portal as data: flows read it and never ask which portal it is (ARCHITECTURE: "Portals are data").
 * The three systems of the requirements differ in these values and in nothing else.
 */
export type Portal = {
  id: PortalId;
  name: Bilingual;
  /** The signature in front of every short message: 【…】. */
  messageSignature: string;
  documentTypes: readonly DocumentType[];
  /** What a registration begins with: a document (T), a contact (S), or all four factors, checked at once (E). */
  accountStartsWith: 'document' | 'contact' | 'four_factors';
  signInWith: readonly ('document_number' | 'mobile' | 'email' | 'face')[];
  /**
   * More than `alarmPerHour` text messages to all numbers together raise an alarm in the log. A code in the chat has no
   * gap: the person asks for it there; its `perDay` counts for a WeChat and for a document.
   */
  codes: {
    sms: CodeRule & { alarmPerHour: number };
    mail: CodeRule;
    weChat: Omit<CodeRule, 'gapMs'>;
  };
  /** For how long the holder of a contact that was changed can take the change back. */
  contactUndoMs: number;
  /** The service account as people see it; how long a QR code can be scanned, and a link to reset is good. */
  weChat: { accountName: string; sceneValidMs: number; linkValidMs: number };
  /**
   * Forgotten passwords: tries to say whose it is, for one document number in a Shanghai calendar day; and the link
   * by mail (T-PWD-02), of which one address gets so many a day. An account from before `registeredSinceMs` has no
   * reset: its number registers anew (T-PWD-05).
   */
  recovery: {
    registeredSinceMs: number;
    perDay: number;
    link: { validMs: number; perDay: number; gapMs: number };
  };
  /**
   * The puzzle before a code is sent and at sign-in: `always`, as the seed has it (T-REG-11, T-LOG-01), or `by_risk`, where
   * only a network address that has been busy in the last hour sees one.
   */
  puzzle: 'always' | 'by_risk';
  /** 注销: how long an account that is to be closed waits for its holder to think again. */
  cancellation: { waitMs: number };
  /**
   * PIPL 31: below which age a guardian consents, from which age somebody can, how many consents one guardian gives in a
   * year, and for how long a code of theirs can be used. `noticeVersion` is that of the notice for children.
   */
  guardian: {
    childUnder: number;
    guardianFrom: number;
    perYear: number;
    codeValidMs: number;
    noticeVersion: string;
  };
  /** 实名核验 by the authority: tries counted per account and Shanghai calendar day. */
  verification: { perDay: number };
  /** 人工审核: attempts of an account in a period (T-REV-03), and working days to the answer (T-REV-04). */
  review: { perPeriod: number; workingDays: number };
  /** The check that the authority is asked for, by document, where it has a product for it (T-VER-03); `none`: a review. */
  authorityChecks: Readonly<Record<DocumentType, AuthorityCheck | 'none'>>;
  /** Photos of a review: the size every photo must stay under, and the formats taken. */
  photos: { underBytes: number; formats: readonly ('jpeg' | 'png' | 'gif')[] };
  /** The services behind the gate and the level they ask for. */
  services: readonly {
    id: ServiceId;
    name: Bilingual;
    /** What its entry is called (T-ENT-06). */
    entry: Bilingual;
    summary: Bilingual;
    level: Level;
  }[];
  /** Versions of the texts a person agrees to; kept with the time they did. */
  agreementVersion: string;
  privacyNoticeVersion: string;
  /**
   * The oldest privacy notice to which a consent still counts. Where a change touches what was consented to, this rises
   * with it, and everybody is asked again (PIPL 14).
   */
  consentsSince: string;
};

const minute = 60_000;

/** 中国教师资格网 (requirements T-*). */
export const teacherPortal: Portal = {
  id: 'teacher',
  name: { zh: '教师资格网', en: 'Teacher Qualification' },
  messageSignature: '中国教师资格网',
  documentTypes: [
    'resident_identity_card',
    'hmt_residence_permit',
    'hk_macao_travel_permit',
    'taiwan_travel_permit',
  ],
  accountStartsWith: 'document',
  signInWith: ['document_number'],
  codes: {
    sms: {
      digits: 6,
      validMs: 5 * minute,
      triesPerCode: 5,
      perDay: 3,
      gapMs: minute,
      alarmPerHour: 2_000,
    },
    mail: { digits: 6, validMs: 15 * minute, triesPerCode: 5, perDay: 5, gapMs: minute },
    weChat: { digits: 6, validMs: 5 * minute, triesPerCode: 5, perDay: 5 },
  },
  weChat: { accountName: '中国教师资格', sceneValidMs: 10 * minute, linkValidMs: 10 * minute },
  contactUndoMs: 72 * 60 * minute,
  recovery: {
    registeredSinceMs: Date.parse('2019-03-01T00:00:00+08:00'),
    perDay: 5,
    link: { validMs: 24 * 60 * minute, perDay: 5, gapMs: minute },
  },
  puzzle: 'always',
  cancellation: { waitMs: 7 * 24 * 60 * minute },
  guardian: {
    childUnder: 14,
    guardianFrom: 18,
    perYear: 5,
    codeValidMs: 7 * 24 * 60 * minute,
    noticeVersion: '2026-11',
  },
  verification: { perDay: 3 },
  review: { perPeriod: 3, workingDays: 7 },
  authorityChecks: {
    resident_identity_card: 'four_factors',
    hmt_residence_permit: 'travel_permit',
    hk_macao_travel_permit: 'none',
    taiwan_travel_permit: 'none',
  },
  photos: { underBytes: 190 * 1024, formats: ['jpeg'] },
  services: [
    {
      id: 'certification',
      name: { zh: '教师资格认定', en: 'Teacher qualification' },
      entry: { zh: '认定', en: 'qualification' },
      summary: { zh: '首次申请教师资格证书。', en: 'Apply for a teacher certificate.' },
      level: 3,
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
    },
  ],
  agreementVersion: '2026-11',
  privacyNoticeVersion: '2026-11',
  consentsSince: '2026-11',
};
