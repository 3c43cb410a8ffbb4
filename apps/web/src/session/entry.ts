import type { Bilingual } from '@shiming/domain';
import { createSignal } from 'solid-js';
import { usePortal } from '../portal.ts';

/** What somebody has come for: a service of the portal, or a site that sends its people here (S-REG-07). */
type Entry = { path: string; name: Bilingual; entry: Bilingual };

const entries = (): Entry[] => [
  ...usePortal().services.map(({ id, name, entry }) => ({ path: `/services/${id}`, name, entry })),
  ...usePortal().entrances.map(({ id, name }) => ({ path: `/enter/${id}`, name, entry: name })),
];

const entryOf = (path: string | null | undefined): Entry | undefined => {
  const [known] = path?.split('?', 1) ?? [];
  return entries().find((each) => each.path === known);
};

const storageKey = 'entry';

function stored(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

const [chosen, setChosen] = createSignal(stored());

/** The entry that was chosen in this tab, which leads on to it after whatever comes before (T-ENT-02, T-ENT-06). */
export const entry = (): Entry | undefined => entryOf(chosen());

/** The path of that entry, with the address to go back to. */
export const entryPath = (): string | undefined => (entry() && chosen()) ?? undefined;

/** Keeps the entry that a path leads to, if it is one: through a reload, too. */
export function keepEntry(path: string | undefined): void {
  if (path === undefined || entryOf(path) === undefined) return;
  setChosen(path);
  try {
    sessionStorage.setItem(storageKey, path);
  } catch {
    // Storage is closed: the choice lasts as long as the page.
  }
}

/** Forgets it, as when the person signs out. */
export function forgetEntry(): void {
  setChosen(null);
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Storage is closed: nothing was kept.
  }
}
