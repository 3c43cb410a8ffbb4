import { BindRecordsInput, RefreshRecordInput } from '@shiming/domain';
import { refreshRecord } from '@shiming/services/records/ask';
import { bindQualifications } from '@shiming/services/records/bind';
import { viewRecords } from '@shiming/services/records/view';
import { router, signedInProcedure } from './trpc.ts';

/** What the authorities hold of a person (S-REC-01, T-PRO-07). */
export const recordsRouter = router({
  /** `null` where the portal, or its operator, shows none. */
  view: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewRecords(ctx.ctx, ctx.signedIn)),
  refresh: signedInProcedure
    .meta({
      at: 'records',
      roundTrips: 3,
      errors: [
        'session.required',
        'request.not_found',
        'service.not_verified',
        'consent.required',
        'record.in_progress',
        'record.day_limit',
        'request.too_many',
        'request.stale',
      ],
    })
    .input(RefreshRecordInput)
    .mutation(({ ctx, input }) => refreshRecord(ctx.ctx, ctx.signedIn, input)),
  bind: signedInProcedure
    .meta({
      at: 'earlier_qualifications',
      roundTrips: 3,
      errors: ['session.required', 'request.not_found', 'consent.required', 'request.stale'],
    })
    .input(BindRecordsInput)
    .mutation(({ ctx, input }) => bindQualifications(ctx.ctx, ctx.signedIn, input)),
});
