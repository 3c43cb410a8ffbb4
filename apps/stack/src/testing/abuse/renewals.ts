import type { Player } from '../abuse-cast.ts';
import { codeIn, refusalFor } from './rules.ts';

type Gate = Parameters<typeof refusalFor>[0];

const isOver = /^(?:staff\.session_required|session\.required)$/;

/** Callers as they are now: one whose session is over, as after a call that signs out, is made again. */
export function createRenewals() {
  const current = new Map<string, Player>();
  const renewing = new Map<Player, Promise<Player>>();
  const now = (called: Player): Player => current.get(called.name) ?? called;
  return {
    now,
    /** Whether an answer says that the session of somebody whom the gate lets in is over. */
    isOver: (gate: Gate, called: Player, text: string): boolean => {
      const code = codeIn(text);
      return isOver.test(code) && code !== refusalFor(gate, called.rights)?.code;
    },
    /** Makes a caller again, once for all calls that have found the session over. */
    renewed: async (called: Player, over: Player): Promise<Player> => {
      const is = now(called);
      if (is !== over || called.renew === undefined) return is;
      const known = renewing.get(over) ?? called.renew();
      renewing.set(over, known);
      current.set(called.name, await known);
      return known;
    },
  };
}
