// oxlint-disable-next-line import/default -- Vite makes the default export of `?worker`
import DetectorWorker from './detector-worker.ts?worker';
import type { Pixels } from './find-faces.ts';
import type { Look } from './framing.ts';

export type Detector = {
  /** What is seen of the face in a picture; `undefined` where this device cannot say. */
  look(pixels: Pixels): Promise<Look | undefined>;
  end(): void;
};

/** Finds faces off the main thread. Pictures do not leave the device. */
export function createDetector(): Detector {
  const worker = new DetectorWorker();
  let answer: ((look: Look | undefined) => void) | undefined;
  let hasFailed = false;
  const say = (look: Look | undefined) => {
    answer?.(look);
    answer = undefined;
  };
  const fail = () => {
    hasFailed = true;
    say(undefined);
  };
  worker.addEventListener('message', (event: MessageEvent<Look>) => say(event.data));
  for (const type of ['error', 'messageerror'] as const) worker.addEventListener(type, fail);
  return {
    look: (pixels) =>
      hasFailed
        ? Promise.resolve(undefined)
        : new Promise((resolve) => {
            say(undefined);
            answer = resolve;
            // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no target origin
            worker.postMessage(pixels);
          }),
    end() {
      fail();
      worker.terminate();
    },
  };
}
