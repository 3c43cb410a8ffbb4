import type { DocumentType } from '../documents/index.ts';
import type { AgencyRule } from '../agency.ts';
import type { Level } from '../levels.ts';
import type { FaceRule } from '../face.ts';
import type { ProfileField } from '../profile/fields.ts';
import type { RecordKind } from '../records/kinds.ts';
import type { ServiceField } from '../service-client.ts';
import type { VouchRule } from '../binding.ts';
import type { Need } from '../next-step.ts';
import type { ContactKind } from '../notices.ts';
import type { Flow, FlowId } from '../steps.ts';

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

/**
 * A portal as a value. A request has one (`ctx.portal`), and so has each row that speaks later; flows read it and never
 * ask which portal it is. Each portal is a file of this folder.
 */
export type Portal = {
  /** Stands in addresses (`/<id>/`), in the setting `PORTALS` and in rows. */
  id: string;
  name: Bilingual;
  /** Who speaks: the signature 【…】 in front of short messages and the sender of mails, where no setting says otherwise. */
  messageSignature: string;
  /** The documents that it takes, in the order in which its pages list them. */
  documentTypes: readonly [DocumentType, ...DocumentType[]];
  /** The fields of the profile that it asks for, of whom they apply to. */
  profileFields: readonly ProfileField[];
  /** Those of them that are asked for with the real-name information (S-NAM-01), before the page of the profile. */
  identityFields: readonly ProfileField[];
  /** Whether 身份证 numbers of 15 digits are taken and shown as the 18 that they have become (S-NAM-02). */
  takesOldNumbers: boolean;
  /**
   * Whether a mail address may be an alias at qq.com, and a full-width dot in it is read as a dot; else both are refused, as
   * the seed has it (T-REG-09).
   */
  takesMailAliases: boolean;
  /** Whether somebody whom no check online confirms comes to a registration window (E-WIN-01). */
  hasWindow: boolean;
  /** How faces are compared here (E-FAC-01); `null` where none are. */
  face: FaceRule | null;
  /** Whether accounts come from another platform without a password, and are activated by their holders (E-ACT-01). */
  activates: boolean;
  /** Whether 系统使用须知 is read before a registration begins (E-REG-01a). */
  hasUsageNotice: boolean;
  /** The steps of each flow, in order. */
  flows: Readonly<
    Record<Exclude<FlowId, 'find_user_name'>, Flow> & Partial<Record<'find_user_name', Flow>>
  >;
  /**
   * The contacts that a registration asks for: `all` of them, or `one` that the person chooses. The code goes to the mobile
   * where there is one, else to the mail address.
   */
  contacts: { kinds: readonly [ContactKind, ...ContactKind[]]; asks: 'all' | 'one' };
  /** Whether people sign in with an account of the ministry (T-REG-15), where the operator is its client. */
  takesMinistryAccounts: boolean;
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
  /** The link that proves an address of an account: how long it is good, and how many one mailbox gets. */
  mailProof: { validMs: number; perDay: number; gapMs: number };
  /** How classmates bind each other (S-BND-02); `null` where they do not. */
  vouching: VouchRule | null;
  /** For how long the holder of a contact that was changed can take the change back. */
  contactUndoMs: number;
  /**
   * The service account as people see it; how long a QR code can be scanned, and a link to reset is good. `null` where
   * the portal has none: then no way by WeChat is offered.
   */
  weChat: { accountName: string; sceneValidMs: number; linkValidMs: number } | null;
  /**
   * Forgotten passwords: tries to say whose it is, for one document number in a Shanghai calendar day; and the link
   * by mail (T-PWD-02), of which one address gets so many a day. An account from before `registeredSinceMs` has no
   * reset: its number registers again (T-PWD-05).
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
  /**
   * A claim on a number that another account has: the working days in which its holder may object, and for how long their
   * account can be restored once the number has moved.
   */
  numberClaims: { objectWorkingDays: number; restorableMs: number };
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
  /**
   * 实名核验 by the authority: tries counted per account and Shanghai calendar day. `followsIdentity`: what a person gave is
   * checked at once, and they correct it where the check found a mismatch and nothing rests on it yet (S-NAM-03).
   */
  verification: { perDay: number; followsIdentity: boolean };
  /** 人工审核: attempts of an account in a period (T-REV-03), and working days to the answer (T-REV-04). */
  review: { perPeriod: number; workingDays: number };
  /**
   * The records that it shows, by section (T-PRO-07, S-REC-01a): to people of which level, and how often an account asks
   * for records in a Shanghai calendar day. `page` is the title of the page of their own; without one they stand in the
   * account's. `null` where it shows none.
   */
  records: {
    page: Bilingual | null;
    level: Level;
    perDay: number;
    /** Whether a person binds earlier qualifications to a present enrolment (S-REC-04). */
    bindsQualifications: boolean;
    /** 图像校对 (S-REC-02): working days to the school's answer; `null` where the portal has none. */
    photoCheck: { workingDays: number } | null;
    sections: readonly {
      id: string;
      name: Bilingual;
      kinds: readonly [RecordKind, ...RecordKind[]];
    }[];
  } | null;
  /** The service for which people authorise an office to ask (E-AUT-01), from which level and age on; `null` where there is none. */
  authorisation: { service: string; level: Level; fromAge: number } | null;
  /** Photos of a review: the size every photo must stay under. What is taken is kept as JPEG. */
  photos: { underBytes: number };
  /** What an account has before any service is open, in the order in which it is asked for. */
  needs: readonly Need[];
  /** The services behind the gate and the level they ask for. */
  services: readonly {
    id: string;
    name: Bilingual;
    /** What its entry is called (T-ENT-06). */
    entry: Bilingual;
    summary: Bilingual;
    level: Level;
    /** The page that it is here, where it is not another system. */
    page?: string;
    /** What another system is told at most of the person who enters it. Which of it is needed stands in its registration. */
    asks?: readonly ServiceField[];
  }[];
  /**
   * Related sites whose people register and sign in here, and go back (S-REG-07). To which addresses they go back is a
   * setting of the operator.
   */
  entrances: readonly { id: string; name: Bilingual }[];
  /**
   * How agencies help people without a mobile number (S-REG-09): those sign in by their number until they have proved a
   * contact. `null` where none do.
   */
  agencyHelp: AgencyRule | null;
  /** Whether organisations register here, on pages of their own (S-USR-03). */
  takesOrganisations: boolean;
  /** What pages say differently at each portal, and nothing else. */
  words: {
    /** The name in full, as an agreement has it. */
    fullName: Bilingual;
    /** All its services, within a sentence. */
    services: Bilingual;
    /** What who was verified under another name does besides; `null` where there is nothing. */
    renamed: Bilingual | null;
    /** A site whose accounts are taken for this one's; `null` where there is none. */
    otherSite: Bilingual | null;
  };
  /** Versions of the texts a person agrees to; kept with the time they did. */
  agreementVersion: string;
  privacyNoticeVersion: string;
  /**
   * The oldest privacy notice to which a consent still counts. Where a change touches what was consented to, this rises
   * with it, and everybody is asked again (PIPL 14).
   */
  consentsSince: string;
};

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const recoverFlow: Flow = { path: '/recovery', steps: ['identify', 'proof'] };

/** S-PWD-01, S-USR-01: where people sign in by a contact. */
export const recoverByUserName: Flow = { path: '/recovery', steps: ['user_name', 'proof'] };
export const findUserNameFlow: Flow = { path: '/user-name', steps: ['identify', 'proof'] };

/** PIPL 31, which is the same at every portal. */
export const guardianRule: Portal['guardian'] = {
  childUnder: 14,
  guardianFrom: 18,
  perYear: 5,
  codeValidMs: 7 * day,
  noticeVersion: '2026-12',
};

/** What the portals say alike. */
export const commonRules = {
  activates: false,
  takesMinistryAccounts: false,
  face: null,
  profileFields: ['sex', 'birthDate', 'ethnicity', 'travelPermitNumber', 'localDocumentNumber'],
  identityFields: [],
  takesMailAliases: false,
  hasUsageNotice: false,
  hasWindow: false,
  mailProof: { validMs: day, perDay: 3, gapMs: minute },
  contactUndoMs: 72 * hour,
  recovery: {
    registeredSinceMs: 0,
    perDay: 5,
    link: { validMs: day, perDay: 5, gapMs: minute },
  },
  puzzle: 'always',
  authorisation: null,
  cancellation: { waitMs: 7 * day },
  numberClaims: { objectWorkingDays: 5, restorableMs: 30 * day },
  guardian: guardianRule,
  verification: { perDay: 3, followsIdentity: false },
  review: { perPeriod: 3, workingDays: 7 },
} as const satisfies Partial<Portal>;

/** The rules of codes, which differ in how long they are valid. */
export const codeRules = ({
  validMs,
  mailValidMs,
}: Record<'validMs' | 'mailValidMs', number>): Portal['codes'] => ({
  sms: { digits: 6, validMs, triesPerCode: 5, perDay: 3, gapMs: minute, alarmPerHour: 2_000 },
  mail: { digits: 6, validMs: mailValidMs, triesPerCode: 5, perDay: 5, gapMs: minute },
  weChat: { digits: 6, validMs, triesPerCode: 5, perDay: 5 },
});
