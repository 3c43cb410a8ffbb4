import {
  type DocumentNumber,
  fieldsAsked,
  maskEmail,
  maskMobile,
  maskName,
  maskNumber,
  maskProfile,
  provedOf,
  unmasked,
} from '@shiming/domain';
import { commit } from '@shiming/db';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { requireProof } from '../proof/proof.ts';
import type { SignedIn } from '../session/session.ts';
import { findIdentity, isProvedOf, openContact, openProfile } from '../account/account.ts';

/** What the form needs to know of a document without its number: which fields it asks for, and what it says itself. */
const said = (identity: DocumentNumber | null) => ({
  documentType: identity?.type ?? null,
  birthDate: identity?.birthDate ?? null,
  sex: identity?.sex ?? null,
  region: identity?.region ?? null,
});

/** T-PRO-01 to 04: 个人身份信息, masked as in the seed; without an identity what is known besides. */
export async function viewProfile(ctx: Ctx, { account, attested, level }: SignedIn) {
  const [identity, contact, profile] = await Promise.all([
    findIdentity(ctx, account),
    openContact(ctx, account),
    openProfile(ctx, account),
  ]);
  return {
    ...said(identity),
    maskedNumber: maskNumber(identity?.number ?? ''),
    maskedName: maskName(identity?.name ?? ''),
    validity: identity?.validity ?? null,
    maskedMobile: maskMobile(contact.mobile),
    maskedEmail: maskEmail(contact.email),
    isProved: isProvedOf(account),
    level,
    proved: provedOf(attested),
    fields: identity === null ? [] : fieldsAsked(ctx.portal, identity.type),
    profile: profile && maskProfile(profile),
  };
}

/**
 * The person's own data in full, on request and after a proof: they would tell a thief of the session enough to prove to
 * be the person. The look is recorded, as every look is.
 *
 * @throws AppError proof.required
 */
export async function revealProfile(ctx: Ctx, signedIn: SignedIn) {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  const [identity, contact, profile] = await Promise.all([
    findIdentity(ctx, account),
    openContact(ctx, account),
    openProfile(ctx, account),
  ]);
  await commit(ctx.db, [record(ctx, 'profile.revealed', account.id)]);
  return {
    number: identity?.number ?? '',
    name: identity?.name ?? '',
    mobile: contact.mobile,
    email: contact.email,
    ...unmasked(profile),
  };
}
