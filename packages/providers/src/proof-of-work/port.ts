/** A challenge as the browser needs it: JSON of the altcha protocol, passed through unchanged. */
export type ProofOfWorkChallenge = Record<string, unknown>;

export type ProofOfWork = {
  /**
   * A signed challenge that ends at `expiresAtMs` and takes `weight` times the least work. `note` is signed with it and
   * comes back with the solution.
   */
  create(expiresAtMs: number, weight: number, note: string): Promise<ProofOfWorkChallenge>;
  /**
   * Whether the browser's `solution` (the altcha payload, base64 JSON) solves a challenge that we signed and
   * that has not ended at `nowMs`. `challengeId` identifies the challenge, so that the caller can refuse a replay.
   */
  verify(
    solution: string,
    nowMs: number,
  ): Promise<{ isSolved: boolean; challengeId: string; note: string }>;
};
