import type { Deps, NamedKey } from '../context.ts';

/** How long one key signs. */
const periodMs = 30 * 24 * 3_600_000;

/** A secret from which a signing key is made: the 32 bytes of an elliptic curve's private key. */
export type SigningSecret = { id: string; secret: Uint8Array };

const secretOf = async (
  { crypto }: Pick<Deps, 'crypto'>,
  { id, key }: NamedKey,
  purpose: string,
  period: number,
): Promise<SigningSecret> => ({
  id: `${purpose}-${id}-${period}`,
  secret: await crypto.hmacKey(key, `oidc.${purpose}:${period}`),
});

/**
 * The secrets of the provider's signing keys, the current one first: of this period, of the next, which services can read
 * beforehand, and of the last, whose signatures may still be on their way. They are made of the token keys, so nothing is
 * stored, no reader of keys needs the database, and a new token key replaces them.
 */
export async function signingSecrets(
  deps: Pick<Deps, 'crypto' | 'keys' | 'now'>,
  purpose: string,
): Promise<readonly SigningSecret[]> {
  const period = signingPeriod(deps);
  const periods = [period, period + 1, period - 1];
  const ofKeys = deps.keys.token.map((key) =>
    Promise.all(periods.map((each) => secretOf(deps, key, purpose, each))),
  );
  return (await Promise.all(ofKeys)).flat();
}

/** The number of the period: keys are the same until it changes. */
export const signingPeriod = ({ now }: Pick<Deps, 'now'>): number => Math.floor(now() / periodMs);
