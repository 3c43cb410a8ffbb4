import { accountTable } from '@shiming/db';
import {
  type AccountField,
  byProfileField,
  type CorrectionKind,
  isDataCorrection,
  printValidity,
} from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { attestedNow } from '../account/attestation.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import {
  type Account,
  accountRow,
  findIdentity,
  isOfNumber,
  openContact,
  openProfile,
} from '../account/account.ts';
import { ownNumberIndexes } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';

/** The statement (in a list of one) that finds an account. */
export const accountQuery = (ctx: Pick<Ctx, 'db' | 'now'>, accountId: string) =>
  [
    ctx.db
      .select({ ...accountRow, attested: attestedNow(ctx) })
      .from(accountTable)
      .where(eq(accountTable.id, accountId)),
  ] as const;

/**
 * What it has found, for a member who may work on it: nobody on their own.
 *
 * @throws AppError request.not_found, help_desk.own_account
 */
export async function accountOf<A extends Account>(
  ctx: Ctx,
  { member }: SignedInStaff,
  [account]: readonly A[],
): Promise<A> {
  refuseUnless(account !== undefined, { code: 'request.not_found' });
  const own = await ownNumberIndexes(ctx, member);
  refuseUnless(!isOfNumber(account, own), { code: 'help_desk.own_account' });
  return account;
}

/** Everything of an account that the help desk can ask for; `null` where there is none. */
export async function openFields(
  ctx: Ctx,
  account: Account,
): Promise<Record<AccountField, string | null>> {
  const [identity, { mobile, email }, profile] = await Promise.all([
    findIdentity(ctx, account),
    openContact(ctx, account),
    openProfile(ctx, account),
  ]);
  return {
    name: identity?.name ?? null,
    number: identity?.number ?? null,
    validity: identity?.validity ? printValidity(identity.validity) : null,
    mobile: mobile || null,
    email: email || null,
    ...(profile ?? byProfileField(() => null)),
  };
}

/** What a correction of a kind is to replace. */
export const valueOf = async (ctx: Ctx, account: Account, kind: CorrectionKind): Promise<string> =>
  isDataCorrection(kind) ? ((await openFields(ctx, account))[kind] ?? '') : account.status;
