import { createEffect, onMount } from 'solid-js';
import { useLocation, useNavigate } from '../router/router.tsx';
import type { On } from '../form/refusals.ts';
import { createReader, type Read } from '../ui/read.tsx';
import { identityPath, profilePath, signInPath } from './next.ts';
import { useSession } from './session.tsx';

/**
 * What refusals do on a page of somebody who is signed in: without a session they are led to the login page and back, and
 * with an incomplete profile, or without an identity where one is needed, there first (T-LOG-03).
 */
export function useSignedIn() {
  const session = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  const here = () => location.pathname + location.search;
  return {
    async 'session.required'() {
      const hasEnded = Boolean(session.current());
      await session.refresh();
      // Another tab had a new cookie meanwhile: only this request came with the former one.
      if (session.current()) return 'again';
      navigate(signInPath(here(), hasEnded), { replace: true });
      return undefined;
    },
    'profile.incomplete': () => navigate(profilePath(here()), { replace: true }),
    'identity.required': () => navigate(identityPath(here()), { replace: true }),
  } as const satisfies On;
}

/** Asks when a page of somebody who is signed in opens. */
export function createRead<T>(load: () => Promise<T>): Read<T> {
  const read = createReader(load, useSignedIn());
  onMount(() => void read.again());
  return read;
}

/** Leads a person whose profile is incomplete to it before anything else (T-LOG-03). */
export function useCompleteProfile(): void {
  const session = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  createEffect(() => {
    if (session.current()?.missing[0] !== 'profile') return;
    navigate(profilePath(location.pathname + location.search), { replace: true });
  });
}
