import { createECDH } from 'node:crypto';
import type { Deps } from '@shiming/services/context';
import { signingSecrets } from '@shiming/services/oidc/keys';

/** A key with its private part. */
type SigningKey = Readonly<Record<'crv' | 'kid' | 'x' | 'y' | 'd', string>> & {
  kty: 'EC';
  alg: 'ES256';
  use: 'sig';
};

/** The provider's signing keys (ES256), the current one first. */
export async function signingKeys(
  deps: Pick<Deps, 'crypto' | 'keys' | 'now'>,
): Promise<{ keys: SigningKey[] }> {
  const secrets = await signingSecrets(deps, 'sign');
  const keys = secrets.map(({ id, secret }): SigningKey => {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(secret);
    // Uncompressed: 4, x, y.
    const point = curve.getPublicKey();
    return {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      use: 'sig',
      kid: id,
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: Buffer.from(secret).toString('base64url'),
    };
  });
  return { keys };
}
