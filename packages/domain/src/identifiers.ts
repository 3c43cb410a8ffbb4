import { canonicalEmail, parseEmail } from './email.ts';
import { maskEmail, maskMobile, maskNumber } from './mask.ts';
import { parseMobile } from './mobile.ts';
import type { ContactKind } from './notices.ts';
import type { Parsed } from './parsed.ts';
import type { CodeRule, Portal } from './portals/index.ts';

/** What an account is found, reached or opened by. */
export type Identifier = {
  /** The form in which two values are one identifier; messages go to the value as it was given. */
  canonical(value: string): string;
  mask(value: string): string;
  /** Whether it opens an account at every portal, and so belongs to no other; a contact does so where a portal signs in with it. */
  isExclusive: boolean;
};

const asGiven = (value: string) => value;

/** A contact is proved by a code, sent by its channel and within the limits of its claim. */
export type ContactIdentifier = Identifier & {
  parse(typed: string): Parsed<string>;
  channel: 'sms' | 'mail';
  /** The claim that counts the codes which were sent to it. */
  claim: 'sms' | 'mail.code';
  codeRule(portal: Portal): CodeRule;
};

export const contactIdentifiers = {
  mobile: {
    canonical: asGiven,
    mask: maskMobile,
    isExclusive: false,
    parse: parseMobile,
    channel: 'sms',
    claim: 'sms',
    codeRule: ({ codes }) => codes.sms,
  },
  email: {
    canonical: canonicalEmail,
    mask: maskEmail,
    isExclusive: false,
    parse: parseEmail,
    channel: 'mail',
    claim: 'mail.code',
    codeRule: ({ codes }) => codes.mail,
  },
} as const satisfies Record<ContactKind, ContactIdentifier>;

export const identifiers = {
  document_number: { canonical: asGiven, mask: maskNumber, isExclusive: true },
  /** The number of the holder's earlier card, which is compared with document numbers. */
  earlier_number: { canonical: asGiven, mask: maskNumber, isExclusive: true },
  ...contactIdentifiers,
  /** The openid, which nobody reads. It is proved in the chat. */
  wechat: { canonical: asGiven, mask: () => '****', isExclusive: true },
  /** Issuer and subject at the ministry (`ministryIdentifier`), which nobody reads. */
  ministry: { canonical: asGiven, mask: () => '****', isExclusive: true },
} as const satisfies Record<string, Identifier>;

export type IdentifierKind = keyof typeof identifiers;
