import type { PhotoStore } from './port.ts';
import { orUnavailable } from './unavailable.ts';

/** What is used of an R2 binding. */
export type Bucket = {
  put(key: string, value: Uint8Array): Promise<unknown>;
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
  delete(keys: string[]): Promise<void>;
};

/**
 * Photos in a private bucket. R2 is strongly consistent: what was put is there for the next `get`.
 *
 * @see https://developers.cloudflare.com/r2/api/workers/workers-api-reference/
 */
export const createR2Photos = (bucket: Bucket): PhotoStore => ({
  put: (key, bytes) =>
    orUnavailable(async () => {
      await bucket.put(key, bytes);
    }),
  get: (key) =>
    orUnavailable(async () => {
      const found = await bucket.get(key);
      return found === null ? null : new Uint8Array(await found.arrayBuffer());
    }),
  remove: (keys) => orUnavailable(() => bucket.delete([...keys])),
});
