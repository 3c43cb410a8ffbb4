import type { StaffPermission } from '@shiming/domain';
import { type Component, type JSX, Match, Show, Switch } from 'solid-js';
import { Navigate, useLocation } from '../../router/router.tsx';
import { Loading } from '../../ui/blocks.tsx';
import { Page } from '../../ui/page.tsx';
import { signInPath } from '../paths.ts';
import { shellCopy } from '../shell-copy.ts';
import { useStaff } from './staff.tsx';

type Props = { children?: JSX.Element };

/** Members who are not signed in are led to the sign-in page and back. */
export function StaffOnly(props: Props) {
  const staff = useStaff();
  const location = useLocation();
  return (
    <Switch fallback={<Loading />}>
      <Match when={staff.current()}>{props.children}</Match>
      <Match when={staff.current() === null}>
        <Navigate href={signInPath(location.pathname + location.search, false)} />
      </Match>
    </Switch>
  );
}

/** The pages of one permission. The server refuses too; this says so before anything is asked. */
export function Gate(permission: StaffPermission): Component<Props> {
  return (props) => {
    const staff = useStaff();
    return (
      <Show
        when={staff.may(permission)}
        fallback={
          <Page title={shellCopy().forbiddenTitle}>
            <p>{shellCopy().forbidden}</p>
          </Page>
        }
      >
        {props.children}
      </Show>
    );
  };
}
