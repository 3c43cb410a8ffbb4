import { commit, guard, ministryVisitTable } from '@shiming/db';
import {
  arrivalValidMs,
  ministryIdentifier,
  parseEmail,
  parseMobile,
  parseName,
} from '@shiming/domain';
import type {
  Ministry,
  MinistryClaims,
  MinistryRequest,
  MinistrySubject,
} from '@shiming/providers';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { type Ctx, refuseUnless } from '../context.ts';
import { bearerKind, splitToken } from '../session/bearer.ts';
import { open, placeOf, seal } from '../vault/vault.ts';

/** A person may look for a password at the ministry, or register there. */
export const visitValidMs = 30 * 60_000;

export type VisitPurpose = (typeof ministryVisitTable.$inferSelect)['purpose'];

/** Who arrived, and what the ministry vouches for; only what a form here would take. */
export type Arrival = {
  /** As `ministryIdentifier` writes it. */
  account: string;
  name: string | null;
  mobile: string | null;
  email: string | null;
};

const bearer = bearerKind('ministry_visit');
const table = ministryVisitTable;

/** @throws AppError request.not_found where the operator is no client of the ministry */
export function ministryOf({ ministry }: Pick<Ctx, 'ministry'>): Ministry {
  refuseUnless(ministry !== null, { code: 'request.not_found' });
  return ministry;
}

/** A visit that begins: its id, its cookie, and the statement that keeps it. */
export async function newVisit(ctx: Ctx, purpose: VisitPurpose, request: MinistryRequest) {
  const { id, token, secretHash } = await bearer.issue(ctx);
  const createdAtMs = ctx.now();
  return {
    id,
    token,
    statement: ctx.db.insert(table).values({
      id,
      portal: ctx.portal.id,
      secretHash,
      purpose,
      status: 'begun',
      requestSealed: await seal(ctx, placeOf(table.requestSealed, id), request),
      createdAtMs,
      expiresAtMs: createdAtMs + visitValidMs,
    }),
  };
}

/** That a visit is the cookie's, of this portal, in a state and not too old: a condition. */
const isVisit = async (ctx: Ctx, id: string, secret: string, status: 'begun' | 'arrived') =>
  and(
    eq(table.id, id),
    inArray(table.secretHash, await bearer.hashesOf(ctx, id, secret)),
    eq(table.portal, ctx.portal.id),
    eq(table.status, status),
    gt(table.expiresAtMs, ctx.now()),
  );

/**
 * Spends the visit of a cookie before what came back is looked at: of several that bring it, one goes on.
 *
 * @throws AppError ministry.refused
 */
export async function spendVisit(ctx: Ctx, token: string | null) {
  const split = splitToken(token);
  const [row] =
    split === null
      ? []
      : await ctx.db
          .update(table)
          .set({ status: 'spent' })
          .where(await isVisit(ctx, split.id, split.secret, 'begun'))
          .returning();
  refuseUnless(row !== undefined, { code: 'ministry.refused' });
  const { id, purpose, requestSealed } = row;
  const request = await open<MinistryRequest>(ctx, placeOf(table.requestSealed, id), requestSealed);
  return { id, purpose, request };
}

const valueOf = (parsed: { ok: true; value: string } | { ok: false } | null) =>
  parsed?.ok === true ? parsed.value : null;

/** What of the claims a form here would take. */
export function arrivalOf(subject: MinistrySubject, claims: MinistryClaims): Arrival {
  const { name, mobile, email } = claims;
  return {
    account: ministryIdentifier(subject),
    name: valueOf(name === null ? null : parseName(name, 'any')),
    mobile: valueOf(mobile === null ? null : parseMobile(mobile)),
    email: valueOf(email === null ? null : parseEmail(email)),
  };
}

/** The statement (in a list of one) that keeps who has arrived, until they have an account here. */
export const keepArrival = async (ctx: Ctx, id: string, arrival: Arrival) =>
  [
    ctx.db
      .update(table)
      .set({
        status: 'arrived',
        arrivalSealed: await seal(ctx, placeOf(table.arrivalSealed, id), arrival),
        expiresAtMs: ctx.now() + arrivalValidMs,
      })
      .where(eq(table.id, id)),
  ] as const;

/** Who has arrived in this browser and has no account yet; `null`: nobody. */
export async function findArrival(ctx: Ctx, token: string | null) {
  const split = splitToken(token);
  if (split === null) return null;
  const [row] = await ctx.db
    .select()
    .from(table)
    .where(await isVisit(ctx, split.id, split.secret, 'arrived'));
  if (row === undefined || row.arrivalSealed === null) return null;
  const { id, expiresAtMs, arrivalSealed } = row;
  const arrival = await open<Arrival>(ctx, placeOf(table.arrivalSealed, id), arrivalSealed);
  return { id, expiresAtMs, arrival };
}

export const endVisit = ({ db }: Pick<Ctx, 'db'>, id: string) =>
  [db.delete(table).where(eq(table.id, id))] as const;

/** Statements that end an arrival that is still there (else ministry.refused). */
export function useArrival(ctx: Pick<Ctx, 'db'>, id: string) {
  const there = ctx.db.select({ id: table.id }).from(table).where(eq(table.id, id));
  return [
    guard(ctx.db, sql`exists ${there}`, { code: 'ministry.refused' }),
    ...endVisit(ctx, id),
  ] as const;
}

/** The person at this browser is another one, or wants no account linked. */
export async function leaveMinistry(ctx: Ctx, token: string | null): Promise<void> {
  const found = await findArrival(ctx, token);
  if (found !== null) await commit(ctx.db, endVisit(ctx, found.id));
}
