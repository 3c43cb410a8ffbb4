/**
 * The kinds of text messages. Of each the variables of its template, in Tencent's order, and the word that its setting has in
 * front of `TEMPLATE`. News names nothing of an account, since others read a lock screen.
 */
export const smsKinds = {
  /** A code that proves who holds the number, valid for so many minutes. */
  code: { variables: ['code', 'minutes'], setting: '' },
  /** The same, valid for so many days: variables of codes are digits (Tencent), so a unit stands in a template of its own. */
  code_days: { variables: ['code', 'days'], setting: 'DAYS_' },
  /**
   * To the number that an account had before, with the code that takes the change back: up to 12 digits and letters, which is
   * all that one variable may hold (Tencent).
   */
  contact_replaced: { variables: ['code'], setting: 'NOTICE_' },
  /** There is news of the person's case (T-CON-05). */
  review_news: { variables: [], setting: 'REVIEW_' },
  /** Somebody else made the number an account's (T-CON-08): it may be a stranger's. */
  new_contact: { variables: [], setting: 'CONTACT_' },
  /** The account was closed and its document number freed (T-REG-16a): a ticket answers why. */
  number_freed: { variables: [], setting: 'FREED_' },
} as const satisfies Readonly<Record<string, { variables: readonly string[]; setting: string }>>;
export type SmsKind = keyof typeof smsKinds;

/** A text message to a mainland mobile number: 11 digits, without country code. */
export type Sms<K extends SmsKind = SmsKind> = {
  [Kind in K]: { kind: Kind; mobile: string } & Record<
    (typeof smsKinds)[Kind]['variables'][number],
    string
  >;
}[K];

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The kind of message that says for how long a code is valid: in days where it is whole days (S-REG-05). */
export const codeKind = (validMs: number): SmsKind & `code${string}` =>
  validMs % dayMs === 0 ? 'code_days' : 'code';

/** The message with a code that is valid for so long. */
export const codeSms = (mobile: string, code: string, validMs: number): Sms =>
  codeKind(validMs) === 'code_days'
    ? { kind: 'code_days', mobile, code, days: String(validMs / dayMs) }
    : { kind: 'code', mobile, code, minutes: String(validMs / minuteMs) };

/** The settings that name the template of a kind, at Aliyun and at Tencent. */
export const templateSettings = (kind: SmsKind) => {
  const { setting } = smsKinds[kind];
  return [`ALIYUN_SMS_${setting}TEMPLATE_CODE`, `TENCENT_SMS_${setting}TEMPLATE_ID`] as const;
};

/** Something for each kind of message. */
export function bySmsKind<T>(of: (kind: SmsKind) => T): Readonly<Record<SmsKind, T>> {
  const kinds = Object.keys(smsKinds) as SmsKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Record<SmsKind, T>;
}

/** The variables of a message with their values, in order. */
export const smsVariables = (sms: Sms): readonly (readonly [string, string])[] => {
  const values: Readonly<Record<string, string>> = sms;
  return smsKinds[sms.kind].variables.map((name) => [name, values[name] ?? '']);
};
