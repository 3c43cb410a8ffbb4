import {
  accountTable,
  commit,
  contactChangeTable,
  outboxTable,
  registrationTable,
  wechatBindingTable,
  wechatSceneTable,
} from '@shiming/db';
import type { IdentityDocument } from '@shiming/domain';
import { and, eq, gt, gte, isNull, lt, or, sql, type AnyColumn } from 'drizzle-orm';
import { changeContext } from '../contact/change.ts';
import type { Deps } from '../context.ts';
import { sealedContext } from '../profile/sealed.ts';
import { bindingContext } from '../wechat/binding.ts';
import { sceneContext } from '../wechat/scene.ts';
import { blindIndex, currentKeyId, open, seal } from './vault.ts';

type RotateDeps = Pick<Deps, 'db' | 'now' | 'crypto' | 'keys'>;

const perRun = 100;

/** Unequal, in a form that an index answers: the job must not read the whole table every minute. */
export const isNot = (column: AnyColumn, value: string) => or(lt(column, value), gt(column, value));

/** Not beginning with `keyId.`: in the order of texts, `/` is what follows `.`. */
export const hasOtherKey = (column: AnyColumn, keyId: string) =>
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

  const changes = await deps.db
    .select({ id: contactChangeTable.id, changeSealed: contactChangeTable.changeSealed })
    .from(contactChangeTable)
    .where(isNot(contactChangeTable.keyId, keyId))
    .limit(perRun);
  for (const { id, changeSealed } of changes) {
    await commit(deps.db, [
      deps.db
        .update(contactChangeTable)
        .set({ changeSealed: await resealed(deps, changeContext(id), changeSealed), keyId })
        .where(eq(contactChangeTable.id, id)),
    ]);
  }
  const moved = [accounts, registrations, messages, changes];
  return moved.reduce((sum, rows) => sum + rows.length, await rotateWeChat(deps));
}

/** The same for bindings, and for QR codes that are good still; what was answered in the chat is soon forgotten. */
async function rotateWeChat(deps: RotateDeps): Promise<number> {
  const keyId = currentKeyId(deps);
  const { openIdIndex, keyId: bindingKey } = wechatBindingTable;
  const [byKey, byIndex, scenes] = await deps.db.batch([
    deps.db.select().from(wechatBindingTable).where(isNot(bindingKey, keyId)).limit(perRun),
    deps.db
      .select()
      .from(wechatBindingTable)
      .where(hasOtherKey(openIdIndex, deps.keys.index[0].id))
      .limit(perRun),
    deps.db
      .select()
      .from(wechatSceneTable)
      .where(
        and(gt(wechatSceneTable.expiresAtMs, deps.now()), isNot(wechatSceneTable.keyId, keyId)),
      )
      .limit(perRun),
  ]);
  const bindings = [
    ...new Map([...byKey, ...byIndex].map((each) => [each.accountId, each])).values(),
  ];
  for (const { accountId, openIdSealed } of bindings) {
    const openId = await open<string>(deps, bindingContext(accountId), openIdSealed);
    await commit(deps.db, [
      deps.db
        .update(wechatBindingTable)
        .set({
          openIdSealed: await seal(deps, bindingContext(accountId), openId),
          openIdIndex: await blindIndex(deps, 'wechat', openId),
          keyId,
        })
        // Unless the account was bound to another meanwhile.
        .where(
          and(
            eq(wechatBindingTable.accountId, accountId),
            eq(wechatBindingTable.openIdSealed, openIdSealed),
          ),
        ),
    ]);
  }
  for (const { id, openIdSealed } of scenes) {
    await commit(deps.db, [
      deps.db
        .update(wechatSceneTable)
        .set({
          openIdSealed: openIdSealed && (await resealed(deps, sceneContext(id), openIdSealed)),
          keyId,
        })
        // Unless somebody has scanned it meanwhile.
        .where(
          and(
            eq(wechatSceneTable.id, id),
            openIdSealed === null
              ? isNull(wechatSceneTable.openIdSealed)
              : eq(wechatSceneTable.openIdSealed, openIdSealed),
          ),
        ),
    ]);
  }
  return bindings.length + scenes.length;
}
