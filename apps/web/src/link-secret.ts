import { onMount } from 'solid-js';

/**
 * The secret of the link that opened the page, or `''`. It stands behind the `#`, where neither a server nor a scanner
 * sees it, and is taken out of the address at once.
 */
export function takeLinkSecret(): string {
  const secret = location.hash.slice(1);
  onMount(() => {
    if (secret !== '') history.replaceState(history.state, '', location.pathname);
  });
  return secret;
}
