import { createEffect, on, onMount } from 'solid-js';
import { useLocation, useNavigate } from '../router/router.tsx';

/**
 * The secret of the link that opened the page, or `''`. It stands behind the `#`, where neither a server nor a scanner
 * sees it, and is taken out of the address at once; a page that is loaded again finds it in the state of its history
 * entry: this tab's alone, gone with the entry. Another link that is opened in the same tab loads the page again.
 */
export function takeLinkSecret(): string {
  const here = useLocation<{ linkSecret?: string }>();
  const navigate = useNavigate();
  const linkSecret = here.hash.slice(1) || (here.state?.linkSecret ?? '');
  onMount(() => {
    if (linkSecret === '') return;
    navigate(here.pathname, { replace: true, scroll: false, state: { linkSecret } });
  });
  createEffect(
    on(
      () => here.hash,
      (hash) => hash !== '' && location.reload(),
      { defer: true },
    ),
  );
  return linkSecret;
}
