import type { Portal } from '@shiming/domain';
import { createSignal } from 'solid-js';
import { usePortal } from '../portal.ts';

type Service = Portal['services'][number];

const storageKey = 'entry';

function stored(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

const [chosen, setChosen] = createSignal(stored());

/** The service whose entry was chosen in this tab, which leads on to it after whatever comes before (T-ENT-02, T-ENT-06). */
export const entry = (): Service | undefined =>
  usePortal().services.find(({ id }) => id === chosen());

/** The path of that service. */
export const entryPath = (): string | undefined => {
  const service = entry();
  return service && `/services/${service.id}`;
};

/** Keeps the entry that a path leads to, if it is one: through a reload, too. */
export function keepEntry(path: string | undefined): void {
  const service = usePortal().services.find(({ id }) => path === `/services/${id}`);
  if (service === undefined) return;
  setChosen(service.id);
  try {
    sessionStorage.setItem(storageKey, service.id);
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
