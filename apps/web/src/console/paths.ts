import { mayStaff, type StaffRole } from '@shiming/domain';
import { ownPath } from '../shared/own-path.ts';

/** Where the console is served. The router adds it to every path of a page. */
export const consolePath = '/console';

/** The page that an address of the browser shows, without the base: what `?next=` holds and `navigate` takes. */
export const pageAt = ({ pathname, search }: { pathname: string; search: string }): string =>
  `${pathname.slice(consolePath.length) || '/'}${search}`;

/** The screen of a case. */
export const casePath = (caseId: string): string => `/cases/${caseId}`;

/** The page of an account at the help desk. */
export const accountPath = (accountId: string): string => `/help-desk/${accountId}`;

/** The page of a ticket at the help desk. */
export const ticketPath = (caseId: string): string => `/tickets/${caseId}`;

/** The page of a dispute of a record. */
export const disputePath = (caseId: string): string => `/disputes/${caseId}`;

/** The screen of a claim on a document number. */
export const claimPath = (caseId: string): string => `/claims/${caseId}`;

/** Where somebody with this role begins. */
export function startPath(role: StaffRole): string {
  if (mayStaff(role, 'review.decide')) return '/queue';
  if (mayStaff(role, 'staff.manage')) return '/staff';
  if (mayStaff(role, 'records.decide')) return '/disputes';
  if (mayStaff(role, 'window.decide')) return '/window';
  if (mayStaff(role, 'agency.hand_over')) return '/agency';
  return mayStaff(role, 'audit.view') ? '/audit' : '/security';
}

/** The sign-in page, which leads on to `next`, a page of the console. `hasEnded`: a session was there until now. */
export function signInPath(next: string, hasEnded: boolean): string {
  const query = new URLSearchParams({ ...(hasEnded ? { ended: '1' } : {}), next });
  return `/sign-in?${query}`;
}

/** The page of the console that `?next=` names, if it is one to come back to. */
export function nextPage(text: string | undefined): string | undefined {
  const path = ownPath(text);
  return path === undefined || path.startsWith('/sign-in') ? undefined : path;
}
