import { procedures } from '@shiming/api/testing';
import { mayStaff, type StaffPermission, type StaffRole, staffRoles } from '@shiming/domain';

/** A procedure that pages read by. */
export interface Query {
  readonly path: string;
  /** Who calls it: somebody who is signed in, a member of staff of a role, or an organisation. */
  readonly by: 'applicant' | 'organisation' | StaffRole;
}

/** Who may call what is for `access`; a page of somebody who is signed in calls what is for everybody, too. */
function callerOf(path: string, access: string): Query['by'] {
  if (access === 'organisation') return access;
  if (path.startsWith('staff.') && access === 'everybody') return 'reviewer';
  if (access === 'everybody' || access === 'applicant') return 'applicant';
  if (access === 'staff') return 'reviewer';
  return staffRoles.find((role) => mayStaff(role, access as StaffPermission)) ?? 'administrator';
}

/** Every procedure that reads, with who calls it. */
export const queries: readonly Query[] = Object.entries(procedures)
  .filter(([, { type }]) => type === 'query')
  .map(([path, { meta }]) => ({ path, by: callerOf(path, meta?.access ?? 'everybody') }));
