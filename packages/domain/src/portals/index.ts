import { businessPortal } from './business.ts';
import type { Portal } from './portal.ts';
import { studentPortal } from './student.ts';
import { teacherPortal } from './teacher.ts';

export type { Bilingual, CodeRule, Portal } from './portal.ts';
export { businessPortal, studentPortal, teacherPortal };

/** Every portal that is written. Which of them an operator has is a setting (`parsePortals`). */
export const portals: readonly Portal[] = [teacherPortal, studentPortal, businessPortal];

/**
 * Reads the setting `PORTALS`: ids with commas between them, the first being the portal at `/`. Returns the id that no
 * portal has, or that stands there twice, where the setting does not do.
 */
export function parsePortals(
  setting: string,
  written = portals,
): { portals: readonly [Portal, ...Portal[]] } | { wrong: string } {
  const ids = setting.split(',').map((id) => id.trim());
  const chosen = ids.map((id) => written.find((portal) => portal.id === id));
  const wrong = ids.find((id, index) => chosen[index] === undefined || ids.indexOf(id) !== index);
  return wrong === undefined ? { portals: chosen as unknown as [Portal, ...Portal[]] } : { wrong };
}
