import { createSignal, type JSX, Match, onMount, Switch } from 'solid-js';
import type { Failure } from '../api.ts';
import type { On } from '../form/refusals.ts';
import { createAction } from '../ui/action.tsx';
import { FailureNote, Loading } from '../ui/blocks.tsx';
import { Page } from '../ui/page.tsx';
import { takeLinkSecret } from './link-secret.ts';

/** Why a link is of no use. `incomplete`: the address has no secret. */
export type DeadLink = UsedLink | { code: 'link.expired' } | { code: 'incomplete' };
type UsedLink = Extract<Failure, { code: 'link.used' }>;

/** The link, where it was used. */
export const usedLink = (why: DeadLink): UsedLink | undefined =>
  why.code === 'link.used' ? why : undefined;

/** A link that the server has found good. */
export type OpenLink<T> = {
  secret: string;
  opened: T;
  /** What refusals do that end the link. */
  on: On;
};

type State<T> =
  | { at: 'enter' }
  | { at: 'opening' }
  | { at: 'open'; secret: string; opened: T }
  | { at: 'dead'; why: DeadLink };

/**
 * A page that a link in a message opens. The server looks at the secret, which stands behind the `#`, only when this
 * page posts it; the link may end while the page is open, too.
 */
export function LinkPage<T>(props: {
  /** Names the page while the link is not open. */
  title: string;
  /** Has the server look at the secret. */
  open(secret: string): Promise<T>;
  dead: (why: DeadLink, enter: () => void) => JSX.Element;
  /** The page of somebody who types the secret instead: `take` opens it, `on` are the refusals that end it. */
  enter?: (take: (secret: string) => Promise<void>, on: On) => JSX.Element;
  children: (link: OpenLink<T>) => JSX.Element;
}) {
  const given = takeLinkSecret();
  const [state, setState] = createSignal<State<T>>({ at: 'opening' });
  const die = (why: DeadLink) => void setState({ at: 'dead', why });
  const on: On = { 'link.used': die, 'link.expired': die };
  // What is not a secret at all is none that was ever good.
  const onOpening: On = { ...on, 'input.invalid': () => die({ code: 'link.expired' }) };
  const take = async (secret: string) => {
    const opened = await props.open(secret);
    setState({ at: 'open', secret, opened });
  };
  const first = createAction(() => take(given), onOpening);
  const enter = () => void setState({ at: 'enter' });
  onMount(() => {
    if (given !== '') void first.run();
    else if (props.enter === undefined) die({ code: 'incomplete' });
    else enter();
  });
  const as = <At extends State<T>['at']>(at: At) => {
    const now = state();
    return now.at === at ? (now as Extract<State<T>, { at: At }>) : undefined;
  };
  return (
    <Switch fallback={<Loading />}>
      <Match when={as('open')}>
        {(now) => props.children({ secret: now().secret, opened: now().opened, on })}
      </Match>
      <Match when={as('dead')}>{(now) => props.dead(now().why, enter)}</Match>
      <Match when={as('enter')}>{props.enter?.(take, onOpening)}</Match>
      <Match when={first.failure()}>
        {(failure) => (
          <Page title={props.title}>
            <FailureNote failure={failure()} onRetry={() => void first.run()} />
          </Page>
        )}
      </Match>
    </Switch>
  );
}
