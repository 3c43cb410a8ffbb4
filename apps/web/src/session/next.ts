import type { FacePurpose } from '@shiming/domain';

function withNext(
  path: string,
  next: string | undefined,
  query: Record<string, string> = {},
): string {
  const search = new URLSearchParams(next === undefined ? query : { ...query, next }).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** The login page, which leads on to `next`. `hasEnded` when a session was there until now. */
export const signInPath = (next: string, hasEnded = false): string =>
  withNext('/login', next, hasEnded ? { ended: '1' } : {});

/** The page of 实名信息, which leads on to `next`. */
export const identityPath = (next?: string): string => withNext('/account/identity', next);

/** The page on which a classmate is asked to speak for a claim on a number. */
export const classmatePath = '/account/number/classmate';

/** The page that binds a contact to the 实名信息, which leads on to `next`. */
export const bindingPath = (next?: string): string => withNext('/account/binding', next);

/** The profile page, which leads on to verification and from there to `next`. */
export const profilePath = (next?: string): string => withNext('/account/profile', next);

/** The verification page. When the person is verified, it offers `next`. */
export const verificationPath = (next?: string): string => withNext('/account/verification', next);

/** What came of the last verification of today; from there the person goes on to `next`. */
export const verificationResultPath = (next?: string): string =>
  withNext('/account/verification', next, { at: 'result' });

/** The page of an authorisation, where the portal has it. */
export const authorisationPath = '/account/authorisation';

/** The page of a photo check, where the portal has it. */
export const photoCheckPath = '/account/photo-check';

/** The page of a person's records, where the portal gives them one. */
export const recordsPath = '/account/records';

/** The page of the levels: what each opens, and the way up. */
export const levelsPath = '/account/levels';

/** The page with the camera, which has a document of its own. */
export const facePath = '/face';

/** The same, for one purpose, such as an answer about a matter; from there the person goes on to `next`. */
export const faceFor = (purpose: FacePurpose, next?: string, about?: string): string =>
  withNext(facePath, next, { for: purpose, ...(about === undefined ? {} : { about }) });

/** The page of a manual review: where the newest one stands, or what it takes. */
export const reviewPath = '/account/review';

/** The page that takes a proof that it is the person, and leads on to `next`. */
export const proofPath = (next: string): string => withNext('/account/proof', next);
