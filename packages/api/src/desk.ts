import {
  type AppErrorCode,
  AssignInput,
  CaseInput,
  DecideClaimInput,
  DecideInput,
  QueueInput,
  ReopenInput,
  SearchCasesInput,
} from '@shiming/domain';
import { assignCase } from '@shiming/services/desk/assign';
import { viewCase } from '@shiming/services/desk/case';
import { decideClaimCase, revealClaimCase, viewClaimCase } from '@shiming/services/desk/claim';
import { viewQueueCounts } from '@shiming/services/desk/counts';
import { decideCase, undoDecision } from '@shiming/services/desk/decide';
import { keepLease, releaseCase } from '@shiming/services/desk/lease';
import { searchCases, viewQueue } from '@shiming/services/desk/queue';
import { reopenCase } from '@shiming/services/desk/reopen';
import { revealCase } from '@shiming/services/desk/reveal';
import { listReviewers } from '@shiming/services/desk/reviewers';
import { takeCase } from '@shiming/services/desk/take';
import { peekNext, takeNext } from '@shiming/services/desk/take-next';
import { router, staffProcedure } from './trpc.ts';

const reviewer = staffProcedure('review.decide');
const senior = staffProcedure('review.decide_disagreement');

const staffErrors = ['staff.session_required', 'staff.forbidden'] as const;
/** What moves a case takes a person whose number is on record. */
const actErrors = [...staffErrors, 'staff.number_required'] as const;
const whose = ['request.not_found', 'desk.own_case'] as const;
const caseErrors: readonly AppErrorCode[] = [...staffErrors, ...whose];
const caseActErrors: readonly AppErrorCode[] = [...actErrors, ...whose];
const sightErrors: readonly AppErrorCode[] = [
  ...caseErrors,
  'desk.consent_withdrawn',
  'desk.held',
  'desk.not_holder',
  'desk.closed',
];

/** The reviewer's desk. Photos are no JSON and go their own way: see photos.ts. */
export const deskRouter = router({
  /** S-DUP-03: claims on a document number. */
  claim: reviewer
    .meta({
      roundTrips: 5,
      errors: sightErrors,
    })
    .input(CaseInput)
    .query(({ ctx, input }) => viewClaimCase(ctx.ctx, ctx.staff, input)),
  revealClaim: reviewer
    .meta({
      roundTrips: 5,
      errors: sightErrors,
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => revealClaimCase(ctx.ctx, ctx.staff, input)),
  decideClaim: reviewer
    .meta({
      roundTrips: 7,
      errors: [
        ...caseActErrors,
        'desk.consent_withdrawn',
        'desk.not_holder',
        'desk.look_required',
        'desk.closed',
        'number_claim.objection_open',
        'request.stale',
      ],
    })
    .input(DecideClaimInput)
    .mutation(({ ctx, input }) => decideClaimCase(ctx.ctx, ctx.staff, input)),
  queue: reviewer
    .meta({ roundTrips: 2, errors: staffErrors })
    .input(QueueInput)
    .query(({ ctx, input }) => viewQueue(ctx.ctx, ctx.staff, input)),
  counts: reviewer
    .meta({ roundTrips: 2, errors: staffErrors })
    .query(({ ctx }) => viewQueueCounts(ctx.ctx, ctx.staff)),
  reviewers: reviewer
    .meta({ roundTrips: 2, errors: staffErrors })
    .query(({ ctx }) => listReviewers(ctx.ctx)),
  /** Not a query: what is searched for is personal, and would stand in the URL. */
  search: reviewer
    .meta({
      roundTrips: 3,
      errors: staffErrors,
    })
    .input(SearchCasesInput)
    .mutation(({ ctx, input }) => searchCases(ctx.ctx, ctx.staff, input)),
  takeNext: reviewer
    .meta({ roundTrips: 2, errors: [...actErrors, 'desk.too_many'] })
    .mutation(({ ctx }) => takeNext(ctx.ctx, ctx.staff)),
  peekNext: reviewer
    .meta({ roundTrips: 2, errors: actErrors })
    .mutation(({ ctx }) => peekNext(ctx.ctx, ctx.staff)),
  take: reviewer
    .meta({
      roundTrips: 5,
      errors: [
        ...caseActErrors,
        'desk.consent_withdrawn',
        'desk.held',
        'desk.same_person',
        'desk.closed',
        'desk.too_many',
      ],
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => takeCase(ctx.ctx, ctx.staff, input)),
  heartbeat: reviewer
    .meta({ roundTrips: 2, errors: [...staffErrors, 'desk.not_holder'] })
    .input(CaseInput)
    .mutation(({ ctx, input }) => keepLease(ctx.ctx, ctx.staff, input)),
  release: reviewer
    .meta({ roundTrips: 2, errors: [...staffErrors, 'desk.not_holder'] })
    .input(CaseInput)
    .mutation(({ ctx, input }) => releaseCase(ctx.ctx, ctx.staff, input)),
  case: reviewer
    .meta({
      roundTrips: 3,
      errors: sightErrors,
    })
    .input(CaseInput)
    .query(({ ctx, input }) => viewCase(ctx.ctx, ctx.staff, input)),
  reveal: reviewer
    .meta({
      roundTrips: 3,
      errors: sightErrors,
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => revealCase(ctx.ctx, ctx.staff, input)),
  decide: reviewer
    .meta({
      roundTrips: 5,
      errors: [
        ...caseActErrors,
        'desk.consent_withdrawn',
        'desk.not_holder',
        'desk.closed',
        'desk.look_required',
        'request.stale',
      ],
    })
    .input(DecideInput)
    .mutation(({ ctx, input }) => decideCase(ctx.ctx, ctx.staff, input)),
  undo: reviewer
    .meta({
      roundTrips: 5,
      errors: [...caseActErrors, 'desk.not_holder', 'desk.closed', 'desk.too_many'],
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => undoDecision(ctx.ctx, ctx.staff, input)),
  assign: senior
    .meta({
      roundTrips: 7,
      errors: [
        ...caseActErrors,
        'staff.proof_required',
        'desk.held',
        'desk.closed',
        'desk.not_stuck',
        'desk.cannot_assign',
      ],
    })
    .input(AssignInput)
    .mutation(({ ctx, input }) => assignCase(ctx.ctx, ctx.staff, input)),
  reopen: senior
    .meta({
      roundTrips: 5,
      errors: [...caseActErrors, 'staff.proof_required', 'desk.closed', 'review.open'],
    })
    .input(ReopenInput)
    .mutation(({ ctx, input }) => reopenCase(ctx.ctx, ctx.staff, input)),
});
