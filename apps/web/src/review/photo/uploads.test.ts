import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Failure } from '../../api.ts';
import { createUploads } from './uploads.ts';
import { waitFor } from '../../testing-wait.ts';

const file = new Blob(['a photo'], { type: 'image/jpeg' });
vi.mock(import('./fit-jpeg.ts'), async (load) => ({
  ...(await load()),
  // jsdom has no canvas: what is made fit is the file itself.
  fitJpeg: () =>
    Promise.resolve({
      file,
      canvas: { width: 4, height: 3, getContext: () => null } as unknown as HTMLCanvasElement,
    }),
}));

let sent = 0;
beforeEach(() => {
  sent = 0;
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends EventTarget {
      upload = new EventTarget();
      responseText = '';
      open() {}
      setRequestHeader() {}
      send() {
        sent += 1;
        this.responseText = JSON.stringify({ result: { data: { photoId: `photo-${sent}` } } });
        this.dispatchEvent(new Event('load'));
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

test('T-REV-02: where the network goes just after a photo arrived, that is said, and sending it again is all it takes', async () => {
  const answers: (Failure | undefined)[] = [{ code: 'network.offline' }, undefined];
  const uploads = createRoot(() =>
    createUploads({ maxBytes: 1e6, arrived: () => Promise.resolve(answers.shift()) }),
  );
  uploads.begin('a', file);
  await waitFor(() => expect(uploads.of('a')?.stage).toBe('failed'));
  expect(uploads.of('a')?.failure).toEqual({ code: 'network.offline' });
  // The picture stays: an empty picker would ask for a photo that the server has.
  expect(uploads.of('a')?.picture).not.toBeNull();
  uploads.retry('a');
  await waitFor(() => expect(uploads.of('a')?.stage).toBe('done'));
  expect([uploads.of('a')?.photoId, uploads.of('a')?.failure, sent]).toEqual(['photo-2', null, 2]);
});
