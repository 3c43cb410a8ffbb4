import { commit } from '@shiming/db';
import {
  AppError,
  appErrorIn,
  parsePasswordAnswers,
  type PasswordAnswers,
  personOf,
} from '@shiming/domain';
import { isCommonPassword } from '@shiming/domain/common-passwords';
import { changeAccount } from '../account/change.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { notify } from '../notice/notify.ts';
import { findIdentity, openContact } from '../account/account.ts';
import { tryPassword } from '../proof/try-password.ts';
import { endSessions, replaceSession, type SignedIn } from '../session/session.ts';
import { hashNewPassword } from './new-password.ts';
import { endPending } from '../account/secure.ts';

/**
 * T-PRO-05: a new password, after proof by the current one. Every other session ends and everything that was on
 * its way, and this one gets a new secret; the holder gets a mail. The try is claimed before the current password is looked at, and given back when it was right.
 *
 * @returns the session's new cookie
 * @throws AppError input.invalid, login.locked, request.stale, request.too_many
 */
export async function changePassword(
  ctx: Ctx,
  signedIn: SignedIn,
  input: PasswordAnswers & { current: string },
): Promise<{ sessionToken: string }> {
  const { account, sessionId } = signedIn;
  const [identity, contact] = await Promise.all([
    findIdentity(ctx, account),
    openContact(ctx, account),
  ]);
  const parsed = parsePasswordAnswers(input, personOf(identity, contact));
  if (!parsed.ok || input.current === '') {
    const fields = parsed.ok ? {} : parsed.fields;
    throw new AppError({
      code: 'input.invalid',
      fields: input.current === '' ? { current: 'password.missing', ...fields } : fields,
    });
  }
  refuseUnless(!isCommonPassword(input.password), {
    code: 'input.invalid',
    fields: { password: 'password.common' },
  });
  refuseUnless(input.password !== input.current, {
    code: 'input.invalid',
    fields: { password: 'password.unchanged' },
  });

  const { isRight, giveBack } = await tryPassword(ctx, account, input.current);
  refuseUnless(isRight, { code: 'input.invalid', fields: { current: 'password.wrong' } });

  try {
    const passwordHash = await hashNewPassword(
      ctx,
      account.id,
      input.password,
      account.formerPasswordHashes,
    );
    const session = await replaceSession(ctx, signedIn);
    await commit(ctx.db, [
      ...(await changeAccount(ctx, account, { passwordHash })),
      ...endSessions(ctx, account.id, { except: sessionId }),
      session.statement,
      ...endPending(ctx, account.id),
      giveBack,
      ...(await notify(ctx, account, 'password_changed')),
      record(ctx, 'login.password_changed', account.id),
    ]);
    return { sessionToken: session.token };
  } catch (error) {
    // The current password was right: only wrong ones count.
    if (appErrorIn(error)?.data.code === 'input.invalid') await giveBack;
    throw error;
  }
}
