import { createContext, createSignal, type JSX, onMount, useContext } from 'solid-js';
import { api } from '../api.ts';

/** Who is signed in, as `session.current` says. */
export type Session = NonNullable<Awaited<ReturnType<typeof api.session.current.query>>>;

type SessionContext = {
  /** The session, or `null`; `undefined` until the server has answered. Never suspends. */
  current(): Session | null | undefined;
  /** Asks the server again; also puts off the end of an idle session. */
  refresh(): Promise<void>;
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
        setCurrent(() => session);
      } catch {
        // Pages that need a session ask for themselves and say what is wrong.
        setCurrent((before) => before ?? null);
      }
    },
    async signOut() {
      await api.session.signOut.mutate();
      location.assign('/');
    },
  };
  onMount(() => void value.refresh());
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

export function useSession(): SessionContext {
  const context = useContext(Context);
  if (context === undefined) throw new Error('useSession is used outside SessionProvider');
  return context;
}
