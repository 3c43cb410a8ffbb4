import { accountTable, commit, consentTable, guard, isUniqueViolation } from '@shiming/db';
import {
  AppError,
  type AppErrorData,
  appErrorIn,
  byProfileField,
  consents,
  type DocumentAnswers,
  fieldsAsked,
  type Identity,
  numberKey,
  parseIdentityAnswers,
  parseProfileAnswers,
  type Profile,
  type ProfileField,
  type SomeAnswers,
} from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { type Account, openProfile } from '../account/account.ts';
import { changeAccount } from '../account/change.ts';
import { numberTaken, opensOne } from '../account/create.ts';
import { hasNumber, identifierIndexes, openedBy } from '../account/identifiers.ts';
import { isInReview } from '../account/number-claims.ts';
import { claimAlone, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { beginClaim, guardNoneDecided, newNumberClaim } from '../claim/begin.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { isCorrectable } from './correctable.ts';
import { guardianStatements } from '../guardian/use.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';

/** One person may be told of so many numbers in a day whether they are taken. */
const perDay: Limit = {
  limit: 5,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

const earlierTaken: AppErrorData = {
  code: 'input.invalid',
  fields: { earlierNumber: 'earlier_number.taken' },
};

/** What a document may say of its holder; another type of document says it anew, or its holder does. */
const stated = ['sex', 'birthDate'] as const;

/**
 * What the profile is with the identity: what the portal asks for together with it, where the person said something of that, and
 * besides what another portal asked for. A correction says what changes, and its number another sex and birth date; those that
 * came with another type of document do not stay where the new one does not say them. `undefined`: it stays.
 */
async function profileWith(ctx: Ctx, account: Account, identity: Identity, typed: SomeAnswers) {
  const before = await openProfile(ctx, account);
  const isOtherType = account.documentType !== null && account.documentType !== identity.type;
  const gone = (field: ProfileField) =>
    isOtherType && stated.some((each) => each === field && identity[each] === null);
  const asked = fieldsAsked({ profileFields: ctx.portal.identityFields }, identity.type);
  const said = asked.filter((field) => typed[field] !== undefined || gone(field));
  if (said.length === 0) {
    const { sex, birthDate } = identity;
    return before === null || (!isOtherType && (sex === null || birthDate === null))
      ? undefined
      : ({ ...before, sex, birthDate } as Profile);
  }
  const fields = account.documentType === null ? asked : said;
  const parsed = accepted(parseProfileAnswers(typed, identity, today(ctx), fields));
  return byProfileField(
    (field) => parsed[field] ?? (gone(field) ? null : before?.[field]) ?? null,
  ) as Profile;
}

/**
 * S-NAM-01, S-NAM-02: gives an account its identity, with the consent to the number. Once given it stays (S-NAM-04), unless
 * the authority did not confirm it and nothing rests on it: then it is given again, corrected (S-NAM-03). Of two accounts that give one number at once, one gets it. Of a child under 14 nothing is kept without a guardian's consent.
 *
 * Where the number opens another account, `claimsNumber` gives the identity with a claim on the number (S-DUP-02): until that
 * is decided, the number does not open this account, and no earlier number is kept. While another claim on it is decided, there is none (S-DUP-01).
 *
 * @throws AppError input.invalid, guardian.required, guardian.code_refused, registration.number_taken, request.too_many,
 * session.required, request.stale where the account has an identity that stays, or the number that it claims opens no other account
 */
export async function giveIdentity(
  ctx: Ctx,
  signedIn: SignedIn,
  input: DocumentAnswers &
    SomeAnswers & {
      guardianCode?: string | undefined;
      claimsNumber?: boolean | undefined;
      earlierNumber?: string | undefined;
    },
): Promise<void> {
  const { account } = signedIn;
  const claimsNumber = input.claimsNumber === true;
  const { identity, ...typed } = accepted(parseIdentityAnswers(input, ctx.portal, today(ctx)));
  // A claim rests on the number that can be checked.
  const earlierNumber = claimsNumber ? null : typed.earlierNumber;
  const isCorrection = account.documentType !== null;
  const profile = await profileWith(ctx, account, identity, input);
  const { number } = identity;
  const birthDate = identity.birthDate ?? profile?.birthDate ?? null;
  const child = { accountId: account.id, number, birthDate };
  const guardian = await guardianStatements(ctx, child, input.guardianCode);
  // The code of a guardian is bound to the number, so it asks about no other.
  if (guardian.length === 0 || !input.guardianCode) {
    await claimAlone(ctx, newClaim(ctx, 'identity', account.id, [perDay]));
  }
  const indexes = await identifierIndexes(ctx, 'document_number', numberKey(identity));
  const others = (of: readonly string[]) =>
    sql`${openedBy('document_number', of)} and account_id <> ${account.id}`;
  const holders = others(indexes);
  const claim = newNumberClaim(ctx, { accountId: account.id, holderId: sql`(${holders})` });
  try {
    await commit(ctx.db, [
      guardSignedIn(ctx, signedIn),
      ...(isCorrection
        ? [guard(ctx.db, isCorrectable(ctx, account.id), { code: 'request.stale' })]
        : []),
      ...(claimsNumber
        ? [
            guard(ctx.db, sql`exists (${holders})`, { code: 'request.stale' }),
            guardNoneDecided(ctx, sql`(${holders})`),
          ]
        : [guard(ctx.db, sql`not exists (${holders})`, numberTaken)]),
      ...(earlierNumber === null
        ? []
        : [
            guard(
              ctx.db,
              sql`not exists (${others(await identifierIndexes(ctx, 'earlier_number', earlierNumber))})`,
              earlierTaken,
            ),
          ]),
      ...(await changeAccount(ctx, account, {
        identity,
        claimsNumber,
        earlierNumber,
        ...(profile && { profile }),
      })),
      ...(claimsNumber ? beginClaim(ctx, claim) : []),
      ...guardian,
      ...(signedIn.hasConsented
        ? []
        : [
            ctx.db.insert(consentTable).values({
              id: ctx.crypto.randomToken(12),
              accountId: account.id,
              portal: ctx.portal.id,
              kind: 'document_number',
              ...consents.document_number,
              version: ctx.portal.privacyNoticeVersion,
              givenAtMs: ctx.now(),
            }),
          ]),
      record(ctx, 'identity.given', account.id, { documentType: identity.type }),
    ]);
  } catch (error) {
    const isTaken =
      isUniqueViolation(error, opensOne) || appErrorIn(error)?.data.code === numberTaken.code;
    if (!isTaken) throw error;
    const [holder] = await ctx.db
      .select({ isInReview })
      .from(accountTable)
      .where(hasNumber(indexes));
    if (holder === undefined && earlierNumber !== null) throw new AppError(earlierTaken);
    throw new AppError({ ...numberTaken, ...(holder?.isInReview === 1 && { isInReview: true }) });
  }
}
