import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge, Payload } from 'altcha-lib/types';

// The page's own library describes `postMessage` of a window; this is a worker's.
const page = globalThis as unknown as { postMessage(message: string | null): void };

addEventListener('message', (event: MessageEvent<Challenge>) => {
  void answer(event.data);
});

/** Answers with the altcha payload (base64 of JSON), or `null` when there is no solution. */
async function answer(challenge: Challenge): Promise<void> {
  try {
    const solution = await solveChallenge({ challenge, deriveKey });
    const payload: Payload | null = solution === null ? null : { challenge, solution };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no target origin
    page.postMessage(payload === null ? null : btoa(JSON.stringify(payload)));
  } catch {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no target origin
    page.postMessage(null);
  }
}
