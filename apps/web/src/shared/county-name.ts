import { createSignal } from 'solid-js';

const [names, setNames] = createSignal<Readonly<Record<string, string>>>({});
const asked = new Set<string>();

/** Fetches the name of a county; where that fails, its code stays. */
export async function fetchCounty(code: string): Promise<void> {
  asked.add(code);
  try {
    const { nameOfCounty } = await import('./region/counties.ts');
    const name = await nameOfCounty(code);
    setNames((known) => ({ ...known, [code]: name }));
  } catch {
    asked.delete(code);
  }
}

/** The name of a county with its province and city, once the list of its province has come; until then its code. */
export function countyName(code: string): string {
  if (!asked.has(code)) void fetchCounty(code);
  return names()[code] ?? code;
}
