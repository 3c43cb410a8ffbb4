import { api } from '../api.ts';
import type { Delivery } from '../code/life.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { weChatName } from '../portal.ts';
import { zh } from './send-code.zh.ts';
import type { Notice, useFlow } from './flow.tsx';

const copy = defineCopy(zh, () => import('./send-code.en.ts'));

/**
 * Has a code sent and goes on: to the code where it went out, else back to the contact with what to do.
 * `onSent` is said when it went out.
 */
export async function sendCode(
  flow: ReturnType<typeof useFlow>,
  contact: { email: string; mobile: string },
  ticket: string,
  onSent?: Notice,
): Promise<Delivery> {
  const { email, mobile } = contact;
  const { outcome, registration } = await api.registration.sendCode.mutate({
    email,
    mobile,
    ticket,
  });
  const { remainingToday, code } = registration;
  flow.goOn(
    registration,
    outcome === 'sent'
      ? onSent
      : {
          tone: 'warn',
          said: () => copy()[weChatName() === '' ? 'plain' : 'orWeChat'][outcome](remainingToday),
        },
  );
  return { outcome, remainingToday, code };
}

/** Has a WeChat QR code drawn, in whose chat the code is given (T-REG-13), and goes on to it. */
export async function drawWeChatCode(
  flow: ReturnType<typeof useFlow>,
  contact: { email: string; mobile: string },
  ticket: string,
): Promise<void> {
  const { email, mobile } = contact;
  flow.goOn(await api.registration.sendWeChatCode.mutate({ email, mobile, ticket }));
}
