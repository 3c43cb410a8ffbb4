import {
  type AppErrorCode,
  AssignDisputeInput,
  CaseInput,
  DecideDisputeInput,
  DisputeInput,
  PhotoCheckInput,
  RatePhotoCheckInput,
  ReopenPhotoCheckInput,
  SearchCasesInput,
  WithdrawDisputeInput,
} from '@shiming/domain';
import { undoDecision } from '@shiming/services/desk/decide';
import { keepLease, releaseCase } from '@shiming/services/desk/lease';
import { searchCases, viewQueue } from '@shiming/services/desk/queue';
import { takeCase } from '@shiming/services/desk/take';
import {
  decideDispute,
  revealDispute,
  viewDispute,
  viewDisputeStatistics,
} from '@shiming/services/dispute/dispute';
import { findConfirmed, reopenPhotoCheck } from '@shiming/services/dispute/reopen';
import { assignDispute, viewUnclaimedDisputes } from '@shiming/services/dispute/unclaimed';
import {
  confirmPhotoCheck,
  disputeRecord,
  ratePhotoCheck,
  withdrawDispute,
} from '@shiming/services/photo-check/answer';
import { viewPhotoChecks } from '@shiming/services/photo-check/view';
import { router, signedInProcedure, staffProcedure } from './trpc.ts';

const answerErrors: readonly AppErrorCode[] = [
  'session.required',
  'request.not_found',
  'consent.required',
  'photo_check.closed',
  'photo_check.answered',
  'request.stale',
];

/** 图像校对 (S-REC-02). */
export const photoCheckRouter = router({
  /** `null` where the portal has none. */
  view: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewPhotoChecks(ctx.ctx, ctx.signedIn)),
  confirm: signedInProcedure
    .meta({
      at: 'photo_check',
      roundTrips: 3,
      errors: answerErrors,
    })
    .input(PhotoCheckInput)
    .mutation(({ ctx, input }) => confirmPhotoCheck(ctx.ctx, ctx.signedIn, input)),
  rate: signedInProcedure
    .meta({ at: 'photo_check', roundTrips: 2, errors: ['session.required', 'request.stale'] })
    .input(RatePhotoCheckInput)
    .mutation(({ ctx, input }) => ratePhotoCheck(ctx.ctx, ctx.signedIn, input)),
  dispute: signedInProcedure
    .meta({
      at: 'photo_check',
      roundTrips: 4,
      errors: [...answerErrors, 'photo.refused', 'request.too_many'],
    })
    .input(DisputeInput)
    .mutation(({ ctx, input }) => disputeRecord(ctx.ctx, ctx.signedIn, input)),
  withdraw: signedInProcedure
    .meta({
      at: 'photo_check',
      roundTrips: 3,
      errors: ['session.required', 'request.not_found', 'request.stale'],
    })
    .input(WithdrawDisputeInput)
    .mutation(({ ctx, input }) => withdrawDispute(ctx.ctx, ctx.signedIn, input)),
});

const school = staffProcedure('records.decide');
const door = ['staff.session_required', 'staff.forbidden'] as const;
const act: readonly AppErrorCode[] = [
  ...door,
  'staff.number_required',
  'request.not_found',
  'desk.own_case',
];
const sight: readonly AppErrorCode[] = [
  ...door,
  'request.not_found',
  'desk.own_case',
  'desk.consent_withdrawn',
];

/** The disputes of records, for the staff of a school: their own school's, and no others (S-REC-03). */
export const disputeRouter = router({
  queue: school
    .meta({ roundTrips: 2, errors: door })
    .query(({ ctx }) => viewQueue(ctx.ctx, ctx.staff, { kind: 'record_dispute' })),
  /** Not a query: what is searched for is personal, and would stand in the URL. */
  search: school
    .meta({
      roundTrips: 3,
      errors: door,
    })
    .input(SearchCasesInput)
    .mutation(({ ctx, input: { search } }) =>
      searchCases(ctx.ctx, ctx.staff, { search, kind: 'record_dispute' }),
    ),
  /** Photo checks that were answered with 【正确】, by a document number: what the school can open again. */
  findConfirmed: school
    .meta({
      roundTrips: 3,
      errors: door,
    })
    .input(SearchCasesInput)
    .mutation(({ ctx, input: { search } }) => findConfirmed(ctx.ctx, ctx.staff, { search })),
  reopen: school
    .meta({
      roundTrips: 3,
      errors: [
        ...door,
        'staff.proof_required',
        'staff.number_required',
        'request.not_found',
        'request.stale',
      ],
    })
    .input(ReopenPhotoCheckInput)
    .mutation(({ ctx, input }) => reopenPhotoCheck(ctx.ctx, ctx.staff, input)),
  /** Those that nobody may take, for administrators, who see nothing of the student. */
  unclaimed: staffProcedure('staff.manage')
    .meta({ roundTrips: 2, errors: door })
    .query(({ ctx }) => viewUnclaimedDisputes(ctx.ctx)),
  assign: staffProcedure('staff.manage')
    .meta({
      roundTrips: 3,
      errors: [
        ...door,
        'staff.proof_required',
        'staff.number_required',
        'request.not_found',
        'request.stale',
        'desk.not_stuck',
        'desk.cannot_assign',
      ],
    })
    .input(AssignDisputeInput)
    .mutation(({ ctx, input }) => assignDispute(ctx.ctx, ctx.staff, input)),
  statistics: school
    .meta({ roundTrips: 2, errors: door })
    .query(({ ctx }) => viewDisputeStatistics(ctx.ctx, ctx.staff)),
  take: school
    .meta({
      roundTrips: 5,
      errors: [...act, 'desk.consent_withdrawn', 'desk.held', 'desk.closed', 'desk.too_many'],
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => takeCase(ctx.ctx, ctx.staff, input)),
  heartbeat: school
    .meta({ roundTrips: 2, errors: [...door, 'desk.not_holder'] })
    .input(CaseInput)
    .mutation(({ ctx, input }) => keepLease(ctx.ctx, ctx.staff, input)),
  release: school
    .meta({ roundTrips: 2, errors: [...door, 'desk.not_holder'] })
    .input(CaseInput)
    .mutation(({ ctx, input }) => releaseCase(ctx.ctx, ctx.staff, input)),
  view: school
    .meta({
      roundTrips: 4,
      errors: sight,
    })
    .input(CaseInput)
    .query(({ ctx, input }) => viewDispute(ctx.ctx, ctx.staff, input)),
  reveal: school
    .meta({
      roundTrips: 3,
      errors: sight,
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => revealDispute(ctx.ctx, ctx.staff, input)),
  decide: school
    .meta({
      roundTrips: 5,
      errors: [
        ...act,
        'desk.consent_withdrawn',
        'desk.not_holder',
        'desk.closed',
        'desk.look_required',
        'request.stale',
      ],
    })
    .input(DecideDisputeInput)
    .mutation(({ ctx, input }) => decideDispute(ctx.ctx, ctx.staff, input)),
  undo: school
    .meta({
      roundTrips: 5,
      errors: [...act, 'desk.not_holder', 'desk.closed', 'desk.too_many'],
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => undoDecision(ctx.ctx, ctx.staff, input)),
});
