import { faceCheckTable } from '@shiming/db';
import {
  type Contact,
  type ContactKind,
  contactIdentifiers,
  maskEmail,
  maskMobile,
} from '@shiming/domain';
import type { BatchResponse } from 'drizzle-orm/batch';
import { identifierQuery } from '../account/identifiers.ts';
import { isProvedOf, openContact } from '../account/account.ts';
import { type CodeView, codesLeft, standingCode, viewCode } from '../challenge/standing.ts';
import type { Ctx } from '../context.ts';
import { isShown } from '../face/shown.ts';
import { newestScene, viewScene } from '../wechat/scene.ts';
import { type Recovery, recoveryCode } from './begun.ts';
import { codesToUserName } from './send-code-quietly.ts';

/** Statements that read what stands beside a recovery, for the batch that changes it. */
export async function besideRecovery(ctx: Ctx, { id, ...of }: Recovery) {
  const counted = of.userName ?? {
    kind: 'mobile' as const,
    value: (await openContact(ctx, of.account)).mobile,
  };
  return [
    ...(await codesToUserName(ctx, counted)),
    standingCode(ctx, recoveryCode(id)),
    // One that began with a user name shows nothing of the account.
    identifierQuery(ctx, of.userName === null ? of.account.id : '', 'wechat'),
    newestScene(ctx, 'recovery', id),
    ctx.db
      .select({ id: faceCheckTable.id })
      .from(faceCheckTable)
      .where(isShown(ctx, { accountId: of.account?.id ?? '', about: id, purpose: 'recover' })),
  ] as const;
}

/** Whether a code by mail is a proof at a portal, for a person who has given the facts of a document. */
export const takesMailCode = ({ portal }: Pick<Ctx, 'portal'>): boolean =>
  portal.flows.find_user_name !== undefined;

export type RecoveryRows = BatchResponse<Awaited<ReturnType<typeof besideRecovery>>>;

/**
 * T-PWD-03, T-PWD-04: where a recovery stands, with the masked contacts, whether there is a WeChat, and what is on its
 * way. `sent` is what the sending of a code has come to, which the rows were read before.
 */
export async function viewRecovery(
  ctx: Ctx,
  { id, ...of }: Recovery,
  [[today], [code], [bound], [scene], [face]]: RecoveryRows,
  sent?: { code: CodeView | null; remainingToday: number },
) {
  const { kind = 'mobile', value } = of.userName ?? {};
  const contact: Partial<Contact> =
    of.userName === null ? await openContact(ctx, of.account) : { [kind]: value };
  const isProved: Partial<Record<ContactKind, boolean>> =
    of.userName === null ? isProvedOf(of.account) : { [kind]: true };
  const { mobile = '', email = '' } = contact;
  const rule = contactIdentifiers[kind].codeRule(ctx.portal);
  return {
    /** What a page that shows this says with each step. */
    drawnFrom: id,
    /** The kind of contact that was typed as the user name; `null` where it began with a document. */
    userNameKind: of.userName === null ? null : kind,
    maskedMobile: mobile && maskMobile(mobile),
    maskedEmail: email && maskEmail(email),
    /** A contact that nobody has proved gets no code (T-REG-13a). */
    isMobileProved: isProved.mobile === true,
    /** Elsewhere a link is sent or not for the same answer. */
    getsMailCode: takesMailCode(ctx) && isProved.email === true,
    hasWeChat: bound !== undefined,
    /** E-PWD-01: the face was shown, and resets the password once. */
    isProvedByFace: face !== undefined,
    scene: viewScene(scene),
    code: viewCode(code, rule),
    remainingToday: codesLeft(today, rule),
    ...sent,
  };
}

export type RecoveryView = Awaited<ReturnType<typeof viewRecovery>>;
