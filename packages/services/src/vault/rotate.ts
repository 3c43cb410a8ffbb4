import { accountTable, commit, outboxTable, registrationTable } from '@shiming/db';
import type { IdentityDocument } from '@shiming/domain';
import { and, eq, gt, gte, lt, or, sql, type AnyColumn } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { sealedContext } from '../profile/sealed.ts';
import { blindIndex, currentKeyId, open, seal } from './vault.ts';

type RotateDeps = Pick<Deps, 'db' | 'crypto' | 'keys'>;

const perRun = 100;

/** Unequal, in a form that an index answers: the job must not read the whole table every minute. */
const isNot = (column: AnyColumn, value: string) => or(lt(column, value), gt(column, value));

/** Not beginning with `keyId.`: in the order of texts, `/` is what follows `.`. */
const hasOtherKey = (column: AnyColumn, keyId: string) =>
  or(lt(column, `${keyId}.`), gte(column, `${keyId}/`));

async function resealed(deps: RotateDeps, context: string, sealed: string): Promise<string> {
  return seal(deps, context, await open<unknown>(deps, context, sealed));
}

/**
 * The job that moves everything sealed or indexed under an older key to the current one, some rows at a time.
 * Answers how many rows it moved: when it answers 0, the older keys can be taken away. A row that somebody
 * changes meanwhile is left for the next run.
 */
export async function rotateKeys(deps: RotateDeps): Promise<number> {
  const keyId = currentKeyId(deps);
  const [indexKey] = deps.keys.index;
  // Two questions, for of the four ranges in one the planner makes a scan.
  const found = await deps.db.batch([
    deps.db.select().from(accountTable).where(isNot(accountTable.keyId, keyId)).limit(perRun),
    deps.db
      .select()
      .from(accountTable)
      .where(hasOtherKey(accountTable.numberIndex, indexKey.id))
      .limit(perRun),
  ]);
  const accounts = [...new Map(found.flat().map((account) => [account.id, account])).values()];
  for (const account of accounts) {
    const context = (column: 'identity' | 'contact' | 'profile') =>
      sealedContext(column, account.id);
    const identity = await open<IdentityDocument>(
      deps,
      context('identity'),
      account.identitySealed,
    );
    await commit(deps.db, [
      deps.db
        .update(accountTable)
        .set({
          identitySealed: await seal(deps, context('identity'), identity),
          contactSealed: await resealed(deps, context('contact'), account.contactSealed),
          profileSealed:
            account.profileSealed &&
            (await resealed(deps, context('profile'), account.profileSealed)),
          numberIndex: await blindIndex(deps, 'number', identity.document.number),
          keyId,
          version: sql`${accountTable.version} + 1`,
        })
        .where(and(eq(accountTable.id, account.id), eq(accountTable.version, account.version))),
    ]);
  }

  const registrations = await deps.db
    .select()
    .from(registrationTable)
    .where(isNot(registrationTable.keyId, keyId))
    .limit(perRun);
  for (const { id, version, draftSealed } of registrations) {
    await commit(deps.db, [
      deps.db
        .update(registrationTable)
        .set({
          draftSealed: await resealed(deps, `registration.draft:${id}`, draftSealed),
          keyId,
          version: sql`${registrationTable.version} + 1`,
        })
        .where(and(eq(registrationTable.id, id), eq(registrationTable.version, version))),
    ]);
  }

  const messages = await deps.db
    .select({ id: outboxTable.id, messageSealed: outboxTable.messageSealed })
    .from(outboxTable)
    .where(isNot(outboxTable.keyId, keyId))
    .limit(perRun);
  for (const { id, messageSealed } of messages) {
    await commit(deps.db, [
      deps.db
        .update(outboxTable)
        .set({ messageSealed: await resealed(deps, `outbox.message:${id}`, messageSealed), keyId })
        .where(eq(outboxTable.id, id)),
    ]);
  }
  return accounts.length + registrations.length + messages.length;
}
