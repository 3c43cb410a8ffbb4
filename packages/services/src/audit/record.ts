import { accountTable, auditTable, caseTable, handoverTable, compiledStatement } from '@shiming/db';
import type { AuditAction } from '@shiming/domain';
import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/** What can be in an audit row beside who and when: facts that name nobody. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null>> & {
  /** What `case` was called in rows of former times. */
  review?: never;
};

/** Who acts, as the audit names them. */
export function actorName(ctx: Pick<Ctx, 'actor'>): string {
  switch (ctx.actor.type) {
    case 'anonymous':
      return 'anonymous';
    case 'applicant':
      return `applicant:${ctx.actor.accountId}`;
    case 'staff':
      return `staff:${ctx.actor.staffId}`;
    case 'system':
      return `system:${ctx.actor.job}`;
  }
}

/** A statement that records an action; it stands in the same batch as the change it records. */
export function record(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'actor' | 'requestId'>,
  action: AuditAction,
  accountId: string | null,
  facts: AuditFacts = {},
) {
  return insertRow(ctx.db, rowFor(ctx, action, accountId, facts));
}

const rowFor = (
  ctx: Parameters<typeof record>[0],
  action: AuditAction,
  accountId: string | null,
  facts: AuditFacts,
) => ({
  id: ctx.crypto.randomToken(12),
  atMs: ctx.now(),
  actor: actorName(ctx),
  action,
  accountId,
  requestId: ctx.requestId,
  facts: JSON.stringify(facts),
});

const insertRow = compiledStatement((db) =>
  db.insert(auditTable).values({
    id: sql.placeholder('id'),
    atMs: sql.placeholder('atMs'),
    actor: sql.placeholder('actor'),
    action: sql.placeholder('action'),
    accountId: sql.placeholder('accountId'),
    requestId: sql.placeholder('requestId'),
    facts: sql.placeholder('facts'),
  }),
);

/** The same for an action on several accounts, in one statement. Their ids begin alike, so that the rows stand side by side in the index. */
export function recordEach(
  ctx: Parameters<typeof record>[0],
  action: AuditAction,
  each: readonly { accountId: string | null; facts: AuditFacts }[],
) {
  const batch = ctx.crypto.randomToken(6);
  return ctx.db.insert(auditTable).values(
    each.map(({ accountId, facts }) => ({
      ...rowFor(ctx, action, accountId, facts),
      id: `${batch}${ctx.crypto.randomToken(6)}`,
    })),
  );
}

/** The values of a row of which account and facts, and what tells it from others, are what the statement finds. */
const rowOf = (
  ctx: Parameters<typeof record>[0],
  action: AuditAction,
  found: { id?: SQL; accountId: SQLWrapper; facts: SQL },
) =>
  sql`${ctx.crypto.randomToken(12)}${found.id ?? sql``}, ${ctx.now()}, ${actorName(ctx)}, ${action}, ${found.accountId}, ${ctx.requestId}, ${found.facts}, null`;

/** The same for the one account of which `where` holds, and nothing where it holds of none. */
export function recordWhere(
  ctx: Parameters<typeof record>[0],
  action: AuditAction,
  where: SQL | undefined,
  facts: AuditFacts = {},
) {
  const row = rowOf(ctx, action, {
    accountId: accountTable.id,
    facts: sql`${JSON.stringify(facts)}`,
  });
  return ctx.db
    .insert(auditTable)
    .select(sql`select ${row} from ${accountTable} where ${where} limit 1`);
}

/** The same for every case of which `where` holds. */
export function recordCasesWhere(
  ctx: Parameters<typeof record>[0],
  action: AuditAction,
  where: SQL | undefined,
) {
  const { id, accountId, stage } = caseTable;
  const role = ctx.actor.type === 'staff' ? ctx.actor.role : null;
  const facts = sql`json_object('case', ${id}, 'stage', ${stage}, 'role', ${role})`;
  const row = rowOf(ctx, action, { id: sql` || '-' || ${id}`, accountId, facts });
  return ctx.db.insert(auditTable).select(sql`select ${row} from ${caseTable} where ${where}`);
}

/** The same for every first password of which `where` holds. */
export function recordHandoversWhere(
  ctx: Parameters<typeof record>[0],
  action: AuditAction,
  where: SQL | undefined,
) {
  const { id, scope } = handoverTable;
  const facts = sql`json_object('handover', ${id}, 'scope', ${scope})`;
  const row = rowOf(ctx, action, { id: sql` || '-' || ${id}`, accountId: sql`null`, facts });
  return ctx.db.insert(auditTable).select(sql`select ${row} from ${handoverTable} where ${where}`);
}

/** The case that a row of the audit is about; `null` where it is about none. Rows of former times call it a review. */
export const auditedCase = sql<
  string | null
>`coalesce(${auditTable.facts} ->> 'case', ${auditTable.facts} ->> 'review')`;
