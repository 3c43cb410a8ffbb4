import { maskEmail, maskMobile, maskName, maskNumber } from './mask.ts';
import type { Bilingual } from './portals/index.ts';
import {
  byProfileField,
  isMaskedField,
  type ProfileField,
  profileField,
} from './profile/fields.ts';

/** A field of an account as the help desk sees it and the person reads of it. */
export type FieldOfAccount = {
  label: Bilingual;
  /** `undefined` for what is too short to be masked in part. */
  mask: ((value: string) => string) | undefined;
  /** Whether the account can be taken by it, so that a correction takes two persons. */
  isWayIn?: boolean;
};

/** Everything of an account that staff see masked until they ask for it, in the order of the page. */
export const accountFields: Readonly<Record<AccountField, FieldOfAccount>> = {
  name: { label: { zh: '姓名', en: 'Name' }, mask: maskName },
  number: { label: { zh: '证件号码', en: 'Document number' }, mask: maskNumber },
  validity: { label: { zh: '有效期限', en: 'Validity' }, mask: undefined },
  mobile: { label: { zh: '手机号码', en: 'Mobile number' }, mask: maskMobile, isWayIn: true },
  email: { label: { zh: '安全邮箱', en: 'Email address' }, mask: maskEmail, isWayIn: true },
  ...byProfileField((field): FieldOfAccount => ({
    label: profileField(field).label,
    mask: isMaskedField(field) ? maskNumber : undefined,
  })),
};

export type AccountField = 'name' | 'number' | 'validity' | 'mobile' | 'email' | ProfileField;

/** All of them. */
export const accountFieldIds = Object.keys(accountFields) as unknown as readonly [
  AccountField,
  ...AccountField[],
];

/** T-CON-08a: the data that the help desk corrects: everything of an account but its number (T-REG-16). */
export type DataCorrectionKind = Exclude<AccountField, 'number'>;
export const dataCorrectionKinds = accountFieldIds.filter(
  (field) => field !== 'number',
) as unknown as readonly [DataCorrectionKind, ...DataCorrectionKind[]];

/** T-CON-08: what the help desk corrects: data of the account, and whether it can be used at all. */
export const correctionKinds = [...dataCorrectionKinds, 'suspend', 'restore'] as const;
export type CorrectionKind = (typeof correctionKinds)[number];

/** Whether a correction is about data of the account, not about its status. */
export const isDataCorrection = (kind: CorrectionKind): kind is DataCorrectionKind =>
  kind !== 'suspend' && kind !== 'restore';

/**
 * The holder of the mobile or the mail can take the account, and so can the person it is opened for again: these need two
 * people. Suspending is urgent, and is undone by restoring.
 */
export const needsSecondPerson = (kind: CorrectionKind): boolean =>
  isDataCorrection(kind) ? accountFields[kind].isWayIn === true : kind === 'restore';

/** What the fields are called. */
export const fieldLabels = (language: 'zh' | 'en') =>
  Object.fromEntries(
    accountFieldIds.map((field) => [field, accountFields[field].label[language]]),
  ) as Record<AccountField, string>;

/** A value of a field, masked. */
export const maskField = (field: AccountField, value: string): string =>
  accountFields[field].mask?.(value) ?? '****';

/** Whether a text names a field of an account. */
export const isAccountField = (text: string): text is AccountField =>
  Object.hasOwn(accountFields, text);
