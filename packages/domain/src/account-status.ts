/**
 * What an account is. `suspended`: the operator has stopped it; its holder can sign in nowhere and asks the help desk.
 * `closed`: nobody signs in to it, its identifiers are free for others, and until a date it can be restored.
 */
export type AccountStatus = 'active' | 'suspended' | 'closed';

/** Why staff suspend an account. Each has a sentence in the copy tables and one in `mail.ts`. */
export const suspensionReasons = [
  'taken_over',
  'holder_asked',
  'false_document',
  'misuse',
  'authority_order',
] as const;
export type SuspensionReason = (typeof suspensionReasons)[number];

/**
 * On whose word an account was closed: that of the owner of its number, on evidence; of the person who was signed in to it; of a
 * registration of its number, where it was too old to be taken up; or of a claim on its number.
 */
export type AccountClosedBy = 'owner' | 'holder' | 'registration' | 'claim';
