import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import type { ShimingClient } from './client.ts';

/**
 * Earns a ticket by computing, where a person would move the piece of the puzzle: some seconds of one core.
 * The ticket is good for one flow of its purpose, for half an hour, in the client that earned it. Heavy work is for a
 * call that was refused with `puzzle.work_required`.
 *
 * @throws TRPCClientError puzzle.wrong, puzzle.expired, request.too_many
 */
export async function solveProofOfWork(
  client: ShimingClient,
  purpose: 'register' | 'login' | 'recover' | 'ticket',
  { isHeavy = false } = {},
): Promise<string> {
  const drawn: unknown = await client.puzzle.drawProofOfWork.mutate({ isHeavy });
  const challenge = drawn as Challenge;
  const found = await solveChallenge({ challenge, deriveKey });
  const solution = btoa(JSON.stringify({ challenge, solution: found }));
  const { ticket } = await client.puzzle.solveProofOfWork.mutate({ purpose, solution });
  return ticket;
}
