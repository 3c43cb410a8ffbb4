import { Show } from 'solid-js';
import { A, Navigate } from '../router/router.tsx';
import { Page } from '../ui/page.tsx';
import { startPath } from './paths.ts';
import { useStaff } from './session/staff.tsx';
import { shellCopy } from './shell-copy.ts';

/** The console's own address leads to where one's work is. */
export function Start() {
  const staff = useStaff();
  return (
    <Show when={staff.current()}>{(member) => <Navigate href={startPath(member().role)} />}</Show>
  );
}

export function NotFound() {
  return (
    <Page title={shellCopy().notFoundTitle} lead={shellCopy().notFound}>
      <div class="row">
        <A class="btn" href="/">
          {shellCopy().toStart}
        </A>
      </div>
    </Page>
  );
}
