import { type Component, lazy } from 'solid-js';

const triedKey = 'reloaded-for';

/**
 * A page in a chunk of its own. After a release the old chunks are gone while an old shell may still be
 * open (WeChat keeps pages for long): then the page reloads once, and a second failure is thrown to the
 * boundary.
 */
export function lazyPage<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
): Component<Props> {
  return lazy(async () => {
    try {
      const page = await load();
      sessionStorage.removeItem(triedKey);
      return page;
    } catch (error) {
      if (sessionStorage.getItem(triedKey) === location.pathname) throw error;
      sessionStorage.setItem(triedKey, location.pathname);
      location.reload();
      return new Promise<never>(() => {});
    }
  });
}
