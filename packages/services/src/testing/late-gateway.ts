import type { Sms } from '@shiming/domain';
import type { SmsResult } from '@shiming/providers';
import type { Ctx } from '../context.ts';
import { moment } from './refusals.ts';

/** The same request with an SMS gateway that sends a code, and says only when `refuse` is called that it did not. */
export function withLateGateway<C extends Ctx>(ctx: C) {
  const asked = moment();
  const answer = moment<SmsResult>();
  const send = async (sms: Sms) => {
    await ctx.sms.send(sms);
    asked.come();
    return answer.wait;
  };
  return {
    ctx: { ...ctx, sms: { send } },
    asked: asked.wait,
    refuse: () =>
      answer.come({ outcome: 'refused', vendor: 'aliyun', vendorCode: 'x', vendorMessageId: null }),
  };
}
