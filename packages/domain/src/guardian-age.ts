import { ageOn } from './documents/index.ts';
import type { Portal } from './portals/index.ts';

/** Whether a guardian consents for a person, on a day in Shanghai. `false` where the birth date is not known. */
export const needsGuardian = (portal: Portal, birthDate: string | null, today: string): boolean =>
  birthDate !== null && ageOn(birthDate, today) < portal.guardian.childUnder;

/** Whether a person is old enough to consent for a child, on a day in Shanghai. */
export const isGuardianAge = (portal: Portal, birthDate: string | null, today: string): boolean =>
  birthDate !== null && ageOn(birthDate, today) >= portal.guardian.guardianFrom;
