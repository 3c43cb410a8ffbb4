import { meetsLevel, verifiedLevel } from '@shiming/domain';
import { portalWord, signsInByNumber, usePortal, weChatName } from '../portal.ts';

/** What a long text says only where it holds of the portal. */
const facts = {
  signs_in_by_number: signsInByNumber,
  signs_in_by_contact: () => !signsInByNumber(),
  has_mail: () => usePortal().contacts.kinds.includes('email'),
  has_wechat: () => weChatName() !== '',
  has_ministry: () => usePortal().takesMinistryAccounts,
  asks_for_profile: () => usePortal().needs.includes('profile'),
  checks_at_services: () =>
    usePortal().services.some(({ level }) => meetsLevel(level, verifiedLevel)),
  checks_at_identity: () => usePortal().verification.followsIdentity,
  has_accounts_from_before: () => usePortal().recovery.registeredSinceMs > 0,
  has_other_after_rename: () => portalWord('renamed') !== '',
  has_records: () => usePortal().records !== null,
  has_face: () => usePortal().face !== null,
  has_photo_check: () => (usePortal().records?.photoCheck ?? null) !== null,
  has_vouching: () => usePortal().vouching !== null,
  has_organisations: () => usePortal().takesOrganisations,
} satisfies Record<string, () => boolean>;

export type Holds = keyof typeof facts;

/** A paragraph, or one that is said only where something holds. */
export type Said = string | { readonly at: string; readonly text: string };

/** Whether what is said only there is said at this portal. */
export const holds = (at: string | undefined): boolean =>
  at === undefined || (facts as Record<string, () => boolean>)[at]?.() === true;

/** The paragraphs of a text that hold at this portal. */
export const saidHere = (texts: readonly Said[]): string[] =>
  texts.flatMap((said) => {
    if (typeof said === 'string') return [said];
    return holds(said.at) ? [said.text] : [];
  });
