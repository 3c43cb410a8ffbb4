import type { OfficeRequest } from '@shiming/services/authorisation/office';

/**
 * What of a request was signed. The authority is that of the portal's own address, whatever the request says, so that what was
 * signed for another site is nothing here.
 */
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
