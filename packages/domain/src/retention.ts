const hour = 3_600_000;
const day = 24 * hour;
/** No six months, and no year, are longer. */
const halfYear = 184 * day;
const year = 366 * day;

/** How long a kind of data is kept: as long as the account exists, or so many milliseconds after an instant. */
export type Keep = 'account' | { ms: number };

/** A row of the retention table. `tables` are those of the database that hold it. */
export type Retention = { tables: readonly string[]; keep: Keep };

/**
 * everything the product keeps about people, and until when; `retention-words.ts` says what it is and why. The
 * privacy notice and the page 我的数据 show this table, and the job deletes by it, so none of them can say something
 * else than the others.
 */
export const retention = {
  account: { tables: ['account'], keep: 'account' },
  number_claim: { tables: ['number_claim'], keep: 'account' },
  consent: { tables: ['consent', 'service_subject'], keep: 'account' },
  guardian_consent: { tables: ['guardian_consent'], keep: 'account' },
  verification: { tables: ['verification', 'face_check', 'attestation'], keep: 'account' },
  record: { tables: ['record'], keep: { ms: halfYear } },
  photo_check: { tables: ['photo_check'], keep: 'account' },
  window_ticket: { tables: ['window_ticket'], keep: { ms: halfYear } },
  authorisation: { tables: ['authorisation'], keep: 'account' },
  office_question: {
    tables: ['office_question', 'service_disclosure', 'service_event'],
    keep: { ms: year },
  },
  matter: { tables: ['matter'], keep: { ms: year } },
  vouch: { tables: ['vouch'], keep: 'account' },
  handover: { tables: ['handover'], keep: { ms: 30 * day } },
  identifier: { tables: ['identifier'], keep: 'account' },
  review: { tables: ['case', 'case_photo', 'case_decision', 'case_reason'], keep: 'account' },
  ticket: {
    // Those of people with an account are in the tables of reviews, and end with the account.
    tables: [],
    keep: { ms: year },
  },
  correction: { tables: ['correction'], keep: 'account' },
  cancellation: { tables: ['cancellation'], keep: 'account' },
  registration: { tables: ['registration'], keep: { ms: 0 } },
  recovery: { tables: ['recovery'], keep: { ms: 0 } },
  ministry_visit: { tables: ['ministry_visit'], keep: { ms: 0 } },
  contact_change: { tables: ['contact_change'], keep: { ms: 0 } },
  challenge: { tables: ['challenge', 'service_token'], keep: { ms: day } },
  outbox: { tables: ['outbox'], keep: { ms: day } },
  notice: { tables: ['notice'], keep: { ms: year } },
  session: { tables: ['session', 'service_session'], keep: { ms: halfYear } },
  allowance: { tables: ['allowance'], keep: { ms: year } },
  puzzle: { tables: ['puzzle'], keep: { ms: 0 } },
  wechat_scene: { tables: ['wechat_scene'], keep: { ms: day } },
  wechat_push: { tables: ['wechat_push'], keep: { ms: hour } },
  photo: { tables: ['photo'], keep: { ms: 0 } },
  staff: { tables: ['staff', 'staff_passkey', 'office_key', 'service_client'], keep: 'account' },
  organisation: { tables: ['organisation'], keep: 'account' },
  organisation_session: { tables: ['organisation_session'], keep: { ms: halfYear } },
  staff_session: { tables: ['staff_session'], keep: { ms: halfYear } },
  audit: { tables: ['audit', 'audit_block'], keep: { ms: year } },
  retention_receipt: { tables: ['retention_receipt'], keep: { ms: 3 * year } },
} as const satisfies Record<string, Retention>;

export type RetentionKind = keyof typeof retention;

/** The kinds that end by the clock and not with the account. */
export type TimedKind = {
  [K in RetentionKind]: (typeof retention)[K]['keep'] extends 'account' ? never : K;
}[RetentionKind];

/** The kinds in the order in which people read them. */
export const retentionKinds = Object.keys(retention) as RetentionKind[];

/** The units in which a length is said, the longest first. */
export const retentionUnitsMs = { year, month: halfYear / 6, day, hour };
