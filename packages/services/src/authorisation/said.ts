import { guard, officeKeyTable } from '@shiming/db';
import type { ReadSignature } from '@shiming/domain';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Limit, newClaim } from '../allowance/allowance.ts';
import type { Ctx } from '../context.ts';

/** What an office sent under a signature that holds. */
export type OfficeCall = {
  /** The body as it was sent, and what it parses to; `null` where it is no JSON. */
  text: string;
  body: unknown;
  signature: ReadSignature;
  office: string;
};

export type Said = { status: number; said: Readonly<Record<string, string>> };

export const refused: Said = { status: 401, said: { error: 'signature_refused' } };
export const replayed: Said = { status: 409, said: { error: 'replayed' } };
export const invalid: Said = { status: 400, said: { error: 'input_invalid' } };
export const notFound: Said = { status: 404, said: { error: 'not_found' } };

const atMost = (limit: number, lastMs: number): Limit => ({
  limit,
  window: { lastMs },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
});

const minuteMs = 60_000;
/** Longer than a signature can be valid. */
const nonceMs = 15 * minuteMs;

/** How much one office asks, however many keys it has. */
export const officeClaim = (ctx: Ctx, { office }: OfficeCall) =>
  newClaim(ctx, 'office', office, [atMost(600, minuteMs)]);

/** How often an office asks about one number, whether or not somebody has it. */
export const personClaim = (ctx: Ctx, { office }: OfficeCall, numberIndex: string) =>
  newClaim(ctx, 'office.person', `${numberIndex}:${office}`, [atMost(200, 24 * 60 * minuteMs)]);

/** A nonce is used once. */
export const nonceClaim = (ctx: Ctx, { signature: { keyId, nonce } }: OfficeCall) =>
  newClaim(ctx, 'office.nonce', `${keyId}:${nonce}`, [
    { ...atMost(1, nonceMs), refusal: () => ({ code: 'office.replayed' }) },
  ]);

/** A guard that the key of a call was not revoked meanwhile. */
export function guardKey({ db }: Pick<Ctx, 'db'>, { signature }: OfficeCall) {
  const held = db
    .select({ id: officeKeyTable.id })
    .from(officeKeyTable)
    .where(and(eq(officeKeyTable.id, signature.keyId), isNull(officeKeyTable.revokedAtMs)));
  return guard(db, sql`exists ${held}`, { code: 'staff.forbidden' });
}
