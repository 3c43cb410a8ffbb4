import { commit, guard, handoverTable, hasWritten } from '@shiming/db';
import {
  AppError,
  groupTicketCode,
  type HandoverAnswers,
  maskNumber,
  needsGuardian,
  numberKey,
  parseHandover,
  ticketCodeOf,
} from '@shiming/domain';
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { guardActing, isHandoverOpen } from '../staff/guards.ts';
import { ownNumberIndexes } from '../staff/person.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { keyedHash } from '../vault/keyed-hash.ts';
import { blindIndex, blindIndexes, currentKeyId, placeOf, seal } from '../vault/vault.ts';
import { atAgencyPortal, type HandoverPerson, secretText } from './handover.ts';

const aDay = (limit: number): Limit => ({
  limit,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
});

/** That a first password of the member's own agency can still be used. */
const isOpenOf = (ctx: Ctx, { member }: SignedInStaff, which: SQL | undefined) =>
  and(which, eq(handoverTable.scope, member.scope ?? ''), isHandoverOpen(ctx.now()));

/**
 * S-REG-09: makes the first password of a person whose card a member of an agency has before them. It is returned here and
 * nowhere else; what is kept is its hash. With it the person opens an account, or sets another password of the one that the
 * agency has helped to. Nothing is said of whether the number has an account. A first password of the same agency for this
 * person that was not used yet is revoked.
 *
 * @throws AppError staff.proof_required, staff.number_required, staff.forbidden, request.not_found where no portal has
 * agencies, input.invalid, guardian.required, help_desk.own_account, request.too_many
 */
export async function handOver(
  given: Ctx,
  staff: SignedInStaff,
  input: HandoverAnswers,
): Promise<{
  handoverId: string;
  firstPassword: string;
  name: string;
  maskedNumber: string;
  endsAtMs: number;
  address: string;
}> {
  requireStaffProof(given, staff);
  const { ctx, rule } = atAgencyPortal(given);
  const parsed = parseHandover(input, rule, ctx.portal, today(ctx));
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const { name, number: document } = parsed.value;
  const { type, number, birthDate } = document;
  refuseUnless(!needsGuardian(ctx.portal, birthDate, today(ctx)), { code: 'guardian.required' });
  const indexes = await blindIndexes(ctx, 'number', numberKey(document));
  const [numberIndex = ''] = indexes;
  const own = await ownNumberIndexes(ctx, staff.member);
  refuseUnless(!own.includes(numberIndex), { code: 'help_desk.own_account' });

  const { id: staffId, scope } = staff.member;
  const agency = scope ?? '';
  const id = ctx.crypto.randomToken(12);
  const firstPassword = ticketCodeOf(ctx.crypto.randomBytes(12));
  const nowMs = ctx.now();
  const endsAtMs = nowMs + rule.passwordValidMs;
  const person: HandoverPerson = { type, name, number };
  await commitClaims(
    ctx,
    [
      newClaim(ctx, 'agency.member', staffId, [aDay(rule.perMember)]),
      newClaim(ctx, 'agency', agency, [aDay(rule.perAgency)]),
      newClaim(ctx, 'agency.person', `${numberIndex}.${agency}`, [aDay(rule.perPerson)]),
    ],
    [
      guardActing(ctx, { scope: agency }),
      ctx.db
        .update(handoverTable)
        .set({ revokedAtMs: nowMs })
        .where(isOpenOf(ctx, staff, inArray(handoverTable.numberIndex, indexes))),
      ctx.db.insert(handoverTable).values({
        id,
        portal: ctx.portal.id,
        scope: agency,
        staffId,
        numberIndex,
        nameIndex: await blindIndex(ctx, 'name', name),
        personSealed: await seal(ctx, placeOf(handoverTable.personSealed, id), person),
        secretHash: await keyedHash(ctx, secretText(id, firstPassword)),
        createdAtMs: nowMs,
        endsAtMs,
        keyId: currentKeyId(ctx),
      }),
      record(ctx, 'agency.handed_over', null, { handover: id, scope: agency }),
    ],
  );
  return {
    handoverId: id,
    firstPassword: groupTicketCode(firstPassword),
    name,
    maskedNumber: maskNumber(number),
    endsAtMs,
    address: `${ctx.address}/first-sign-in`,
  };
}

/**
 * Revokes a first password of the own agency that was not used yet. Of this and its use at once, one is done.
 *
 * @throws AppError staff.number_required, staff.forbidden, request.stale (also where it is another agency's)
 */
export async function revokeHandover(
  ctx: Ctx,
  staff: SignedInStaff,
  { handoverId }: { handoverId: string },
): Promise<void> {
  await commit(ctx.db, [
    guardActing(ctx, { scope: staff.member.scope ?? '' }),
    ctx.db
      .update(handoverTable)
      .set({ revokedAtMs: ctx.now() })
      .where(isOpenOf(ctx, staff, eq(handoverTable.id, handoverId))),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(ctx, 'agency.revoked', null, { handover: handoverId, scope: staff.member.scope }),
  ]);
}
