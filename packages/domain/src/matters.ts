import { cleanText } from './text.ts';

/** In which role somebody takes part in a matter that a registration office asks them to confirm. */
export const matterRoles = [
  'legal_representative',
  'shareholder',
  'director',
  'supervisor',
  'senior_manager',
  'liaison',
  'agent',
] as const;
export type MatterRole = (typeof matterRoles)[number];

/** What becomes of a matter; one that nobody answered in its time is `expired`. */
export const matterStatuses = ['waiting', 'yes', 'no', 'withdrawn', 'expired'] as const;
export type MatterStatus = (typeof matterStatuses)[number];
export type StoredMatterStatus = Exclude<MatterStatus, 'expired'>;

/** By what the person proved to be there when they answered. */
export const matterProofs = ['password_and_code', 'face'] as const;
export type MatterProof = (typeof matterProofs)[number];

const day = 24 * 3_600_000;

/** How long the person can answer; how many matters one office, and all of them, put to one person in a Shanghai day. */
export const matterRule = { validMs: 7 * day, perDay: 20, perDayOfOffice: 10 } as const;

const companyMaxLength = 100;

/** The name of a company as an office gives it; `null` where it is none. */
export function readCompany(typed: string): string | null {
  const company = cleanText(typed);
  return company === '' || company.length > companyMaxLength ? null : company;
}

/** What a matter is at an instant: whether its time is over never waits for a job. */
export const matterStatusAt = (
  { status, expiresAtMs }: { status: StoredMatterStatus; expiresAtMs: number },
  atMs: number,
): MatterStatus => (status === 'waiting' && expiresAtMs <= atMs ? 'expired' : status);
