import { lazy, type ValidComponent } from 'solid-js';

const triedKey = 'reloaded-for';

/** A component of any props. */
type Rendered = Exclude<ValidComponent, string>;

/**
 * A page, or a part of one, in a chunk of its own: `name` among what `load` fetches. After a release the old chunks are
 * gone while an old shell may still be open (WeChat keeps pages for long): then the page reloads once, and a second
 * failure is thrown to the boundary.
 */
export function page<Name extends string, Module extends Record<Name, Rendered>>(
  load: () => Promise<Module>,
  name: Name,
): Module[Name] {
  return lazy(async () => {
    try {
      const loaded = await load();
      sessionStorage.removeItem(triedKey);
      return { default: loaded[name] };
    } catch (error) {
      if (sessionStorage.getItem(triedKey) === location.pathname) throw error;
      sessionStorage.setItem(triedKey, location.pathname);
      location.reload();
      return new Promise<never>(() => {});
    }
  });
}
