import type { Account } from '../account/account.ts';
import type { Ctx } from '../context.ts';

/**
 * Whether an account has a password that its holder chose, or had one that was ended to protect it. One that was handed over
 * never had any, and is activated first.
 */
export const hadOwnPassword = (
  { hasher }: Pick<Ctx, 'hasher'>,
  { passwordHash, formerPasswordHashes }: Pick<Account, 'passwordHash' | 'formerPasswordHashes'>,
): boolean =>
  formerPasswordHashes.length > 0 || (passwordHash !== null && passwordHash !== hasher.decoy);
