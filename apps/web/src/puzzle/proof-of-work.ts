// oxlint-disable-next-line import/default -- Vite makes the default export of `?worker`
import SolverWorker from './proof-of-work-worker.ts?worker';

/**
 * Solves an altcha challenge off the main thread. Resolves with the payload for the server (base64 JSON).
 *
 * @throws when there is no solution, the worker cannot run, or `signal` is aborted.
 * @see https://altcha.org/docs/v2/
 */
export function solveChallenge(challenge: object, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new SolverWorker();
    const end = (finish: () => void) => {
      worker.terminate();
      finish();
    };
    worker.addEventListener('message', (event: MessageEvent<string | null>) => {
      const payload = event.data;
      end(() => {
        if (payload === null) reject(new Error('The challenge has no solution'));
        else resolve(payload);
      });
    });
    worker.addEventListener('error', () => end(() => reject(new Error('The worker failed'))));
    signal.addEventListener('abort', () => end(() => reject(new Error('Aborted'))));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no target origin
    worker.postMessage(challenge);
  });
}
