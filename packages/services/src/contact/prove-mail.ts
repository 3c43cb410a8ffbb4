import { type Batch, commit } from '@shiming/db';
import { AppError, maskEmail } from '@shiming/domain';
import { openContact, isProvedOf } from '../account/account.ts';
import { changeAccount } from '../account/change.ts';
import { identifierQuery } from '../account/identifiers.ts';
import { mailProofLink, mailProofStatements } from '../account/mail-proof.ts';
import { commitClaims, newClaim } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import { record } from '../audit/record.ts';
import { findAccountLink } from '../account/account-link.ts';
import { spend } from '../challenge/challenge.ts';
import { perContact } from '../codes/send-sms-code.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { notice } from '../notice/notify.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { contactHash, subjectHash } from '../vault/vault.ts';

type Holder = { accountId: string; email: string };

/** Mails to one mailbox are counted together, whichever accounts name it: it may be a stranger's. */
async function send(ctx: Ctx, { accountId, email }: Holder, guards: readonly Batch[number][]) {
  const mailbox = await contactHash(ctx, 'email', email);
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  await commitClaims(
    ctx,
    [
      newClaim(ctx, 'mail.proof', mailbox, perContact(ctx.portal.mailProof)),
      newClaim(ctx, 'mail.address', address, [perAddress]),
    ],
    [...(await mailProofStatements(ctx, accountId, email)), ...guards],
  );
}

/** Sends the first one, after a registration. A mailbox that has had enough gets none, and the person asks later. */
export async function sendFirstMailProof(ctx: Ctx, holder: Holder): Promise<void> {
  try {
    await send(ctx, holder, []);
    await deliverWaiting(ctx);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/**
 * T-REG-13a: sends the mail that proves the address of an account; the link before it is void.
 *
 * @throws AppError request.stale where there is nothing to prove, code.too_soon, code.day_limit, request.too_many
 */
export async function sendMailProof(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  const { account } = signedIn;
  const { email } = await openContact(ctx, account);
  refuseUnless(email !== '' && !isProvedOf(account).email, { code: 'request.stale' });
  await send(ctx, { accountId: account.id, email }, [guardSignedIn(ctx, signedIn)]);
  ctx.defer(() => deliverWaiting(ctx));
}

/**
 * Which address a link proves, masked. It spends nothing, so a scanner that opens it costs nothing.
 *
 * @throws AppError link.used, link.expired
 */
export async function openMailProof(
  ctx: Ctx,
  input: { link: string },
): Promise<{ maskedEmail: string }> {
  const { account } = await findAccountLink(ctx, mailProofLink, input.link);
  return { maskedEmail: maskEmail((await openContact(ctx, account)).email) };
}

/** Statements that spend the link and give the account its address again, proved, or take it off. */
async function settle(ctx: Ctx, input: { link: string }, isTheirs: boolean) {
  const { challengeId, account } = await findAccountLink(ctx, mailProofLink, input.link);
  const { email } = await openContact(ctx, account);
  const nowMs = ctx.now();
  await commit(ctx.db, [
    ...spend(ctx.db, challengeId, nowMs, { code: 'link.used', for: 'email.proof' }),
    ...(await changeAccount(ctx, account, {
      contact: { email: isTheirs ? { value: email, provedAtMs: nowMs } : null },
    })),
    ...(isTheirs
      ? [record(ctx, 'contact.proved', account.id, { kind: 'email' })]
      : [
          ...notice(ctx, account.id, 'email_disowned', { contact: maskEmail(email) }),
          record(ctx, 'contact.disowned', account.id, { kind: 'email' }),
        ]),
  ]);
}

/** The holder of the mailbox says that the account is theirs. @throws AppError link.used, link.expired, request.stale */
export const proveMail = (ctx: Ctx, input: { link: string }): Promise<void> =>
  settle(ctx, input, true);

/**
 * The holder of the mailbox says that the account is not theirs: the address is taken off it. Saying so again changes nothing.
 *
 * @throws AppError link.used, link.expired, request.stale
 */
export async function disownMail(ctx: Ctx, input: { link: string }): Promise<void> {
  try {
    await settle(ctx, input, false);
  } catch (error) {
    if (!(error instanceof AppError) || error.data.code !== 'link.used') throw error;
    const [accountId = ''] = input.link.split('.');
    const [has] = await identifierQuery(ctx, accountId, 'email');
    if (has !== undefined) throw error;
  }
}
