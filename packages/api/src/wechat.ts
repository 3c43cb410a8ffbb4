import { BindWeChatInput } from '@shiming/domain';
import { beginBinding } from '@shiming/services/wechat/begin-binding';
import { bindWeChat } from '@shiming/services/wechat/bind';
import { currentWeChat } from '@shiming/services/wechat/current';
import { unbindWeChat } from '@shiming/services/wechat/unbind';
import { router, signedInProcedure } from './trpc.ts';

/** The WeChat that an account can be reset by (T-PRO-06). */
export const wechatRouter = router({
  current: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => currentWeChat(ctx.ctx, ctx.signedIn)),
  begin: signedInProcedure
    .meta({
      at: 'wechat',
      roundTrips: 3,
      errors: ['session.required', 'proof.required', 'request.too_many', 'wechat.unavailable'],
    })
    .mutation(({ ctx }) => beginBinding(ctx.ctx, ctx.signedIn)),
  bind: signedInProcedure
    .meta({
      at: 'wechat',
      roundTrips: 4,
      errors: [
        'session.required',
        'proof.required',
        'code.wrong',
        'code.expired',
        'code.tries_used_up',
        'wechat.bound_elsewhere',
      ],
    })
    .input(BindWeChatInput)
    .mutation(({ ctx, input }) => bindWeChat(ctx.ctx, ctx.signedIn, input)),
  unbind: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required', 'proof.required', 'wechat.not_bound'] })
    .mutation(({ ctx }) => unbindWeChat(ctx.ctx, ctx.signedIn)),
});
