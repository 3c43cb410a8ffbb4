import { ageOn } from './documents/index.ts';
import type { Portal } from './portals/index.ts';

/** Whether a guardian consents for a person, on a day in Shanghai. `false` where the birth date is not known. */
export const needsGuardian = (portal: Portal, birthDate: string | null, today: string): boolean =>
  birthDate !== null && ageOn(birthDate, today) < portal.guardian.childUnder;

/** Whether a person has reached an age on a day in Shanghai. `false` where the birth date is not known. */
export const hasReachedAge = (age: number, birthDate: string | null, today: string): boolean =>
  birthDate !== null && ageOn(birthDate, today) >= age;
