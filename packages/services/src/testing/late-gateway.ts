import type { SmsResult, VerificationCodeSms } from '@shiming/providers';
import type { Ctx } from '../context.ts';
import { moment } from './refusals.ts';

/** The same request with an SMS gateway that sends a code, and says only when `refuse` is called that it did not. */
export function withLateGateway<C extends Ctx>(ctx: C) {
  const asked = moment();
  const answer = moment<SmsResult>();
  const sendVerificationCode = async (sms: VerificationCodeSms) => {
    await ctx.sms.sendVerificationCode(sms);
    asked.come();
    return answer.wait;
  };
  return {
    ctx: { ...ctx, sms: { ...ctx.sms, sendVerificationCode } },
    asked: asked.wait,
    refuse: () =>
      answer.come({ outcome: 'refused', vendor: 'aliyun', vendorCode: 'x', vendorMessageId: null }),
  };
}
