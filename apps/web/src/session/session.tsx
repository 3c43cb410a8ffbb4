import { createContext, createSignal, type JSX, onMount, useContext } from 'solid-js';
import { api, appErrorOf } from '../api.ts';
import { isShown, nowShows } from '../drawn-from.ts';
import { forgetEntry } from './entry.ts';
import { hideWhenLeft } from '../shared/returning.ts';
import { addressOf } from '../portal.ts';

/** Who is signed in, as `session.current` says. */
export type Session = NonNullable<Awaited<ReturnType<typeof api.session.current.query>>>;

type SessionContext = {
  /** The session, or `null`; `undefined` until the server has answered. Never suspends. */
  current(): Session | null | undefined;
  /** Asks the server again, as after signing in. */
  refresh(): Promise<void>;
  /** 「继续使用」: puts off the end of an idle session. */
  extend(): Promise<void>;
  /** Ends the session here; the next person starts at the home page with nothing left over. */
  signOut(): Promise<void>;
};

const Context = createContext<SessionContext>();

export function SessionProvider(props: { children: JSX.Element }) {
  const [current, setCurrent] = createSignal<Session | null>();
  const value: SessionContext = {
    current,
    async refresh() {
      try {
        const session = await api.session.current.query();
        if (session !== null && !isShown('account', session.drawnFrom)) {
          // Somebody else has signed in in another tab: a new page, so that nothing of two people stands in one.
          location.reload();
          return;
        }
        nowShows('account', session?.drawnFrom);
        setCurrent(() => session);
      } catch {
        // Pages that need a session ask for themselves and say what is wrong.
        setCurrent((before) => before ?? null);
      }
    },
    async extend() {
      try {
        const { endsAtMs } = await api.session.extend.mutate();
        setCurrent((session) => (session ? { ...session, endsAtMs } : session));
      } catch {
        await value.refresh();
      }
    },
    async signOut() {
      try {
        await api.session.signOut.mutate();
      } catch (error) {
        // Without a session there is nothing to end; without a network the cookie is still good.
        if (appErrorOf(error)?.code !== 'session.required') return;
      }
      forgetEntry();
      location.assign(addressOf('/'));
    },
  };
  onMount(() => void value.refresh());
  onMount(() => hideWhenLeft(() => Boolean(current())));
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

export function useSession(): SessionContext {
  const context = useContext(Context);
  if (context === undefined) throw new Error('useSession is used outside SessionProvider');
  return context;
}
