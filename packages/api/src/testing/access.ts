import { mayStaff, staffPermissions, type StaffRole, staffRoles } from '@shiming/domain';
import type { Access } from '../trpc.ts';
import { procedures } from './caller.ts';

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

/** The procedures that are for somebody. */
export const proceduresFor = (access: Access): string[] =>
  Object.keys(procedures).filter((path) => procedures[path]?.meta?.access === access);

/** For the member who is signed in to the console, about themselves. */
export const forStaff = proceduresFor('staff');

/** For those of the staff whose role has the permission. */
export const forPermission: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  staffPermissions.map((permission) => [permission, proceduresFor(permission)]),
);

/** Each procedure that a permission is needed for, with the roles that have it not. */
export const forbidden = staffPermissions.flatMap((permission) => {
  const roles: StaffRole[] = staffRoles.filter((role) => !mayStaff(role, permission));
  return proceduresFor(permission).map((path) => [path, roles] as const);
});
