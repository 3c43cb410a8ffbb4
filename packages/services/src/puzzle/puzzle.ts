import {
  challengeTable,
  commit,
  guard,
  hasWritten,
  isUniqueViolation,
  placeholdersOf,
  oncePer,
  compiledStatement,
  puzzleTable,
  valuesOf,
} from '@shiming/db';
import { AppError, isPuzzleSolved, type PuzzlePurpose, ticketUses } from '@shiming/domain';
import { and, desc, eq, gt, inArray, type Placeholder, sql } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim, usedSince } from '../allowance/allowance.ts';
import { type Binding, give, hashesOf, isSecretRight } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { keyedHash, keyedHashes } from '../vault/keyed-hash.ts';
import { subjectHash } from '../vault/vault.ts';

/** DOMAIN 7: a puzzle lives two minutes. */
const puzzleValidMs = 120_000;
/** As long as a recovery: a code may be asked for again without another puzzle. */
const ticketValidMs = 30 * 60_000;

/**
 * What the puzzles of an address cost, by how many it has had in the last hour. Up to 300 (a carrier's NAT, a school)
 * they cost nothing more; then computing costs twice as much for every 300, up to 16 times; from 600 there are no
 * pictures, which cost us more than they cost a machine; and at 6,000 it ends.
 */
const hourMs = 3_600_000;
const freePerHour = 300;
const picturesPerHour = 600;
const mostWeight = 16;
const perAddress: readonly Limit[] = [
  {
    limit: 6_000,
    window: { lastMs: hourMs },
    refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
  },
];
/** By risk, an address is asked for nothing until it has had so many tickets in an hour. */
const unaskedPerHour = 20;

const weightOf = (drawn: number) =>
  Math.min(mostWeight, 2 ** Math.max(0, Math.ceil(drawn / freePerHour) - 1));

/** The claim for one more puzzle of the visitor's address, and the statement that counts those of the last hour. */
async function oneMore(ctx: Ctx) {
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  return {
    claims: [newClaim(ctx, 'puzzle', address, perAddress)],
    drawn: usedSince(ctx.db, 'puzzle', address, ctx.now() - hourMs),
  } as const;
}

type Ticket = { ticket: string; expiresAtMs: number };

/** What stands before a code or a password: a ticket where nothing is asked for, a picture, or work. */
export type DrawnPuzzle =
  | ({ way: 'ticket' } & Ticket)
  | { way: 'work' }
  | {
      way: 'picture';
      puzzleId: string;
      background: Uint8Array;
      piece: Uint8Array;
      width: number;
      height: number;
      pieceSize: number;
      y: number;
      expiresAtMs: number;
    };

/**
 * T-REG-11. The use is claimed and the place of the hole written down before anything is painted. A browser that holds a
 * ticket for this purpose gets it again, so nobody solves two puzzles in one flow. The pictures are PNG; the answer stays
 * here.
 *
 * @throws AppError request.too_many
 */
export async function drawPuzzle(
  ctx: Ctx,
  { purpose }: { purpose: PuzzlePurpose },
): Promise<DrawnPuzzle> {
  const seed = ctx.crypto.randomBytes(32);
  const { x, width } = ctx.painter.place(seed);
  const puzzleId = ctx.crypto.randomToken(12);
  const expiresAtMs = ctx.now() + puzzleValidMs;
  const { deviceId } = ctx.visitor;
  const { claims, drawn } = await oneMore(ctx);
  const [[used], [held]] = await commitClaims(ctx, claims, [
    drawn,
    heldTicket(ctx, ticketBinding(ctx, purpose, false)),
    ctx.db.insert(puzzleTable).values({ id: puzzleId, purpose, deviceId, x, width, expiresAtMs }),
  ]);
  const again = held && (await ticketAgain(ctx, purpose, held));
  if (again) return { way: 'ticket', ...again };
  const count = used?.used ?? 0;
  if (ctx.portal.puzzle === 'by_risk' && count <= unaskedPerHour) {
    return { way: 'ticket', ...(await giveTicket(ctx, purpose, ctx.crypto.randomToken(12))) };
  }
  if (count > picturesPerHour) return { way: 'work' };
  const { background, piece, y, height, pieceSize } = ctx.painter.paint(seed);
  return { way: 'picture', puzzleId, background, piece, width, height, pieceSize, y, expiresAtMs };
}

/**
 * The first attempt takes the puzzle away, right or wrong: there is no second guess.
 *
 * @throws AppError puzzle.expired when this browser has no such puzzle, or no longer has it, puzzle.wrong
 */
export async function solvePuzzle(
  ctx: Ctx,
  input: { puzzleId: string; x: number },
): Promise<Ticket> {
  const [puzzle] = await ctx.db
    .delete(puzzleTable)
    .where(
      and(
        eq(puzzleTable.id, input.puzzleId),
        eq(puzzleTable.deviceId, ctx.visitor.deviceId),
        gt(puzzleTable.expiresAtMs, ctx.now()),
      ),
    )
    .returning();
  refuseUnless(puzzle !== undefined, { code: 'puzzle.expired' });
  refuseUnless(isPuzzleSolved(puzzle, input.x), { code: 'puzzle.wrong' });
  return giveTicket(ctx, puzzle.purpose as PuzzlePurpose, ctx.crypto.randomToken(12));
}

/**
 * The way for those who cannot drag: some seconds of computing instead (MIIT 适老化 1.5, WCAG 2.5.7). Heavy work is
 * what is asked for where strangers have tried one account or number often.
 *
 * @throws AppError request.too_many
 */
export async function drawProofOfWork(ctx: Ctx, { isHeavy }: { isHeavy: boolean }) {
  const { claims, drawn } = await oneMore(ctx);
  const [[used]] = await commitClaims(ctx, claims, [drawn]);
  const weight = isHeavy ? mostWeight : weightOf(used?.used ?? 0);
  return ctx.proofOfWork.create(ctx.now() + puzzleValidMs, weight, isHeavy ? 'heavy' : 'light');
}

/** @throws AppError puzzle.wrong when it does not solve, puzzle.expired when it ended or was handed in before */
export async function solveProofOfWork(
  ctx: Ctx,
  input: { purpose: PuzzlePurpose; solution: string },
): Promise<Ticket> {
  const { isSolved, challengeId, note } = await ctx.proofOfWork.verify(input.solution, ctx.now());
  refuseUnless(isSolved, { code: 'puzzle.wrong' });
  try {
    // The ticket outlives the challenge, so a challenge handed in again still finds it here.
    return await giveTicket(ctx, input.purpose, `work:${challengeId}`, note === 'heavy');
  } catch (error) {
    if (isUniqueViolation(error, 'challenge.id')) throw new AppError({ code: 'puzzle.expired' });
    throw error;
  }
}

const heavyPrefix = 'heavy.';

/** Whether a ticket claims to be one for heavy work; whether it is, spending it tells. */
export const isHeavy = (ticket: string): boolean => ticket.startsWith(heavyPrefix);

const ticketBinding = (ctx: Ctx, purpose: PuzzlePurpose, heavy: boolean): Binding => ({
  purpose: heavy ? `ticket.${purpose}.heavy` : `ticket.${purpose}`,
  subject: ctx.visitor.deviceId,
});

/** The secret of a ticket follows from its id, so that the browser that earned it can be given it again. */
const textOf = (id: string) => `ticket:${id}`;

async function giveTicket(
  ctx: Ctx,
  purpose: PuzzlePurpose,
  id: string,
  heavy = false,
): Promise<Ticket> {
  const secret = await keyedHash(ctx, textOf(id));
  const life = { validMs: ticketValidMs, tries: heavy ? 1 : ticketUses[purpose] };
  await commit(ctx.db, await give(ctx, id, ticketBinding(ctx, purpose, heavy), secret, life));
  const ticket = heavy ? `${heavyPrefix}${secret}` : secret;
  return { ticket, expiresAtMs: ctx.now() + ticketValidMs };
}

/** That a ticket can be used. In plain SQL, because every sign-in asks it. */
const isLive = (
  nowMs: number | Placeholder,
  { purpose, subject }: Record<keyof Binding, string | Placeholder>,
) =>
  sql`purpose = ${purpose} and subject = ${subject} and used_at_ms is null and tries_left > 0 and expires_at_ms > ${nowMs}`;

/** A statement that finds the ticket which lives longest of those that a browser holds. */
const heldTicket = (ctx: Ctx, binding: Binding) =>
  ctx.db
    .select({
      id: challengeTable.id,
      secretHash: challengeTable.secretHash,
      expiresAtMs: challengeTable.expiresAtMs,
    })
    .from(challengeTable)
    .where(isLive(ctx.now(), binding))
    .orderBy(desc(challengeTable.expiresAtMs))
    .limit(1);

/** The ticket that was found; `null` when it was given under a key that is held no more. */
async function ticketAgain(
  ctx: Ctx,
  purpose: PuzzlePurpose,
  held: { id: string; secretHash: string; expiresAtMs: number },
): Promise<Ticket | null> {
  const binding = ticketBinding(ctx, purpose, false);
  for (const ticket of await keyedHashes(ctx, textOf(held.id))) {
    if (await isSecretRight(ctx, binding, held.secretHash, ticket)) {
      return { ticket, expiresAtMs: held.expiresAtMs };
    }
  }
  return null;
}

/** The ticket that a browser hands in, as it is kept. The search compares keyed hashes, of which nobody can choose a prefix. */
async function handedIn(ctx: Ctx, purpose: PuzzlePurpose, ticket: string) {
  const heavy = isHeavy(ticket);
  const binding = ticketBinding(ctx, purpose, heavy);
  const secret = heavy ? ticket.slice(heavyPrefix.length) : ticket;
  return { binding, hashes: await hashesOf(ctx, binding, secret) };
}

/** Uses the ticket with one of so many hashes. */
const spendOf = oncePer((hashes: number) =>
  compiledStatement((db) =>
    db
      .update(challengeTable)
      .set({
        triesLeft: sql`tries_left - 1`,
        usedAtMs: sql`iif(tries_left = 1, ${sql.placeholder('nowMs')}, null)`,
      })
      .where(
        and(
          isLive(sql.placeholder('nowMs'), {
            purpose: sql.placeholder('purpose'),
            subject: sql.placeholder('subject'),
          }),
          inArray(challengeTable.secretHash, placeholdersOf('hash', hashes)),
        ),
      )
      .returning({ id: challengeTable.id }),
  ),
);

const ticketRefused = { code: 'puzzle.ticket_refused' } as const;

/** Statements that use a ticket once: it is good for its purpose, in the browser that earned it. */
export async function spendTicket(ctx: Ctx, purpose: PuzzlePurpose, ticket: string) {
  const { binding, hashes } = await handedIn(ctx, purpose, ticket);
  return [
    spendOf(hashes.length)(ctx.db, { ...binding, nowMs: ctx.now(), ...valuesOf('hash', hashes) }),
    guard(ctx.db, hasWritten, ticketRefused),
  ] as const;
}

/** The statement (in a list of one) that gives back a use of a ticket: what it was for was not done, through no fault of its holder. */
export async function giveTicketBack(ctx: Ctx, purpose: PuzzlePurpose, ticket: string) {
  const { binding, hashes } = await handedIn(ctx, purpose, ticket);
  return [
    ctx.db
      .update(challengeTable)
      .set({ triesLeft: sql`${challengeTable.triesLeft} + 1`, usedAtMs: null })
      .where(
        and(
          eq(challengeTable.purpose, binding.purpose),
          eq(challengeTable.subject, binding.subject),
          inArray(challengeTable.secretHash, hashes),
        ),
      ),
  ] as const;
}

/**
 * Statements that end a ticket which was spent a moment ago, whatever is left of it: what it was for is done, and is done
 * once.
 */
export const endTicket = (ctx: Ctx, ticketId: string) =>
  [deleteTicket(ctx.db, { ticketId }), guard(ctx.db, hasWritten, ticketRefused)] as const;

const deleteTicket = compiledStatement((db) =>
  db.delete(challengeTable).where(eq(challengeTable.id, sql.placeholder('ticketId'))),
);
