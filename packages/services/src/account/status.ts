import { AppError } from '@shiming/domain';
import type { Account } from './account.ts';

/**
 * Only an active account is signed in to or reset. A person who has proved to be its holder reads that, and nobody else.
 *
 * @throws AppError account.suspended, account.closed
 */
export function requireActive({
  status,
  restorableUntilMs,
}: Pick<Account, 'status' | 'restorableUntilMs'>): void {
  if (status === 'suspended') throw new AppError({ code: 'account.suspended' });
  if (status === 'closed') throw new AppError({ code: 'account.closed', restorableUntilMs });
}
