import { newOfficeKey, RegistrationOffice } from '@shiming/sandbox';
import { officeKeyTable } from '@shiming/db';
import type { SignatureAlgorithm } from '@shiming/domain';
import type { OfficeRequest } from '../authorisation/office.ts';
import type { Ctx } from '../context.ts';

/** What the Worker makes of a request of an office. */
export async function officeRequestOf(
  request: Request,
  publicOrigin: string,
): Promise<OfficeRequest> {
  const { pathname, search } = new URL(request.url);
  const bytes = new Uint8Array(await request.arrayBuffer());
  const valueOf = (name: string) => request.headers.get(name) ?? '';
  return {
    method: request.method,
    authority: new URL(publicOrigin).host,
    path: pathname,
    query: search === '' ? '?' : search,
    contentDigest: valueOf('content-digest'),
    contentType: valueOf('content-type'),
    signatureInput: valueOf('signature-input'),
    signature: valueOf('signature'),
    bytes,
    body: new TextDecoder().decode(bytes),
  };
}

/** The sandbox's office with a key of its own, Ed25519 unless said otherwise, which is put on record under `keyId`. */
export async function officeWithKey(
  { db }: Pick<Ctx, 'db'>,
  options: Omit<ConstructorParameters<typeof RegistrationOffice>[0], 'key'>,
  of?: SignatureAlgorithm,
): Promise<RegistrationOffice> {
  const key = newOfficeKey(of);
  const { algorithm, publicKey } = key;
  const office = '沙箱市市场监督管理局';
  await db
    .insert(officeKeyTable)
    .values({ id: options.keyId, office, algorithm, publicKey, createdAtMs: 1 });
  return new RegistrationOffice({ ...options, key });
}
