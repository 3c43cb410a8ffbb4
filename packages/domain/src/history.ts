import type { AuditAction } from './audit-actions.ts';
import type { LookedAt } from './desk.ts';

/**
 * What a person reads of what was done with the account: these actions of the audit, and no others. Each has a
 * sentence in the copy tables.
 */
export const historyEvents = [
  'account.registered',
  'account.imported',
  'login.signed_in',
  'login.password_changed',
  'recovery.begun',
  'recovery.link_sent',
  'recovery.password_reset',
  'recovery.user_names_told',
  'wechat.bound',
  'wechat.unbound',
  'proof.given',
  'proof.refused',
  'contact.change_begun',
  'contact.changed',
  'contact.proved',
  'contact.disowned',
  'contact.change_cancelled',
  'contact.restored',
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
  'record.found',
  'record.not_found',
  'record.not_yet',
  'record.hidden',
  'record.unreachable',
  'consent.withdrawn',
  'consent.given',
  'guardian.consent_given',
  'guardian.consent_used',
  'guardian.consent_ended',
  'guardian.consent_missing',
  'guardian.consent_refused',
  'data.exported',
  'cancellation.requested',
  'cancellation.stopped',
  'review.submitted',
  'review.answered',
  'review.withdrawn',
  'review.approved',
  'review.rejected',
  'review.returned',
  'review.expired',
  'review.reopened',
  'desk.revealed',
  'help_desk.revealed',
  'help_desk.change_requested',
  'help_desk.change_refused',
  'help_desk.corrected',
  'number_claim.begun',
  'number_claim.submitted',
  'number_claim.noticed',
  'number_claim.objected',
  'number_claim.disputed',
  'number_claim.refused',
  'number_claim.withdrawn',
  'number_claim.moved',
  'number_claim.undone',
  'account.suspended',
  'account.restored',
] as const satisfies readonly AuditAction[];
export type HistoryEvent = (typeof historyEvents)[number];

/** The actions of the desk by which something of a person is seen without being asked for itself, and what. */
export const looksOfDesk: Readonly<Partial<Record<AuditAction, LookedAt>>> = {
  'desk.taken': 'request',
  'desk.viewed': 'request',
  'desk.searched': 'search',
};

/** Those of them that were done by the staff: who looked at what is the person's. */
export const staffEvents: readonly HistoryEvent[] = ['desk.revealed', 'help_desk.revealed'];
