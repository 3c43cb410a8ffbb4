import { auditTable, commit, guard, photoTable, casePhotoTable } from '@shiming/db';
import {
  AppError,
  appErrorIn,
  bySlot,
  type CaseKind,
  type PhotoSide,
  photoSides,
  type MaskedField,
  type Slot,
  unmasked,
} from '@shiming/domain';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { actorName, auditedCase, record } from '../audit/record.ts';
import { guardConsent } from '../cases/consent.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { openIdentity, openProfile } from '../account/account.ts';
import { photoContext } from '../review/photo-store.ts';
import type { CaseRow } from '../cases/state.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { keyedHash } from '../vault/keyed-hash.ts';
import { openBytes } from '../vault/vault.ts';
import { requireSight } from './may-see.ts';
import { reviewIn, workOf, workQueries } from './work.ts';

/** What the key of a photo on its way is made of: it opens this photo for this session, and nothing else. */
const keyText = ({ sessionId }: SignedInStaff, photoId: string) =>
  `desk.photo:${sessionId}:${photoId}`;

/** What is on the screen once somebody has asked for it. */
export type Revealed = {
  /** The numbers in full; `null` where the person has none. */
  numbers: { number: string } & Record<MaskedField, string | null>;
  /** The keys of `viewCasePhoto`, base64url; `null` where there is no such photo. */
  photoKeys: Record<PhotoSide, string | null>;
  /** The version of the case that was looked at: an approval of another one takes another look. */
  version: number;
};

/** The keys of the photos of a case, base64url; `null` where a slot is empty. */
export async function keysOf<K extends CaseKind>(
  ctx: Ctx,
  staff: SignedInStaff,
  kind: K,
  photos: readonly { slot: Slot; photoId: string }[],
): Promise<Record<Slot<K>, string | null>> {
  const keys = await Promise.all(
    photos.map(
      async ({ slot, photoId }) => [slot, await keyedHash(ctx, keyText(staff, photoId))] as const,
    ),
  );
  const found: ReadonlyMap<Slot, string> = new Map(keys);
  return bySlot(kind, (slot) => found.get(slot) ?? null);
}

const lookAction = 'desk.revealed';
const fact = (name: string) => sql`json_extract(${auditTable.facts}, ${`$.${name}`})`;

/** What an approval of a review rests on. */
const reviewEvidence = [...photoSides, 'number'] as const;

/**
 * T-CON-04, T-CON-06: a guard before an approval. It holds where this member's looks at what it rests on are on record,
 * at this version of the case.
 */
export function guardLooked(
  ctx: Pick<Ctx, 'db' | 'actor'>,
  accountId: string | null,
  { id, version }: Pick<CaseRow, 'id' | 'version'>,
  needed: readonly string[] = reviewEvidence,
) {
  const looked = and(
    accountId === null ? isNull(auditTable.accountId) : eq(auditTable.accountId, accountId),
    eq(auditTable.action, lookAction),
    eq(auditTable.actor, actorName(ctx)),
    eq(auditedCase, id),
    eq(fact('version'), version),
    inArray(fact('item'), [...needed]),
  );
  return guard(
    ctx.db,
    sql`(select count(distinct ${fact('item')}) from ${auditTable} where ${looked}) = ${needed.length}`,
    { code: 'desk.look_required' },
  );
}

/**
 * T-CON-06, X-01: the numbers in full, and the keys that open the photos, for the reviewer who has the case on the screen. They
 * are handed out once the look at each of them is on record, for the audit and for the person.
 *
 * @throws AppError request.not_found, desk.own_case, desk.consent_withdrawn, desk.held, desk.not_holder (also: only
 * loaded ahead), desk.closed
 */
export async function revealCase(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId }: { caseId: string },
): Promise<Revealed> {
  const [found, decisions, photos] = await ctx.db.batch([
    ...(await workQueries(ctx, staff, caseId)),
    ctx.db
      .select({ slot: casePhotoTable.slot, photoId: casePhotoTable.photoId })
      .from(casePhotoTable)
      .where(eq(casePhotoTable.caseId, caseId)),
  ]);
  const work = await workOf(ctx, staff, found, decisions);
  const sight = await requireSight(ctx, work, staff);
  refuseUnless(sight !== 'holder' || work.state.takenAtMs !== null, { code: 'desk.not_holder' });
  const { row, account } = reviewIn(work);
  const profile = await openProfile(ctx, account);
  const others = unmasked(profile);
  const photoKeys = await keysOf(ctx, staff, 'manual_review', photos);
  const { role } = staff.member;
  const look = (item: string) =>
    record(ctx, lookAction, row.accountId, { case: row.id, role, item, version: row.version });
  const seen = Object.entries({ ...others, ...photoKeys }).filter(([, value]) => value !== null);
  await commit(ctx.db, [
    guardConsent(ctx, row),
    look('number'),
    ...seen.map(([item]) => look(item)),
  ]);
  const { number } = await openIdentity(ctx, account);
  return { numbers: { number, ...others }, photoKeys, version: row.version };
}

/**
 * T-CON-03, T-CON-06: a photo of a case as it goes to the browser of the reviewer who has it before them, also before they have
 * it on the screen: sealed, so that nobody can look at it until `revealCase` has put that on record. Anybody else is
 * told that there is none, whatever the reason.
 *
 * @returns a JPEG under AES-256-GCM: 12 bytes of nonce, the ciphertext, 16 bytes of tag; its context is the id of the
 * case and the slot, with a slash between them
 * @throws AppError request.not_found, service.unavailable
 */
export async function viewCasePhoto(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId, slot }: { caseId: string; slot: Slot },
): Promise<Uint8Array> {
  const [found, decisions, [photo]] = await ctx.db.batch([
    ...(await workQueries(ctx, staff, caseId)),
    ctx.db
      .select({ id: photoTable.id })
      .from(casePhotoTable)
      .innerJoin(photoTable, eq(photoTable.id, casePhotoTable.photoId))
      .where(and(eq(casePhotoTable.caseId, caseId), eq(casePhotoTable.slot, slot))),
  ]);
  try {
    const work = await workOf(ctx, staff, found, decisions);
    await requireSight(ctx, work, staff);
    const stored = photo === undefined ? null : await ctx.photos.get(photo.id);
    refuseUnless(photo !== undefined && stored !== null, { code: 'request.not_found' });
    const key = await ctx.crypto.hmacKey(ctx.keys.token[0].key, keyText(staff, photo.id));
    const bytes = await openBytes(ctx, photoContext(photo.id), stored);
    return await ctx.crypto.sealBytes(key, bytes, `${caseId}/${slot}`);
  } catch (error) {
    if (appErrorIn(error)?.data.code.startsWith('desk.') !== true) throw error;
    throw new AppError({ code: 'request.not_found' });
  }
}
