import type { Portal } from '@shiming/domain';
import { type Placeholder, sql } from 'drizzle-orm';
import type { Deps } from './context.ts';

/** A point in time that a condition is about: of this request, or of each that asks a compiled query. */
export type Instant = number | Placeholder;

/** The instant at which a compiled query is asked. */
export const nowOfRequest = sql.placeholder('nowMs');

type PortalDeps = Pick<Deps, 'portal' | 'doors'>;

/** Makes something once for each portal of an operator, such as a compiled query. */
export function oncePerPortal<T>(make: (deps: PortalDeps) => T): (deps: PortalDeps) => T {
  const made = new WeakMap<PortalDeps['doors'], WeakMap<Portal, T>>();
  return ({ portal, doors }) => {
    const ofDoors = made.get(doors) ?? new WeakMap<Portal, T>();
    made.set(doors, ofDoors);
    const found = ofDoors.get(portal) ?? make({ portal, doors });
    ofDoors.set(portal, found);
    return found;
  };
}
