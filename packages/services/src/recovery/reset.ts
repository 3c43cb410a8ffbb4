import {
  type Answers,
  type PasswordAnswers,
  parsePasswordAnswers,
  personOf,
  type UserNameContact,
} from '@shiming/domain';
import { isCommonPassword } from '@shiming/domain/common-passwords';
import { requireActive } from '../account/status.ts';
import { changeAccount } from '../account/change.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx } from '../context.ts';
import { deviceMark } from '../login/device-mark.ts';
import { hashNewPassword } from '../login/new-password.ts';
import { endPending } from '../account/secure.ts';
import { notice, notify } from '../notice/notify.ts';
import {
  type Account,
  findIdentity,
  identifierOf,
  openContact,
  openIdentity,
} from '../account/account.ts';
import { removeIdentifier } from '../account/identifiers.ts';
import { endHeldSession, endSessions } from '../session/session.ts';

/** A new password, as far as it can be refused to somebody who has proved nothing yet. */
export function parseNewPassword(typed: PasswordAnswers): Answers<{ password: string }> {
  const parsed = parsePasswordAnswers(typed, {});
  return parsed.ok && isCommonPassword(parsed.value.password)
    ? { ok: false, fields: { password: 'password.common' } }
    : parsed;
}

/**
 * That it is made from the person's own data is said only after the proof: it would tell a stranger about the person.
 *
 * @throws AppError input.invalid
 */
export async function refusePersonal(
  ctx: Ctx,
  account: Account,
  typed: PasswordAnswers,
): Promise<void> {
  const [identity, contact] = await Promise.all([
    findIdentity(ctx, account),
    openContact(ctx, account),
  ]);
  accepted(parsePasswordAnswers(typed, personOf(identity, contact)));
}

/**
 * The mark of the browser in which a password was reset: its holder has proved a contact of the account, so it is no
 * stranger at sign-in, however many strangers have failed there. A mark is of the name that is signed in with: the user name
 * that the recovery began with, or else the number.
 */
export const markAfterReset = async (
  ctx: Ctx,
  account: Account,
  userName: UserNameContact | null = null,
): Promise<string> => deviceMark(ctx, userName?.value ?? (await openIdentity(ctx, account)).number);

/**
 * Statements of a reset: the new password; every session of the account ends, and every recovery of it that is
 * on its way, with its codes and links; the holder gets a mail. Whoever knew the former password may have linked an account
 * of the ministry, so that link ends too. Of two resets at once, one wins.
 */
export async function resetStatements(ctx: Ctx, account: Account, password: string) {
  requireActive(account);
  const { formerPasswordHashes } = account;
  const isLinked = identifierOf(account, 'ministry') !== undefined;
  const passwordHash = await hashNewPassword(ctx, account.id, password, formerPasswordHashes);
  return [
    ...(await changeAccount(ctx, account, { passwordHash })),
    ...endSessions(ctx, account.id),
    ...(await endHeldSession(ctx)),
    ...endPending(ctx, account.id),
    ...removeIdentifier(ctx, account.id, 'ministry'),
    ...(isLinked
      ? [
          ...notice(ctx, account.id, 'ministry_unlinked'),
          record(ctx, 'ministry.unlinked', account.id),
        ]
      : []),
    ...(await notify(ctx, account, 'password_reset')),
    record(ctx, 'recovery.password_reset', account.id),
  ] as const;
}
