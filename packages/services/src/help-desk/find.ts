import { accountTable, commit, caseTable, numberClaimTable } from '@shiming/db';
import { type AccountSearch, readAccountSearch } from '@shiming/domain';
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { hadNumber, holdersOf, identifierIndexes, openedFirst } from '../account/identifiers.ts';
import { accountRow, isOfNumber } from '../account/account.ts';
import { record } from '../audit/record.ts';
import { type Ctx, today } from '../context.ts';
import { ownNumberIndexes } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { blindIndexes } from '../vault/vault.ts';

/** `several`: a contact that a family shares. `no_index`: nothing is kept by which an account could be found by a name. */
export type AccountFinding =
  | { outcome: 'found'; accountId: string }
  | { outcome: 'ticket'; caseId: string }
  | { outcome: 'none' }
  | { outcome: 'own' }
  | { outcome: 'several'; count: number }
  | { outcome: 'no_index' };

/** Finds an account, and records as `action` that somebody looked, whatever came of it; not what they typed. */
async function find(ctx: Ctx, search: string, action: 'help_desk.searched' | 'audit.searched') {
  const asked = readAccountSearch(search, today(ctx));
  if (asked === null) return { outcome: 'none' } as const;
  const { by, value } = asked;
  if (by === 'name') return { outcome: 'no_index' } as const;
  const ofNumber = by === 'caseNumber' ? eq(caseTable.caseNumber, value) : sql`false`;
  const [accounts, [ticket]] = await ctx.db.batch([
    ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(await whereOf(ctx, by, value))
      .orderBy(openedFirst),
    ctx.db
      .select({ caseId: caseTable.id })
      .from(caseTable)
      .where(and(ofNumber, eq(caseTable.kind, 'ticket'))),
  ]);
  const [account, ...others] = accounts;
  // Of one number, the account that it opens comes first; a contact may be a family's.
  const isOne = others.length === 0 || by === 'number';
  const role = ctx.actor.type === 'staff' ? ctx.actor.role : null;
  await commit(ctx.db, [record(ctx, action, (isOne && account?.id) || null, { by, role })]);
  if (ticket !== undefined && action === 'help_desk.searched')
    return { outcome: 'ticket', ...ticket } as const;
  if (!isOne) return { outcome: 'several', count: accounts.length } as const;
  return account === undefined
    ? ({ outcome: 'none' } as const)
    : ({ outcome: 'found', account } as const);
}

/**
 * T-CON-08: finds an account by its document number, mobile, mail address, or the number of a review or of a claim on a number, and a ticket by its
 * number. That somebody looked is recorded,
 * whatever came of it; what they typed is not.
 */
export async function findAccount(
  ctx: Ctx,
  { member }: SignedInStaff,
  { search }: { search: string },
): Promise<AccountFinding> {
  const found = await find(ctx, search, 'help_desk.searched');
  if (found.outcome !== 'found') return found;
  const own = await ownNumberIndexes(ctx, member);
  return isOfNumber(found.account, own)
    ? { outcome: 'own' }
    : { outcome: 'found', accountId: found.account.id };
}

/** The same for the auditor, who works on no account and so may follow their own. */
export async function findAuditedAccount(
  ctx: Ctx,
  { search }: { search: string },
): Promise<Exclude<AccountFinding, { outcome: 'own' | 'ticket' }>> {
  const found = await find(ctx, search, 'audit.searched');
  if (found.outcome === 'ticket') return { outcome: 'none' };
  return found.outcome === 'found' ? { outcome: 'found', accountId: found.account.id } : found;
}

async function whereOf(
  ctx: Ctx,
  by: Exclude<AccountSearch['by'], 'name'>,
  value: string,
): Promise<SQL | undefined> {
  if (by === 'number') return hadNumber(await blindIndexes(ctx, 'number', value));
  if (by !== 'caseNumber') {
    const [holders] = holdersOf(ctx, by, await identifierIndexes(ctx, by, value));
    return inArray(accountTable.id, holders);
  }
  const ofCase = ctx.db
    .select({ id: caseTable.accountId })
    .from(caseTable)
    .where(eq(caseTable.caseNumber, value));
  const ofClaim = ctx.db
    .select({ id: numberClaimTable.accountId })
    .from(numberClaimTable)
    .where(eq(numberClaimTable.claimNumber, value));
  return or(inArray(accountTable.id, ofCase), inArray(accountTable.id, ofClaim));
}
