import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const sizeHeader = 'cf-r2-metadata-size';

interface Asked {
  readonly method: string;
  readonly object?: string;
  readonly objects?: readonly string[];
}

const metadataOf = (object: string, bytes: Uint8Array) =>
  Buffer.from(
    JSON.stringify({
      name: object,
      version: '1',
      size: bytes.length,
      etag: '0'.repeat(32),
      uploaded: Date.now(),
      customFields: [],
      httpFields: {},
      checksums: {},
    }),
  );

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/**
 * A bucket behind a binding of workerd, in this process: what keeping costs is on nobody's account. The protocol is the
 * one between workerd and what keeps the objects, as miniflare speaks it.
 */
export async function startBucket(objects: Map<string, Uint8Array>) {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const answer = (metadata: Buffer, value: Uint8Array = Buffer.alloc(0)) => {
      const body = Buffer.concat([metadata, value]);
      response.writeHead(200, { [sizeHeader]: metadata.length, 'content-length': body.length });
      response.end(body);
    };
    if (request.method === 'GET') {
      const { object = '' } = JSON.parse(String(request.headers['cf-r2-request'])) as Asked;
      const found = objects.get(object);
      if (found !== undefined) return answer(metadataOf(object, found), found);
      const error = { version: 1, v4code: 10_007, message: 'no such object' };
      response.writeHead(404, { 'cf-r2-error': JSON.stringify(error) });
      return response.end();
    }
    const body = await bodyOf(request);
    const size = Number(request.headers[sizeHeader]);
    const asked = JSON.parse(String(body.subarray(0, size))) as Asked;
    if (asked.method === 'delete') {
      for (const object of asked.objects ?? [asked.object ?? '']) objects.delete(object);
      response.writeHead(200);
      return response.end();
    }
    const value = new Uint8Array(body.subarray(size));
    objects.set(asked.object ?? '', value);
    return answer(metadataOf(asked.object ?? '', value));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
