import { createComputed, Show } from 'solid-js';
import { useLocation, useSearchParams } from '../router/router.tsx';
import { defineCopy } from '../copy/define-copy.ts';
import { bilingual, portalWord } from '../portal.ts';
import { entry, keepEntry } from './entry.ts';
import { zh } from './entry.zh.ts';
import { ownPath } from '../shared/own-path.ts';

const copy = defineCopy(zh, () => import('./entry.en.ts'));

/** The pages on the way from an entry to its service. */
const onTheWay =
  /^\/(?:login|register|recovery|account\/(?:profile|identity|binding|verification|review))(?:\/|$)/;

/** Names the entry that was chosen on every page between it and its service (T-ENT-06). */
export function EntryLine() {
  const location = useLocation();
  const [query] = useSearchParams<{ next: string }>();
  createComputed(() => {
    keepEntry(location.pathname + location.search);
    keepEntry(ownPath(query.next));
  });
  return (
    <Show when={onTheWay.test(location.pathname) && entry()}>
      {(service) => (
        <p class="step">
          {location.pathname === '/login'
            ? copy().welcome(portalWord('fullName'), bilingual(service().entry))
            : copy().on(bilingual(service().name))}
        </p>
      )}
    </Show>
  );
}
