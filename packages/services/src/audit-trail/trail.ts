import { auditTable, commit, staffTable } from '@shiming/db';
import {
  auditExportPageSize,
  auditPageSize,
  type AuditQuery,
  instantsOf,
  parseAuditDays,
  type StaffRole,
} from '@shiming/domain';
import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { openStaffPerson } from '../staff/person.ts';
import { type ChainPart, verifyPart } from '../audit/chain.ts';
import { type AuditFacts, record } from '../audit/record.ts';

/** How many rows a filter without an index of its own looks through for one page. */
const scanned = 2_000;
/** More than the staff of any portal. */
const staffShown = 500;

export type AuditEntry = {
  id: string;
  atMs: number;
  /** Kind and id; of a member of staff also the name. */
  actor: { kind: string; id: string; name: string | null };
  action: string;
  accountId: string | null;
  requestId: string;
  facts: AuditFacts;
  /** The block that seals it; `null` until it is sealed. */
  block: number | null;
};

const shapes = {
  accountId: /^[\w-]{0,40}$/,
  actor: /^(?:|anonymous|(?:staff|applicant|system)(?::[\w-]{1,40})?)$/,
  action: /^(?:|[a-z_]{1,40}(?:\.[a-z_]{1,40})?)$/,
  cursor: /^(?:|\d{1,15}\.[\w-]{1,40})$/,
} as const;

/** Everything that begins with `prefix` and a separator, in the order of texts. */
const isOf = (
  column: typeof auditTable.actor | typeof auditTable.action,
  prefix: string,
  separator: string,
) =>
  sql`${column} >= ${prefix + separator} and ${column} < ${prefix + String.fromCharCode(separator.charCodeAt(0) + 1)}`;

function filtersOf({ actor, action }: AuditQuery): SQL[] {
  return [
    ...(actor === ''
      ? []
      : [
          actor === 'anonymous' || actor.includes(':')
            ? eq(auditTable.actor, actor)
            : isOf(auditTable.actor, actor, ':'),
        ]),
    ...(action === ''
      ? []
      : [
          action.includes('.')
            ? eq(auditTable.action, action)
            : isOf(auditTable.action, action, '.'),
        ]),
  ];
}

type AuditPage = { rows: AuditEntry[]; nextCursor: string | null };

/**
 * T-CON-06: a page of the audit, newest first. That it was read, and what was asked for, is recorded in the
 * transaction that reads it. Where few rows pass a filter, a page may be short and still have a `nextCursor`.
 *
 * @throws AppError input.invalid
 */
export const searchAudit = (ctx: Ctx, input: AuditQuery & { cursor: string }): Promise<AuditPage> =>
  pageOf(ctx, input, auditPageSize, 'audit.viewed');

/**
 * The same for a file: a longer page, and a record that says that it left the console.
 *
 * @throws AppError input.invalid
 */
export const exportAudit = (ctx: Ctx, input: AuditQuery & { cursor: string }): Promise<AuditPage> =>
  pageOf(ctx, input, auditExportPageSize, 'audit.exported');

async function pageOf(
  ctx: Ctx,
  input: AuditQuery & { cursor: string },
  pageSize: number,
  asWhat: 'audit.viewed' | 'audit.exported',
): Promise<AuditPage> {
  for (const name of ['accountId', 'actor', 'action', 'cursor'] as const) {
    refuseUnless(shapes[name].test(input[name]), {
      code: 'input.invalid',
      fields: { [name]: 'input.shape' },
    });
  }
  const days = accepted(parseAuditDays(input), 'from');
  const { db } = ctx;
  const { accountId, actor, action, from, to, cursor } = input;
  const instants = days && instantsOf(days);
  const [cursorAt = '', cursorId = ''] = cursor.split('.');
  const place = sql`(${auditTable.atMs}, ${auditTable.id})`;
  const filters = filtersOf(input);
  const limit = filters.length === 0 ? pageSize + 1 : scanned;
  const order = [desc(auditTable.atMs), desc(auditTable.id)];
  const window = db
    .select({ id: auditTable.id })
    .from(auditTable)
    .where(
      and(
        accountId === '' ? undefined : eq(auditTable.accountId, accountId),
        instants === null ? undefined : gte(auditTable.atMs, instants.fromMs),
        instants === null ? undefined : lt(auditTable.atMs, instants.untilMs),
        cursor === '' ? undefined : sql`${place} < (${Number(cursorAt)}, ${cursorId})`,
      ),
    )
    .orderBy(...order);
  const [found, [end]] = await commit(db, [
    db
      .select({ row: auditTable, member: staffTable })
      .from(auditTable)
      .leftJoin(staffTable, eq(staffTable.id, sql`substr(${auditTable.actor}, 7)`))
      .where(and(inArray(auditTable.id, window.limit(limit)), ...filters))
      .orderBy(...order)
      .limit(pageSize + 1),
    // Where the look through a filter ended.
    db
      .select({ atMs: auditTable.atMs, id: auditTable.id })
      .from(auditTable)
      .where(
        inArray(
          auditTable.id,
          sql`(select "id" from (${window.limit(limit)}) limit 1 offset ${limit - 1})`,
        ),
      ),
    record(ctx, asWhat, accountId === '' ? null : accountId, {
      actor,
      action,
      from,
      to,
      cursor,
    }),
  ]);
  const rows = found.slice(0, pageSize);
  const last = found.length > pageSize ? rows.at(-1)?.row : filters.length === 0 ? undefined : end;
  return {
    rows: await Promise.all(
      rows.map(async ({ row, member }): Promise<AuditEntry> => {
        const [kind = '', id = ''] = row.actor.split(':');
        return {
          id: row.id,
          atMs: row.atMs,
          actor: {
            kind,
            id,
            name:
              kind === 'staff' && member !== null
                ? (await openStaffPerson(ctx, member)).name
                : null,
          },
          action: row.action,
          accountId: row.accountId,
          requestId: row.requestId,
          facts: JSON.parse(row.facts) as AuditFacts,
          block: row.block,
        };
      }),
    ),
    nextCursor: last === undefined ? null : `${last.atMs}.${last.id}`,
  };
}

/** Whom of the staff the audit can be searched for. */
export async function listAuditStaff(
  ctx: Ctx,
): Promise<{ staffId: string; name: string; role: StaffRole }[]> {
  const members = await ctx.db
    .select({ id: staffTable.id, personSealed: staffTable.personSealed, role: staffTable.role })
    .from(staffTable)
    .orderBy(asc(staffTable.loginName))
    .limit(staffShown);
  return Promise.all(
    members.map(async (member) => ({
      staffId: member.id,
      name: (await openStaffPerson(ctx, member)).name,
      role: member.role,
    })),
  );
}

/**
 * Recomputes a part of the chain, from `fromBlock` on (0: from the first one that is kept), and says where the next
 * part begins. Each part is recorded.
 */
export async function checkAudit(
  ctx: Ctx,
  { fromBlock }: { fromBlock: number },
): Promise<ChainPart> {
  const part = await verifyPart(ctx, fromBlock);
  const { toBlock, broken } = part;
  await commit(ctx.db, [
    record(ctx, 'audit.checked', null, { fromBlock, toBlock, broken: broken?.block ?? null }),
  ]);
  return part;
}
