import { type Batch, commit } from '@shiming/db';
import {
  codeMail,
  contactIdentifiers,
  startOfShanghaiDay,
  type UserNameContact,
} from '@shiming/domain';
import { type Claim, commitClaims, newClaim, usedSince } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import { giveOnly } from '../challenge/challenge.ts';
import { perContact, randomCode } from '../codes/send-sms-code.ts';
import type { Ctx } from '../context.ts';
import { deliver, deliverWaiting, enqueue, enqueueMail } from '../outbox/outbox.ts';
import type { Recipient } from '../outbox/recipient.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { contactHash, subjectHash } from '../vault/vault.ts';
import { recoveryCode } from './begun.ts';
import { mailClaims, mailSubject } from './mail-claims.ts';

/** A statement (in a list of one) that counts the codes of today to a user name, as its claims are counted. */
export async function codesToUserName(ctx: Ctx, { kind, value }: UserNameContact) {
  const contact = await contactHash(ctx, kind, value);
  const subject = kind === 'email' ? await mailSubject(ctx, contact) : contact;
  const { claim } = contactIdentifiers[kind];
  return [usedSince(ctx.db, claim, subject, startOfShanghaiDay(ctx.now()))] as const;
}

async function claimsOf(
  ctx: Ctx,
  { kind, value }: UserNameContact,
  ticket: string,
): Promise<readonly [Claim, ...Claim[]]> {
  const rule = contactIdentifiers[kind].codeRule(ctx.portal);
  const contact = await contactHash(ctx, kind, value);
  const from = await subjectHash(ctx, 'address', ctx.visitor.address);
  if (kind === 'mobile') {
    return [
      newClaim(ctx, 'sms', contact, perContact(rule)),
      newClaim(ctx, 'sms.address', from, [perAddress]),
    ];
  }
  const claims = await mailClaims(ctx, 'mail.code', {
    mailbox: contact,
    knownMark: null,
    ticket,
    rule,
  });
  return [...claims, newClaim(ctx, 'mail.address', from, [perAddress])];
}

/**
 * Sends a code to a user name so that the person who asked for it does not learn whether an account has it: `to` is `null`
 * where none has. The limits, the answer and its time are the same, since the message goes out after the answer; that a
 * gateway did not take it is not shown for the same reason, and another code can be asked for. Returns the rows of `write`,
 * which is read after the code was given.
 *
 * @throws AppError puzzle.ticket_refused, puzzle.work_required, code.too_soon, code.day_limit, request.too_many
 */
export async function sendCodeQuietly(
  ctx: Ctx,
  recoveryId: string,
  userName: UserNameContact,
  {
    to,
    ticket,
    write,
  }: {
    to: { recipient: Recipient; accountId: string } | null;
    ticket: string;
    write: readonly Batch[number][];
  },
): Promise<readonly unknown[]> {
  const { kind } = userName;
  const { digits, validMs, triesPerCode: tries } = contactIdentifiers[kind].codeRule(ctx.portal);
  const expiresAtMs = ctx.now() + validMs;
  const code = randomCode(ctx, digits);
  const claims = await claimsOf(ctx, userName, ticket);
  const [{ id }] = claims;
  const sms = to && { id, mobile: to.recipient, code, validMs };
  const mail = codeMail({ portal: ctx.portal.name, code, minutes: validMs / 60_000 });
  const message: readonly Batch[number][] =
    kind === 'email'
      ? await enqueueMail(
          ctx,
          { ...mail, to: to && to.recipient },
          { as: 'code', accountId: to && to.accountId, expiresAtMs, id },
        )
      : sms === null
        ? []
        : await enqueue(ctx, sms, expiresAtMs);
  const before = [
    ...(await spendTicket(ctx, 'recover', ticket)),
    ...(await giveOnly(ctx, recoveryCode(recoveryId), code, { validMs, tries }, id)),
  ];
  const rows: readonly unknown[] = await commitClaims(ctx, claims, [
    ...before,
    ...write,
    ...message,
  ]);
  ctx.defer(async () => {
    if (kind === 'email') await deliverWaiting(ctx);
    else if (sms !== null) await commit(ctx.db, (await deliver(ctx, sms)).statements);
  });
  return rows.slice(before.length, before.length + write.length);
}
