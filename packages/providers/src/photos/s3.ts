import { AppError } from '@shiming/domain';
import { AwsClient } from 'aws4fetch';
import type { Fetch } from '../http/exchange.ts';
import type { PhotoStore } from './port.ts';
import { orUnavailable } from './unavailable.ts';

export type S3Options = {
  /** The bucket's own address, without a slash at the end: `https://host/bucket`, or `https://bucket.host`. */
  bucketUrl: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  fetch: Fetch;
  /** For one request, to the end of its body. */
  timeoutMs: number;
};

/** workerd keeps six connections of a request open at once; more would wait in its queue while their time runs. */
const atOnce = 6;

/**
 * Photos in a private bucket of any server that speaks S3. Only what all of them can do is asked for: objects are put, read and
 * deleted one by one, without conditions. Nothing is repeated here, since doing it again is the caller's.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function createS3Photos({ bucketUrl, fetch, timeoutMs, ...keys }: S3Options): PhotoStore {
  const client = new AwsClient({ ...keys, service: 's3' });
  /** The body of an answer; `null` where nothing is kept under the key. */
  const ask = (method: string, key: string, body?: Uint8Array<ArrayBuffer>) =>
    orUnavailable(async () => {
      const signal = AbortSignal.timeout(timeoutMs);
      const init = { method, redirect: 'manual', signal, ...(body && { body }) } as const;
      const request = await client.sign(`${bucketUrl}/${encodeURIComponent(key)}`, init);
      const response = await fetch(request);
      const answer = new Uint8Array(await response.arrayBuffer());
      if (response.ok) return answer;
      // A bucket that is not there answers 404, too.
      const isMissing =
        response.status === 404 && new TextDecoder().decode(answer).includes('<Code>NoSuchKey<');
      if (isMissing) return null;
      throw new AppError({ code: 'service.unavailable' }, `photo store: ${response.status}`);
    });
  return {
    put: async (key, bytes) => void (await ask('PUT', key, new Uint8Array(bytes))),
    get: (key) => ask('GET', key),
    async remove(keys) {
      for (let at = 0; at < keys.length; at += atOnce) {
        const together = keys.slice(at, at + atOnce);
        await Promise.all(together.map((key) => ask('DELETE', key)));
      }
    },
  };
}
