import {
  accountTable,
  commit,
  consentTable,
  isUniqueViolation,
  registrationTable,
} from '@shiming/db';
import {
  AppError,
  consents,
  contactKinds,
  needsGuardian,
  numberKey,
  provedKindOf,
} from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { accountRow, guardAccountUnchanged } from '../account/account.ts';
import { attestNew } from '../account/attestation.ts';
import { closeAccount } from '../account/close.ts';
import { isHandedOver } from '../account/handed-over.ts';
import { isLeftBehind } from '../account/taken-up.ts';
import { guardUnbound } from '../wechat/binding.ts';
import { hasNumber, identifierIndexes, putIdentifier } from '../account/identifiers.ts';
import {
  createAccounts,
  createClaimant,
  numberTaken,
  opensOne,
  prepareAccount,
} from '../account/create.ts';
import { record } from '../audit/record.ts';
import { beginClaim, guardNoneDecided, newNumberClaim } from '../claim/begin.ts';
import { sendFirstMailProof } from '../contact/prove-mail.ts';
import { type Ctx, inPortal, refuseUnless, today } from '../context.ts';
import { useGuardianConsent } from '../guardian/use.ts';
import { deviceMark } from '../login/device-mark.ts';
import { linkAtRegistration } from '../ministry/link.ts';
import { endHeldSession, newSession } from '../session/session.ts';
import { activateHandedOver, activates } from './activate-handed-over.ts';
import { guardUnchanged, loadRegistration, requireStep, saveStep, stepOf } from './draft.ts';

/**
 * T-REG-14, T-REG-16: everything that was given becomes an account, in one transaction, and the person is
 * signed in. Sent twice, or by two people with one number, it makes one account.
 * An earlier sign-in at this browser ends. Who proved themselves by WeChat
 * is bound to it (T-REG-13), and who came from the ministry (`visitToken`) is linked to the account there (T-REG-15). A mail asks for a proof of the address.
 *
 * Where the number has an account, `claimsNumber` makes one that claims it (T-REG-16a, S-DUP-02): until that is decided, its
 * holder signs in with the `claimNumber`. While another claim on it is decided, there is none (S-DUP-01).
 *
 * An account too old for a reset that was never taken up gives up its number (T-PWD-05), and a mail
 * tells its former holder.
 *
 * An account that was handed over is activated instead (E-ACT-01), once a window has confirmed its holder.
 *
 * @throws AppError input.invalid, guardian.required, registration.number_taken, registration.to_be_activated, registration.contact_taken,
 * wechat.bound_elsewhere,
 * registration.not_started, registration.out_of_order, request.stale
 */
export async function submitRegistration(
  ctx: Ctx,
  token: string | null,
  input: { hasAgreed: boolean; claimsNumber?: boolean | undefined },
  visitToken: string | null = null,
): Promise<{
  sessionToken: string;
  deviceMark: string;
  claimNumber: string | null;
  isActivated: boolean;
}> {
  const registration = await loadRegistration(ctx, token);
  requireStep(ctx, registration, 'check');
  const { document, consent, passwordHash, contact, openId, checked } = registration.draft;
  refuseUnless(passwordHash !== null && contact !== null, {
    code: 'registration.out_of_order',
    step: stepOf(ctx, registration),
  });
  refuseUnless(input.hasAgreed, {
    code: 'input.invalid',
    fields: { hasAgreed: 'agreement.missing' },
  });

  const birthDate = document?.birthDate ?? null;
  const isGuarded = needsGuardian(ctx.portal, birthDate, today(ctx));
  const guardianConsentId = isGuarded ? (registration.draft.guardianConsentId ?? null) : null;
  refuseUnless(!isGuarded || guardianConsentId !== null, { code: 'guardian.required' });

  const [holder] = await ctx.db
    .select({
      account: accountRow,
      isLeftBehind: isLeftBehind(ctx),
      isHandedOver: isHandedOver(ctx),
    })
    .from(accountTable)
    .where(
      hasNumber(
        document === null
          ? []
          : await identifierIndexes(ctx, 'document_number', numberKey(document)),
      ),
    );
  const handedOver = holder?.isHandedOver ? holder.account : undefined;
  if (handedOver !== undefined && !activates(checked)) {
    // It was handed over after a match. The check is open again, so that a ticket for the window can be taken.
    const { statements } = await saveStep(ctx, registration, 'check', { checked: null });
    await commit(ctx.db, [guardUnchanged(ctx, registration), ...statements]);
    throw new AppError({ code: 'registration.to_be_activated' });
  }
  // What was checked before there was an account is the account's.
  const accountId = handedOver?.id ?? registration.id;
  const nowMs = ctx.now();
  const session = await newSession(ctx, accountId);
  const { agreement, document_number } = consents;
  const given = [
    ...(consent === null
      ? []
      : [
          {
            kind: 'document_number' as const,
            ...document_number,
            version: consent.version,
            givenAtMs: consent.atMs,
          },
        ]),
    {
      kind: 'agreement' as const,
      ...agreement,
      version: ctx.portal.agreementVersion,
      givenAtMs: nowMs,
    },
  ];
  const account = await prepareAccount(ctx, {
    id: accountId,
    portal: ctx.portal.id,
    identity: document,
    contact: Object.fromEntries(
      contactKinds
        .filter((kind) => contact[kind] !== '')
        .map((kind) => {
          // A code that came in the chat proves no telephone (T-REG-13a).
          const isProved = openId === null && kind === provedKindOf(contact);
          const signsIn = isProved && ctx.portal.signInWith.includes(kind);
          return [kind, { value: contact[kind], provedAtMs: isProved ? nowMs : null, signsIn }];
        }),
    ),
    passwordHash,
    createdAtMs: nowMs,
  });
  const replaced = holder?.isLeftBehind ? holder.account : undefined;
  const claim =
    input.claimsNumber === true &&
    holder !== undefined &&
    replaced === undefined &&
    handedOver === undefined
      ? newNumberClaim(ctx, { accountId, holderId: holder.account.id })
      : null;
  try {
    await commit(ctx.db, [
      guardUnchanged(ctx, registration),
      ...(replaced === undefined
        ? []
        : [
            guardAccountUnchanged(ctx, replaced, numberTaken),
            ...(await closeAccount(inPortal(ctx, replaced.portal), replaced, 'registration')),
          ]),
      ...(handedOver === undefined
        ? []
        : await activateHandedOver(ctx, handedOver, registration, { passwordHash, contact })),
      ...(claim !== null || handedOver !== undefined ? [] : createAccounts(ctx, [account])),
      ...(claim === null
        ? []
        : [
            guardNoneDecided(ctx, claim.holderId),
            ...createClaimant(ctx, account, claim.holderId),
            ...beginClaim(ctx, claim),
          ]),
      ...(checked && document !== null && handedOver === undefined
        ? await attestNew(ctx, accountId, {
            ...checked,
            correction: document,
            travelPermitNumber: null,
          })
        : []),
      ctx.db.insert(consentTable).values(
        given.map((each) => ({
          id: ctx.crypto.randomToken(12),
          accountId,
          portal: ctx.portal.id,
          ...each,
        })),
      ),
      ...(guardianConsentId === null ? [] : useGuardianConsent(ctx, guardianConsentId, accountId)),
      ...(await guardUnbound(ctx, accountId, openId)),
      ...(openId === null
        ? []
        : await putIdentifier(ctx, accountId, {
            kind: 'wechat',
            value: openId,
            provedAtMs: nowMs,
          })),
      ...(handedOver === undefined
        ? await linkAtRegistration(ctx, visitToken, { accountId, identity: document })
        : []),
      ...(await endHeldSession(ctx)),
      session.statement,
      ...(handedOver === undefined
        ? [record(ctx, 'account.registered', accountId, { documentType: document?.type ?? null })]
        : []),
      ctx.db.delete(registrationTable).where(eq(registrationTable.id, registration.id)),
    ]);
  } catch (error) {
    if (isUniqueViolation(error, opensOne)) {
      throw new AppError(numberTaken);
    }
    throw error;
  }
  const provedKind = provedKindOf(contact);
  if (contact.email !== '' && provedKind !== 'email') {
    ctx.defer(() => sendFirstMailProof(ctx, { accountId, email: contact.email }));
  }
  const name = document?.number ?? contact[provedKind];
  return {
    sessionToken: session.token,
    deviceMark: await deviceMark(ctx, claim?.claimNumber ?? name),
    claimNumber: claim?.claimNumber ?? null,
    isActivated: handedOver !== undefined,
  };
}
