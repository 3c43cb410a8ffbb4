import type { Account } from '../account/account.ts';
import type { Ctx } from '../context.ts';

/** Whether an account has a password that its holder chose. One that was handed over has none, and is activated first. */
export const hasOwnPassword = (
  { hasher }: Pick<Ctx, 'hasher'>,
  { passwordHash }: Pick<Account, 'passwordHash'>,
): boolean => passwordHash !== null && passwordHash !== hasher.decoy;
