import {
  type DocumentNumber,
  documentOf,
  maskEmail,
  maskMobile,
  maskName,
  maskNumber,
  maskProfile,
  provedOf,
} from '@shiming/domain';
import { commit } from '@shiming/db';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { requireProof } from '../proof/proof.ts';
import type { SignedIn } from '../session/session.ts';
import { openContact, openIdentity, openProfile } from '../account/account.ts';

/** What the form needs to know of a document without its number: which fields it asks for, and what it says itself. */
const said = ({ type, birthDate, sex, region }: DocumentNumber) => ({
  documentType: type,
  birthDate,
  sex,
  region,
});

/** T-PRO-01 to 04: 个人身份信息, masked as in the seed. */
export async function viewProfile(ctx: Ctx, { account, attested, level }: SignedIn) {
  const [identity, contact, profile] = await Promise.all([
    openIdentity(ctx, account),
    openContact(ctx, account),
    openProfile(ctx, account),
  ]);
  return {
    ...said(identity),
    maskedNumber: maskNumber(identity.number),
    maskedName: maskName(identity.name),
    validity: identity.validity,
    maskedMobile: maskMobile(contact.mobile),
    maskedEmail: maskEmail(contact.email),
    level,
    proved: provedOf(attested),
    fields: documentOf(identity.type).profileFields,
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
    openIdentity(ctx, account),
    openContact(ctx, account),
    openProfile(ctx, account),
  ]);
  await commit(ctx.db, [record(ctx, 'profile.revealed', account.id)]);
  return {
    number: identity.number,
    name: identity.name,
    mobile: contact.mobile,
    email: contact.email,
    localDocumentNumber: profile?.localDocumentNumber ?? null,
    travelPermitNumber: profile?.travelPermitNumber ?? null,
  };
}
