import { mayStaff, type StaffPermission, type StaffRole, staffRoles } from '@shiming/domain';

/** Procedures of the console for everybody: before anybody is signed in. */
export const forEverybodyAtConsole = [
  'staff.acceptByPasskey',
  'staff.acceptByPassword',
  'staff.acceptOptions',
  'staff.acceptSecret',
  'staff.current',
  'staff.openInvitation',
  'staff.signInByPasskey',
  'staff.signInByPassword',
  'staff.signInOptions',
];

/** For whoever is signed in to the console, about themselves. */
export const forStaff = [
  'staff.extend',
  'staff.passkeys.add',
  'staff.passkeys.addOptions',
  'staff.passkeys.list',
  'staff.passkeys.remove',
  'staff.password.change',
  'staff.password.changeTotp',
  'staff.password.totpSecret',
  'staff.proveByPasskey',
  'staff.proveByPassword',
  'staff.proveOptions',
  'staff.sessions.end',
  'staff.sessions.list',
  'staff.signOut',
];

/** For those of the staff whose role has the permission. */
export const forPermission: Record<StaffPermission, readonly string[]> = {
  'review.decide': [
    'desk.case',
    'desk.counts',
    'desk.decide',
    'desk.heartbeat',
    'desk.peekNext',
    'desk.queue',
    'desk.release',
    'desk.reveal',
    'desk.reviewers',
    'desk.search',
    'desk.take',
    'desk.takeNext',
    'desk.undo',
  ],
  'review.decide_disagreement': ['desk.assign', 'desk.reopen'],
  'help_desk.change': [
    'helpDesk.account',
    'helpDesk.corrections',
    'helpDesk.find',
    'helpDesk.requestCorrection',
    'helpDesk.reveal',
  ],
  'help_desk.approve': ['helpDesk.approve', 'helpDesk.revealCorrection', 'helpDesk.refuse'],
  'statistics.view': ['statistics.view'],
  'staff.manage': [
    'staff.changeRole',
    'staff.disable',
    'staff.enable',
    'staff.changePerson',
    'staff.invite',
    'staff.list',
    'staff.recover',
  ],
  'audit.view': [
    'auditTrail.check',
    'auditTrail.export',
    'auditTrail.findAccount',
    'auditTrail.search',
    'auditTrail.staff',
  ],
};

/** Each procedure that a permission is needed for, with the roles that have it not. */
export const forbidden = (Object.keys(forPermission) as StaffPermission[]).flatMap((permission) => {
  const roles: StaffRole[] = staffRoles.filter((role) => !mayStaff(role, permission));
  return forPermission[permission].map((path) => [path, roles] as const);
});
