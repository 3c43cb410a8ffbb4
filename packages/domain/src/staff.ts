/**
 * T-CON-01: what a member of staff is. One person has one role; nobody works on their own case or account. The staff of a
 * school (S-REC-03), or of an agency (S-REG-09), see what is their school's or agency's, and nothing else; a clerk (E-WIN-01)
 * works at one window.
 */
export const staffRoles = [
  'reviewer',
  'senior',
  'administrator',
  'auditor',
  'school',
  'clerk',
  'agency',
] as const;
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
  /** Open the ticket of a person at the own window, and record what was seen (E-WIN-01). */
  'window.decide',
  /** As a second person, revoke what was passed at a window: a clerk at the own one, a senior at any. */
  'window.revoke',
  /** Change what pages say of things outside that change, such as 网证. */
  'guides.edit',
  /** Hand over first passwords to people without a mobile number, and see those of the own agency. */
  'agency.hand_over',
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
    'window.revoke',
  ],
  // A member who gives out rights decides no cases, and a member who watches changes nothing.
  administrator: ['statistics.view', 'staff.manage', 'guides.edit'],
  auditor: ['statistics.view', 'audit.view'],
  school: ['records.decide'],
  clerk: ['window.decide', 'window.revoke'],
  agency: ['agency.hand_over'],
};

/** The scopes within which roles work: a school, a window, or the region of an agency, each by a code of digits. */
export const scopeForms = { school: /^\d{5}$/, window: /^\d{6,12}$/, agency: /^\d{6}$/ } as const;
export type StaffScope = keyof typeof scopeForms;

const scopes: Partial<Record<StaffRole, StaffScope>> = {
  school: 'school',
  clerk: 'window',
  agency: 'agency',
};

/** The scope within which a role works; `null` where it has none. */
export const scopeOf = (role: StaffRole): StaffScope | null => scopes[role] ?? null;

/** Whether this role signs in with nothing but a passkey that cannot leave its device, as that of a counter. */
export const isBoundToDevice = (role: StaffRole): boolean => role === 'clerk';

export const mayStaff = (role: StaffRole, permission: StaffPermission): boolean =>
  permissionsOf[role].includes(permission);

/** Whether this role decides about people, cases or rights: its holder's own document number must be on record. */
export const needsNumber = (role: StaffRole): boolean => role !== 'auditor';

/** `invited`: the link has not been used yet. `disabled`: signs in no more; what they did stays theirs. */
const staffStatuses = ['invited', 'active', 'disabled'] as const;
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

/** The mails to a member of staff and to those who watch, beside the links themselves. */
export const staffNoticeKinds = [
  'invited',
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

const correctionStatuses = ['waiting', 'done', 'refused', 'expired'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];
