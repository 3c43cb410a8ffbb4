import { CheckAuditInput, FindAccountInput, SearchAuditInput } from '@shiming/domain';
import {
  checkAudit,
  exportAudit,
  listAuditStaff,
  searchAudit,
} from '@shiming/services/audit-trail/trail';
import { findAuditedAccount } from '@shiming/services/help-desk/find';
import { router, staffProcedure } from './trpc.ts';

const door = ['staff.session_required', 'staff.forbidden'] as const;

/** T-CON-06: the audit as the auditor reads it. Looks are mutations, because they are recorded. */
export const auditTrailRouter = router({
  search: staffProcedure('audit.view')
    .meta({ roundTrips: 2, errors: door })
    .input(SearchAuditInput)
    .mutation(({ ctx, input }) => searchAudit(ctx.ctx, input)),
  /** A part of the file of what is searched for; each is recorded. */
  export: staffProcedure('audit.view')
    .meta({ roundTrips: 2, errors: door })
    .input(SearchAuditInput)
    .mutation(({ ctx, input }) => exportAudit(ctx.ctx, input)),
  findAccount: staffProcedure('audit.view')
    .meta({ roundTrips: 3, errors: door })
    .input(FindAccountInput)
    .mutation(({ ctx, input }) => findAuditedAccount(ctx.ctx, input)),
  staff: staffProcedure('audit.view')
    .meta({ roundTrips: 2, errors: door })
    .query(({ ctx }) => listAuditStaff(ctx.ctx)),
  /** A part of the chain; `nextBlock` says where to go on. */
  check: staffProcedure('audit.view')
    .meta({
      roundTrips: 4,
      errors: door,
    })
    .input(CheckAuditInput)
    .mutation(({ ctx, input }) => checkAudit(ctx.ctx, input)),
});
