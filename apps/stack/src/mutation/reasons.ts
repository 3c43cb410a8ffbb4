import type { Reason } from './survivors.ts';

type Reasons = Readonly<Record<string, readonly Reason[]>>;

/** The flips that no test can notice, by module. */
export const flipReasons: Reasons = {
  'packages/domain/src/number-claims.ts': [
    {
      at: "return nowMs >= (objectUntilMs ?? 0) ? 'move' : null;",
      changes: ['0 → 1'],
      why: 'a claim of which the holder has a notice has the instant; the number satisfies the compiler',
    },
  ],
  'packages/services/src/allowance/allowance.ts': [
    {
      at: 'const isSpared = unless !== undefined && (elsewhere?.length ?? 0) < unless.limit;',
      changes: ['0 → 1'],
      why: 'where there is such a limit, its ledger is among those that were read; the number satisfies the compiler',
    },
  ],
  'packages/services/src/face/challenge.ts': [
    {
      at: 'statements: await giveOnly(ctx, bindingOf(of), challenge, { validMs: challengeMs, tries: 1 }),',
      changes: ['1 → 2'],
      why: 'a challenge is found by its hash and spent at once, so nobody counts tries at it',
    },
  ],
  'packages/services/src/session/kind.ts': [
    {
      at: '.where(and(after.holds, isLive(nowMs), sql`coalesce(${table.provedAtMs}, 1) <> 0`));',
      changes: ['1 → 2'],
      why: 'any number but 0 does',
    },
    {
      at: 'provedAtMs: sql`max(${table.provedAtMs}, 1)`,',
      changes: ['1 → 2'],
      why: 'either is a proof that was over long ago, and not the 0 of a cookie that was missed',
    },
    {
      at: 'const hasFormer = formerSecretHash !== null && (formerUntilMs ?? 0) > nowMs;',
      changes: ['0 → 1'],
      why: 'the two columns are written together, so the number is never read; it satisfies the compiler',
    },
    {
      at: '.where(and(eq(table.id, id), lt(table.lastSeenAtMs, nowMs)));',
      changes: ['lt → flipped.lte'],
      why: 'at the same instant the same instant is written',
    },
  ],
};

/** The changes of StrykerJS that no test can notice, by module. */
export const strykerReasons: Reasons = {};
