import { caseDecisionTable, caseTable, staffTable } from '@shiming/db';
import { caseKinds, stagesOf, staffRoles } from '@shiming/domain';
import { numberIndexOf } from '../account/identifiers.ts';
import { and, eq, isNull, sql } from 'drizzle-orm';

const request = caseTable;

/** That a role decides a case of this kind in this stage, the roles that decide most first. */
const decides = sql.join(
  staffRoles
    .map((role) => ({
      role,
      places: caseKinds.flatMap((kind) => stagesOf(role, kind).map((stage) => `${kind}.${stage}`)),
    }))
    .filter(({ places }) => places.length > 0)
    .toSorted((one, other) => other.places.length - one.places.length)
    .map(
      ({ role, places }) =>
        sql`("other"."role" = ${role} and ${request.kind} || '.' || ${request.stage} in ${places})`,
    ),
  sql` or `,
);

/**
 * Whether nobody of the staff may decide a case: all of the role have decided in this round, or it is their own. Until
 * somebody else joins, a senior gives it to somebody (`assignCase`), or its person ends it, once it is overdue.
 */
export const isStuck = sql<boolean>`(${request.status} = 'waiting' and not exists (
  select 1 from ${staffTable} as "assigned"
  where "assigned"."id" = ${request.assignedToId} and "assigned"."status" = 'active'
) and not exists (
  select 1 from ${staffTable} as "other"
  where "other"."status" = 'active' and "other"."number_index" is not null
    and (${decides}) and "other"."scope" is ${request.scope}
    and "other"."number_index" <> coalesce(${request.numberIndex}, '')
    and "other"."number_index" <> ${numberIndexOf(request.accountId)}
    and "other"."number_index" not in (
      select coalesce("decider"."number_index", "decider"."id") from ${caseDecisionTable}
      inner join ${staffTable} as "decider" on "decider"."id" = ${caseDecisionTable.reviewerId}
      where ${and(
        eq(caseDecisionTable.caseId, request.id),
        eq(caseDecisionTable.round, request.round),
        isNull(caseDecisionTable.undoneAtMs),
      )})))`.mapWith(Boolean);
