import type { StaffPermission } from '@shiming/domain';
import { mayStaff } from '@shiming/domain';
import { createContext, createSignal, type JSX, onMount, useContext } from 'solid-js';
import { api, appErrorOf } from '../../api.ts';
import type { On } from '../../form/refusals.ts';
import { hideWhenLeft } from '../../shared/returning.ts';
import { consolePath, pageAt, signInPath } from '../paths.ts';

/** Who is signed in to the console, as `staff.current` says. */
export type Staff = NonNullable<Awaited<ReturnType<typeof api.staff.current.query>>>;

type StaffContext = {
  /** Who is signed in, or `null`; `undefined` until the server has answered. Never suspends. */
  current(): Staff | null | undefined;
  may(permission: StaffPermission): boolean;
  /** Asks the server again, as after signing in; leads to the sign-in page where the session has ended. No sign of life. */
  refresh(): Promise<void>;
  /** A sign of life: puts off the end of the session. */
  extend(): Promise<void>;
  /** Ends the session; the next person starts with nothing left over. */
  signOut(): Promise<void>;
  /**
   * What refusals do on every page: without a session they lead to the sign-in page; where the server wants a proof, a
   * dialog asks for it, and the same is sent again.
   */
  on: On;
  /** Whether a proof is being asked for; the dialog answers with `settleProof`. */
  isProofAsked(): boolean;
  settleProof(isProved: boolean): void;
};

const Context = createContext<StaffContext>();

/** A new page, so that nothing of a case stays in this one. */
const leave = (hasEnded: boolean) =>
  location.assign(consolePath + signInPath(pageAt(location), hasEnded));

export function StaffProvider(props: { children: JSX.Element }) {
  const [current, setCurrent] = createSignal<Staff | null>();
  const [isProofAsked, setProofAsked] = createSignal(false);
  const waiting: ((isProved: boolean) => void)[] = [];
  const askProof = () =>
    new Promise<boolean>((resolve) => {
      waiting.push(resolve);
      setProofAsked(true);
    });

  const value: StaffContext = {
    current,
    may: (permission) => {
      const staff = current();
      return staff ? mayStaff(staff.role, permission) : false;
    },
    async refresh() {
      try {
        const staff = await api.staff.current.query();
        if (staff === null && current()) return leave(true);
        setCurrent(() => staff);
      } catch {
        setCurrent((before) => before ?? null);
      }
    },
    async extend() {
      try {
        const { endsAtMs } = await api.staff.extend.mutate();
        setCurrent((staff) => (staff ? { ...staff, endsAtMs } : staff));
      } catch (error) {
        if (appErrorOf(error)?.code === 'staff.session_required') leave(true);
      }
    },
    async signOut() {
      try {
        await api.staff.signOut.mutate();
      } catch (error) {
        // Without a session there is nothing to end; without a network the cookie is still good.
        if (appErrorOf(error)?.code !== 'staff.session_required') return;
      }
      location.assign(`${consolePath}/sign-in`);
    },
    on: {
      'staff.session_required': () => leave(true),
      'staff.proof_required': async (refusal) => ((await askProof()) ? 'again' : refusal),
    },
    isProofAsked,
    settleProof(isProved) {
      setProofAsked(false);
      for (const settle of waiting.splice(0)) settle(isProved);
    },
  };
  onMount(() => void value.refresh());
  onMount(() => hideWhenLeft(() => Boolean(current())));
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

export function useStaff(): StaffContext {
  const context = useContext(Context);
  if (context === undefined) throw new Error('useStaff is used outside StaffProvider');
  return context;
}
