/**
 * T-CON-01: what a member of staff is. One person has one role; nobody works on their own case or account. The staff of a
 * school (S-REC-03) see what is their school's, and nothing else.
 */
export const staffRoles = ['reviewer', 'senior', 'administrator', 'auditor', 'school'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Everything that staff can do, and not everybody may. */
export const staffPermissions = [
  /** See the queue, take cases, decide them in first and second review. */
  'review.decide',
  /** Decide where two reviewers disagree. */
  'review.decide_disagreement',
  /** Find an account, see it masked, reveal with a reason, ask for a correction. */
  'help_desk.change',
  /** Be the second person for a correction. */
  'help_desk.approve',
  'statistics.view',
  /** Invite, change the role of, disable and recover staff. */
  'staff.manage',
  'audit.view',
  /** Work off the disputes of records of the own school, and see their statistics and trail. */
  'records.decide',
] as const;
export type StaffPermission = (typeof staffPermissions)[number];

const permissionsOf: Record<StaffRole, readonly StaffPermission[]> = {
  reviewer: ['review.decide', 'help_desk.change', 'statistics.view'],
  senior: [
    'review.decide',
    'review.decide_disagreement',
    'help_desk.change',
    'help_desk.approve',
    'statistics.view',
  ],
  // A member who gives out rights decides no cases, and a member who watches changes nothing.
  administrator: ['statistics.view', 'staff.manage'],
  auditor: ['statistics.view', 'audit.view'],
  school: ['records.decide'],
};

/** Whether this role works within a scope: the code of a school. */
export const hasScope = (role: StaffRole): boolean => role === 'school';

export const mayStaff = (role: StaffRole, permission: StaffPermission): boolean =>
  permissionsOf[role].includes(permission);

/** Whether this role decides about people, cases or rights: its holder's own document number must be on record. */
export const needsNumber = (role: StaffRole): boolean => role !== 'auditor';

/** `invited`: the link has not been used yet. `disabled`: signs in no more; what they did stays theirs. */
export const staffStatuses = ['invited', 'active', 'disabled'] as const;
export type StaffStatus = (typeof staffStatuses)[number];

/** A session of the console ends when idle, and in any case after a working day. */
export const staffSessionRule = {
  idleMs: 15 * 60_000,
  maxMs: 10 * 3_600_000,
  /** How long a sign-in, or a repeated one, is good for risky acts. */
  proofMs: 10 * 60_000,
} as const;

/** How long the link of an invitation or a recovery is good. */
export const staffLinkValidMs = 72 * 3_600_000;

/** How long after a change of a work address another administrator than the one who made it has to send the link. */
export const staffAddressWaitMs = 72 * 3_600_000;

/** The mails to a member of staff, beside the links themselves. */
export const staffNoticeKinds = [
  'accepted',
  'passkey_added',
  'passkey_removed',
  'password_changed',
  'totp_changed',
  'role_changed',
  'email_changed',
  'number_changed',
  'disabled',
  'enabled',
  'recovered_by_command',
] as const;
export type StaffNoticeKind = (typeof staffNoticeKinds)[number];

export const correctionStatuses = ['waiting', 'done', 'refused', 'expired'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];
