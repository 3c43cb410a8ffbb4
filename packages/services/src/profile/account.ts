import type { Contact, Identity, Profile } from '@shiming/domain';
import type { Deps } from '../context.ts';
import type { Account } from '../session/session.ts';
import { open } from '../vault/vault.ts';
import { sealedContext } from './sealed.ts';
import { identityFrom } from './stored-identity.ts';

/** Opens what the account keeps about the document. */
export const openIdentity = async (
  ctx: Pick<Deps, 'crypto' | 'keys'>,
  account: Pick<Account, 'id' | 'identitySealed'>,
): Promise<Identity> =>
  identityFrom(await open(ctx, sealedContext('identity', account.id), account.identitySealed));

export const openContact = (
  ctx: Pick<Deps, 'crypto' | 'keys'>,
  account: Pick<Account, 'id' | 'contactSealed'>,
) => open<Contact>(ctx, sealedContext('contact', account.id), account.contactSealed);

/** `null` until the profile has been completed. */
export const openProfile = (
  ctx: Pick<Deps, 'crypto' | 'keys'>,
  account: Account,
): Promise<Profile | null> =>
  account.profileSealed === null
    ? Promise.resolve(null)
    : open<Profile>(ctx, sealedContext('profile', account.id), account.profileSealed);
