import { createEffect, type JSX, onMount, Show } from 'solid-js';
import { api } from '../api.ts';
import type { On } from '../form/refusals.ts';
import { useNavigate } from '../router/router.tsx';
import { createReader, Reading } from '../ui/read.tsx';

export type Current = NonNullable<Awaited<ReturnType<typeof api.organisation.current.query>>>;

const path = '/organisation';

/** Leads to the sign-in of organisations where the session has ended. */
export function useOrganisation() {
  const navigate = useNavigate();
  return {
    'organisation.session_required': () => navigate(path, { replace: true }),
  } as const satisfies On;
}

/** A page of an organisation that is signed in; where none is, it leads to the sign-in. */
export function SignedIn(props: {
  title: string;
  children: (organisation: () => Current, again: () => Promise<void>) => JSX.Element;
}) {
  const navigate = useNavigate();
  const read = createReader(async () => ({ is: await api.organisation.current.query() }), {});
  onMount(() => void read.again());
  createEffect(() => {
    if (read.data()?.is === null) navigate(path, { replace: true });
  });
  return (
    <Reading read={read} title={props.title}>
      {(data) => <Show when={data().is}>{(is) => props.children(is, read.again)}</Show>}
    </Reading>
  );
}
