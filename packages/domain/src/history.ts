/**
 * What a person reads of what was done with the account: these actions of the audit, and no others. Each has a
 * sentence in the copy tables.
 */
export const historyEvents = [
  'account.registered',
  'login.signed_in',
  'login.password_changed',
  'recovery.begun',
  'recovery.link_sent',
  'recovery.password_reset',
  'session.ended',
  'session.all_ended',
  'profile.completed',
  'profile.changed',
  'profile.revealed',
  'verification.matched',
  'verification.mismatched',
  'verification.no_record',
  'verification.refused_input',
  'verification.unavailable',
] as const;
export type HistoryEvent = (typeof historyEvents)[number];
