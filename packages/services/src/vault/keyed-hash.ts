import type { Deps } from '../context.ts';

type HashDeps = Pick<Deps, 'crypto' | 'keys'>;

/** The hash of a text under the current token key: of what is kept or given out from now on. */
export const keyedHash = ({ crypto, keys }: HashDeps, text: string): Promise<string> =>
  crypto.hmac(keys.token[0].key, text);

/** The hashes of a text under every token key held, the current one first: of what is looked up while keys change. */
export const keyedHashes = ({ crypto, keys }: HashDeps, text: string): Promise<string[]> =>
  Promise.all(keys.token.map(({ key }) => crypto.hmac(key, text)));

/** Whether a hash is that of a text under any token key held. Compares in constant time. */
export async function isKeyedHash(deps: HashDeps, text: string, hash: string): Promise<boolean> {
  for (const { key } of deps.keys.token) {
    if (deps.crypto.equal(hash, await deps.crypto.hmac(key, text))) return true;
  }
  return false;
}
