import { onMount } from 'solid-js';

/** The place in the state of a history entry: this tab's alone, kept over a reload, gone with the entry. */
const place = 'linkSecret';

/**
 * The secret of the link that opened the page, or `''`. It stands behind the `#`, where neither a server nor a scanner
 * sees it, and is taken out of the address at once; a page that is loaded again finds it in the state of its history
 * entry.
 */
export function takeLinkSecret(): string {
  const state: Record<string, unknown> = { ...history.state };
  const kept = state[place];
  const secret = location.hash.slice(1) || (typeof kept === 'string' ? kept : '');
  onMount(() => {
    if (secret === '') return;
    history.replaceState({ ...history.state, [place]: secret }, '', location.pathname);
  });
  return secret;
}
