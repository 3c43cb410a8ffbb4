import { auditTable } from '@shiming/db';
import type { Ctx } from '../context.ts';

/** What can be in an audit row beside who and when: facts that name nobody. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null>>;

function actorName(ctx: Pick<Ctx, 'actor'>): string {
  switch (ctx.actor.type) {
    case 'anonymous':
      return 'anonymous';
    case 'applicant':
      return `applicant:${ctx.actor.accountId}`;
    case 'system':
      return `system:${ctx.actor.job}`;
  }
}

/** A statement that records an action; it stands in the same batch as the change it records. */
export function record(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'actor' | 'requestId'>,
  action: `${string}.${string}`,
  accountId: string | null,
  facts: AuditFacts = {},
) {
  return ctx.db.insert(auditTable).values({
    id: ctx.crypto.randomToken(12),
    atMs: ctx.now(),
    actor: actorName(ctx),
    action,
    accountId,
    requestId: ctx.requestId,
    facts: JSON.stringify(facts),
    block: null,
  });
}
