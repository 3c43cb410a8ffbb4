import { challengeTable } from '@shiming/db';
import type { CodeRule } from '@shiming/domain';
import { desc } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { type Binding, isUnused } from './challenge.ts';

/** A statement that reads the code that was given out last for a purpose and subject and not used. */
export const standingCode = ({ db }: Pick<Deps, 'db'>, binding: Binding) =>
  db
    .select({
      id: challengeTable.id,
      createdAtMs: challengeTable.createdAtMs,
      expiresAtMs: challengeTable.expiresAtMs,
      triesLeft: challengeTable.triesLeft,
    })
    .from(challengeTable)
    .where(isUnused(binding))
    .orderBy(desc(challengeTable.createdAtMs))
    .limit(1);

type Standing = { createdAtMs: number; expiresAtMs: number; triesLeft: number };

/** A standing code as its page shows it. `nextAtMs` is from when on another one can be sent. */
export type CodeView = { expiresAtMs: number; nextAtMs: number; triesLeft: number };

export const viewCode = (
  code: Standing | undefined,
  { gapMs }: Pick<CodeRule, 'gapMs'>,
): CodeView | null =>
  code === undefined
    ? null
    : {
        expiresAtMs: code.expiresAtMs,
        nextAtMs: code.createdAtMs + gapMs,
        triesLeft: code.triesLeft,
      };

/** How many codes a contact can still get on a day, by the row that counts those it has had. */
export const codesLeft = (
  used: { used: number } | undefined,
  { perDay }: Pick<CodeRule, 'perDay'>,
): number => Math.max(0, perDay - (used?.used ?? 0));
