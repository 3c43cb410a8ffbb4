import { businessPortal } from './business.ts';
import type { Portal } from './portal.ts';
import { studentPortal } from './student.ts';
import { teacherPortal } from './teacher.ts';

export { capabilities, type Capability } from './capabilities.ts';
export type { Bilingual, CodeRule, Portal } from './portal.ts';
export { businessPortal, studentPortal, teacherPortal };

/** Every portal that is written. Which of them an operator has is a setting. */
export const portals: readonly Portal[] = [teacherPortal, studentPortal, businessPortal];

/** A portal of an operator, and where it stands: `''` the first, `/<id>` the others. */
export type PortalPlace = { portal: Portal; prefix: string };

/**
 * Reads the setting `PORTALS`: ids with commas between them, the first being the portal at `/`.
 *
 * @throws RangeError where an id is that of no portal, or stands there twice
 */
export function parsePortals(
  setting: string,
  written = portals,
): readonly [PortalPlace, ...PortalPlace[]] {
  const ids = setting.split(',').map((id) => id.trim());
  const places = ids.map((id, index) => {
    const portal = written.find((each) => each.id === id);
    if (portal === undefined || ids.indexOf(id) !== index) {
      throw new RangeError(`PORTALS names "${id}", which is no portal or stands there twice.`);
    }
    return { portal, prefix: index === 0 ? '' : `/${id}` };
  });
  return places as [PortalPlace, ...PortalPlace[]];
}

/**
 * A document's template made a portal's: its title, and the portal itself for the pages to read (`web/portal.ts`).
 * Nothing of it is personal, and the policy of the pages allows data in a document.
 */
export function documentOfPortal(template: string, { portal, prefix }: PortalPlace): string {
  const said = JSON.stringify({ ...portal, prefix }).replaceAll('<', String.raw`\u003c`);
  return template
    .replace('<title></title>', () => `<title>${portal.name.zh}</title>`)
    .replace('id="portal"></script>', () => `id="portal">${said}</script>`);
}
