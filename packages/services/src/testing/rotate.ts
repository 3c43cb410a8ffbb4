import { rotateAccounts } from '../account/rotate.ts';
import { rotateKeys as rotateOthers, type RotateDeps } from '../vault/rotate.ts';

/** Moves accounts and everything of theirs to the current keys. Returns how many rows it moved. */
export const rotateKeys = async (deps: RotateDeps): Promise<number> =>
  (await rotateAccounts(deps)) + (await rotateOthers(deps));
