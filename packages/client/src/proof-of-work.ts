import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import type { ShimingClient } from './client.ts';

/**
 * Earns a ticket by computing, where a person would move the piece of the puzzle: some seconds of one core.
 * The ticket is good once, for its purpose, for three minutes, in the client that earned it.
 *
 * @throws TRPCClientError puzzle.wrong, puzzle.expired
 */
export async function solveProofOfWork(
  client: ShimingClient,
  purpose: 'register' | 'login' | 'recover',
): Promise<string> {
  const drawn: unknown = await client.puzzle.drawProofOfWork.mutate();
  const challenge = drawn as Challenge;
  const found = await solveChallenge({ challenge, deriveKey });
  const solution = btoa(JSON.stringify({ challenge, solution: found }));
  const { ticket } = await client.puzzle.solveProofOfWork.mutate({ purpose, solution });
  return ticket;
}
